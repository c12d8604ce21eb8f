// Line breaks and control characters, bidirectional overrides among them. The two joiners stay: Persian, Indic
// scripts and many emoji are written with them.
const UNSEEN = /(?:(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}])+/gu;
const SPECIAL = /[\\`*_{}[\]()#+.!|<>~&-]/g;

/** Typed text without what no keyboard types and no database keeps: control characters, halves of characters. */
export function typeable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, ' ');
}

/** Text of a person, fit to stand in a line of Markdown as itself: one line, no markup, at most `limit` characters. */
export function literal(text: string, limit = 100): string {
  const line = text.replace(UNSEEN, ' ').trim();
  const characters = [...line];
  const short =
    characters.length > limit
      ? `${characters
          .slice(0, limit - 1)
          .join('')
          .trimEnd()}…`
      : line;
  return short.replace(SPECIAL, '\\$&');
}

/** A code span that holds the text, whatever backticks it has. */
export function codeSpan(text: string): string {
  const line = text.replace(UNSEEN, ' ').trim();
  const fence = '`'.repeat(1 + Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length)));
  return fence.length > 1 ? `${fence} ${line} ${fence}` : `\`${line}\``;
}

/** A channel by the platform's own id, to which the platform gives the name that the reader may see. */
export function channelName(id: string): string {
  return `[${literal(id)}](channel:${encodeURIComponent(id)})`;
}

/** Text for a button's label: plain, one line, at most `limit` characters (80 is the least that platforms allow). */
export function label(text: string, limit = 75): string {
  const characters = [...text.replace(UNSEEN, ' ').trim()];
  return characters.length > limit
    ? `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}
