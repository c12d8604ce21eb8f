/** Text without what no chat can show: halves of characters and control characters. */
export function sendable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[^\P{Cc}\n\t]/gu, ' ');
}

/** One line of plain text that is no longer than `limit`, shortened with '…'; `empty` where nothing is left. */
export function shortLine(text: string, limit: number, empty: string): string {
  const line = sendable(text).replace(/\s+/g, ' ').trim();
  if (line === '') return empty;
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.trimEnd()}…`;
}
