import { isName } from './lead.js';
import { BULLET, HEADING, RULE } from './marks.js';
import { plainWords } from './words.js';

/** '**Term** means ...', '`code` -- ...', 'Term: ...'. */
const GLOSSARY_LINE =
  /^(?:(?:\*\*|__)(?=\S).{1,60}?(?:\*\*|__)|\*(?=[^\s*])[^*]{1,60}\*|_(?=[^\s_])[^_]{1,60}_|`[^`]{1,60}`|[\p{Lu}\p{Lo}][^:*`.,;!?]{0,50}?|\p{Ll}{3,}(?: \p{Ll}{2,}){0,2}(?=: \p{Ll}))(?:\s*\([^()]*\))?(?:\s*[:：]\s?(?!:)|\s+(?:[-–—]{1,2}|=)\s+)\S|^\*\*[^*]{1,60}\*\*\s+(?:\p{Ll}+s|is|are)\s|^[*_][^*_\s][^*_]{0,60}[*_]\s+(?:is|are|means)\s/u;

/** '**Term**' alone on the first line of a paragraph. */
const BOLD_LINE = /^(?:\*\*|__)(?=\S)([^*_]{1,60}?[^*_:：.!?])(?:\*\*|__)\s*$/;

/** Characters of a line that nobody would have wrapped. */
const SHORT_LINE = 60;

/** A bold name heads the prose right below it; CommonMark would read both as one sentence, so it gets a colon. */
export function markBoldNames(lines: string[]): void {
  for (let i = 0; i + 1 < lines.length; i++) {
    const before = lines[i - 1] ?? '';
    const name =
      before.trim() === '' || HEADING.test(before) ? BOLD_LINE.exec(lines[i] ?? '')?.[1] : undefined;
    const hasProse = /^[\p{L}\d]/u.test(lines[i + 1] ?? '') && !BULLET.test(lines[i + 1] ?? '');
    if (name !== undefined && hasProse && isName(plainWords(name)))
      lines[i] = `${(lines[i] ?? '').trimEnd()}:`;
  }
}

/** Lines of prose that each explain a term are items, though CommonMark joins them to one paragraph. */
export function itemizeGlossaries(lines: string[]): void {
  for (let i = 0; i < lines.length; i++) {
    const above = lines[i - 1] ?? '';
    const afterSentence = /^[\p{L}\d].*\p{L}[.!]$/u.test(above) && !BULLET.test(above);
    if (!GLOSSARY_LINE.test(lines[i] ?? '') || !(above.trim() === '' || HEADING.test(above) || afterSentence))
      continue;
    let end = i + 1;
    while (GLOSSARY_LINE.test(lines[end] ?? '')) end++;
    const after = lines[end] ?? '';
    // What comes next must not go on with the last line.
    const ends =
      after.trim() === '' ||
      HEADING.test(after) ||
      (BULLET.test(after) && !RULE.test(after)) ||
      // A short line is not wrapped: a capital begins another sentence.
      (end - i > 1 && (lines[end - 1] ?? '').length < SHORT_LINE && /^\p{Lu}\p{Ll}+ \p{Ll}/u.test(after));
    if ((end - i > 1 || afterSentence) && ends && !/^(?:Q|A)\s?[:：]/.test(lines[i] ?? '')) {
      for (let k = i; k < end; k++) lines[k] = `+ ${lines[k] ?? ''}`;
      for (let k = end; BULLET.test(lines[k] ?? ''); k++) lines[k] = `  ${lines[k] ?? ''}`;
    }
    i = end - 1;
  }
}
