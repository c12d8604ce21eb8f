const TAG =
  /<\/?(?:a|abbr|b|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|li|main|mark|nav|ol|p|picture|pre|q|s|samp|section|small|source|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var|video)(?:\s[^<>]{0,1000})?\/?>/gi;

/** '[[Pod|Pods]]' is shown as 'Pods', '[[Pod#Phases]]' as 'Pod'; what is embedded is no text. */
const WIKI_LINK = /(!?)\[\[([^[\]|#\s][^[\]|#]*)?(?:#([^[\]|]*))?(?:\|([^[\]]+))?\]\]/g;

/** The line without HTML tags, comments, struck text and wiki links, but for those in code; a summary of details is bold, as it is shown. */
export function withoutTags(line: string): string {
  if (!line.includes('<') && !line.includes('~~') && !line.includes('[[')) return line;
  if (!line.includes('`')) return strip(line);
  let out = '';
  let at = 0;
  for (const [start, end] of codeSpans(line)) {
    out += strip(line.slice(at, start)) + line.slice(start, end);
    at = end;
  }
  return out + strip(line.slice(at));
}

function strip(text: string): string {
  return withoutComments(text)
    .replace(/~~(?=[^\s~])[^~]*~~/g, '')
    .replace(WIKI_LINK, (whole, embedded: string, page = '', section = '', shown = '') =>
      embedded === '!' ? '![]()' : shown || page.split('/').pop() || section || whole,
    )
    .replace(/<(del|s|strike)>[^<>]*<\/\1>/gi, '')
    .replace(/<summary>\s*([^<>]*?)\s*<\/summary>/gi, '**$1**')
    .replace(TAG, (tag) => (/^<\/?(?:br|p|li|td|div|hr)\b/i.test(tag) ? ' ' : ''));
}

function withoutComments(text: string): string {
  let out = '';
  let at = 0;
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', at)) {
    const end = text.indexOf('-->', start + 4);
    if (end < 0) break;
    out += text.slice(at, start);
    at = end + 3;
  }
  return out + text.slice(at);
}

/** Where code stands in a line: from a run of backticks to the next run of the same length. */
function codeSpans(line: string): readonly (readonly [number, number])[] {
  const runs = [...line.matchAll(/`+/g)].map((run) => ({ start: run.index, length: run[0].length }));
  const next = new Map<number, number[]>();
  runs.forEach(({ length }, i) => {
    const same = next.get(length);
    if (same) same.push(i);
    else next.set(length, [i]);
  });
  const spans: [number, number][] = [];
  for (let i = 0; i < runs.length; i++) {
    const open = runs[i];
    if (open === undefined) continue;
    const same = next.get(open.length) ?? [];
    while (same.length > 0 && (same[0] ?? 0) <= i) same.shift();
    const close = same[0];
    const closing = close === undefined ? undefined : runs[close];
    if (close === undefined || closing === undefined) continue;
    spans.push([open.start, closing.start + closing.length]);
    i = close;
  }
  return spans;
}
