/** What a reader of Discord Markdown sees: a stretch of text, and all that was drawn around it. */
export interface Seen {
  readonly text: string;
  readonly kinds: readonly string[];
}

interface Rule {
  readonly kind: string;
  readonly pattern: RegExp;
  /** The group with what is read on; without one the whole match is text of this kind. */
  readonly inner?: number;
  /** The group that is shown as it stands. */
  readonly shown?: number;
  readonly lineStart?: boolean;
}

// In the order in which Discord's client tries them; of strong and em it takes the longer one.
const RULES: readonly Rule[] = [
  { kind: 'plain', pattern: /\\([^0-9A-Za-z\s])/y, shown: 1 },
  { kind: 'code', pattern: /```(?:[\w+.#-]+\n)?\n*([^\n][\s\S]*?)\n*```/y, shown: 1 },
  { kind: 'heading', pattern: /(?:#{1,3}|-#) +(.*)/y, inner: 1, lineStart: true },
  { kind: 'quote', pattern: / *> (.*)/y, inner: 1, lineStart: true },
  { kind: 'item', pattern: / *(?:[-*]|\d+\.) +(.*)/y, inner: 1, lineStart: true },
  { kind: 'address', pattern: /<(https?:\/\/[^\s>]+)>/y, shown: 1 },
  { kind: 'mention', pattern: /<(?:@[!&]?|#|a?:\w+:|t:-?|\/[\w -]+:|id:)\w+(?::\w)?>|@everyone|@here/y },
  { kind: 'emoji', pattern: /:[\w+-]+:/y },
  { kind: 'address', pattern: /https?:\/\/[^\s<]+/y },
  { kind: 'link', pattern: /\[((?:[^[\]\\]|\\[\s\S])+)\]\(<https?:\/\/[^\s<>()\\]+>\)/y, inner: 1 },
  { kind: 'underline', pattern: /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, inner: 1 },
  { kind: 'em', pattern: /_((?:__|\\[\s\S]|[^\\_])+?)_\b/y, inner: 1 },
  { kind: 'del', pattern: /~~(?=\S)((?:\\[\s\S]|~(?!~)|[^\s~\\]|\s(?!~~))+?)~~/y, inner: 1 },
  { kind: 'spoiler', pattern: /\|\|([\s\S]+?)\|\|/y, inner: 1 },
  { kind: 'code', pattern: /(`+)([\s\S]*?[^`])\1(?!`)/y, shown: 2 },
];
const STRONG: Rule = { kind: 'strong', pattern: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, inner: 1 };
const EM: Rule = {
  kind: 'em',
  pattern: /\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y,
  inner: 1,
};

/** Reads Markdown as Discord's client does, as far as its rules are known. */
export function readDiscord(markdown: string, kinds: readonly string[] = []): readonly Seen[] {
  const seen: Seen[] = [];
  let at = 0;
  while (at < markdown.length) {
    const found = ruleAt(markdown, at);
    if (found === undefined) {
      seen.push({ text: markdown.charAt(at), kinds });
      at += 1;
      continue;
    }
    const { rule, match } = found;
    const around = rule.kind === 'plain' ? kinds : [...kinds, rule.kind];
    const inner = rule.inner === undefined ? undefined : match[rule.inner];
    if (inner !== undefined) seen.push(...readDiscord(inner, around));
    else seen.push({ text: (rule.shown === undefined ? match[0] : match[rule.shown]) ?? '', kinds: around });
    at += match[0].length;
  }
  return seen;
}

/** All that is seen, in one string. */
export function textOf(seen: readonly Seen[]): string {
  return seen.map(({ text }) => text).join('');
}

function ruleAt(markdown: string, at: number) {
  const lineStart = at === 0 || markdown[at - 1] === '\n';
  for (const rule of RULES) {
    if (rule.lineStart === true && !lineStart) continue;
    const match = matchAt(rule, markdown, at);
    if (match) return { rule, match };
  }
  const [strong, em] = [STRONG, EM].map((rule) => ({ rule, match: matchAt(rule, markdown, at) }));
  const longer = (strong?.match?.[0].length ?? 0) >= (em?.match?.[0].length ?? 0) ? strong : em;
  return longer?.match ? { rule: longer.rule, match: longer.match } : undefined;
}

function matchAt({ pattern }: Rule, markdown: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(markdown);
}
