import { isName } from './lead.js';
import { HEADING } from './marks.js';
import { plainWords } from './words.js';

/** What a program or a student notes of the note itself, and never of its subject. */
const SURE =
  'created|created (?:time|at|on|by)|last edited(?: time| by)?|last updated|updated|modified|tags|authors?|date|due(?: date)?|course|lecturer|instructor|professor|teacher|semester|isbn';
const WEAK =
  'status|class|source|url|link|icon|cover|owner|assignee|week|lecture|pages?|book|topics?|type|tag|name';
const SURE_LINE = line(SURE);
const ANY_LINE = line(`${SURE}|${WEAK}`);

function line(keys: string): RegExp {
  return new RegExp(`^(?:[-*]\\s+)?(?:\\*\\*|__)?(?:${keys})\\s*(?:\\*\\*|__)?\\s*[:：]`, 'i');
}

/** Blanks the lines 'Created: ...', 'Course: ...' above the text of a note, which say nothing of its subject. */
export function blankProperties(lines: string[]): void {
  let at = 0;
  const skip = (): void => {
    while (at < lines.length && (lines[at] ?? '').trim() === '') at++;
  };
  skip();
  if (HEADING.test(lines[at] ?? '')) at++;
  for (;;) {
    skip();
    let end = at;
    while (end < lines.length && ANY_LINE.test(lines[end] ?? '')) end++;
    const block = lines.slice(at, end);
    if ((lines[end] ?? '').trim() !== '' || !block.some((each) => SURE_LINE.test(each))) return;
    lines.fill('', at, end);
  }
}

/** '[!note] Blast radius' over its text: a callout's title heads it, where it is a name. */
export function nameCallouts(lines: string[]): void {
  for (let i = 0; i + 1 < lines.length; i++) {
    const title = /^\[!\w+\][-+]?\s+([^*_`]*\S)\s*$/.exec(lines[i] ?? '')?.[1];
    if (title !== undefined && (lines[i + 1] ?? '').trim() !== '' && isName(plainWords(title)))
      lines[i] = `**${title}**`;
  }
}

/** Puts what details hold below their summary, as an item holds what is indented under it. */
export function nestDetails(lines: string[]): void {
  for (let i = 0; i < lines.length; i++) {
    if (!/^\s{0,3}<details\b[^<>]*>/i.test(lines[i] ?? '')) continue;
    const end = lines.findIndex((each, k) => k > i && /<\/details>/i.test(each));
    const head = lines.findIndex((each, k) => k >= i && /<\/summary>/i.test(each));
    const body = lines.slice(head + 1, end);
    const nested = body.some((each) => HEADING.test(each) || /<details\b/i.test(each));
    const title = /<summary>\s*([^<>?]*?)\s*<\/summary>\s*$/i.exec(lines[head] ?? '')?.[1] ?? '';
    if (head < i || end < head || nested || title === '' || body.every((each) => each.trim() === ''))
      continue;
    lines[head] = `- **${title}**`;
    for (let k = head + 1; k < end; k++)
      if ((lines[k] ?? '').trim() !== '') lines[k] = `    ${lines[k] ?? ''}`;
    i = end;
  }
}
