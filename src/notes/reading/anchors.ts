const ANCHOR = /(?:^|\s)\^([a-z\d][a-z\d-]{1,63})\s*$/i;

/** Takes '^name' off the ends of lines; one on a line of its own belongs to the line above it. */
export function takeAnchors(lines: string[]): ReadonlyMap<number, string> {
  const anchors = new Map<number, string>();
  let last = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const name = line.includes('^') ? ANCHOR.exec(line)?.[1] : undefined;
    if (name !== undefined) lines[i] = line.replace(ANCHOR, '');
    if ((lines[i] ?? '').trim() !== '') last = i + 1;
    if (name !== undefined && last > 0) anchors.set(last, name.toLowerCase());
  }
  return anchors;
}
