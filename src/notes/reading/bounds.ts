import type { LineProblem } from './lines.js';

/** Characters; nobody writes a longer paragraph by hand, and marks in one can cost the parser minutes. */
const LONGEST_PARAGRAPH = 8_000;

/** Takes the marks out of paragraphs too long to be parsed for them; their words stay. */
export function boundParagraphs(lines: string[], problems: LineProblem[]): void {
  let start = 0;
  let length = 0;
  for (let i = 0; i <= lines.length; i++) {
    const line = lines[i] ?? '';
    if (i < lines.length && line !== '' && !/^\s*[-+] |^#/.test(line)) {
      length += line.length;
      continue;
    }
    if (length > LONGEST_PARAGRAPH) withoutMarks(lines, start, i, problems);
    start = i;
    length = line.length;
  }
}

function withoutMarks(lines: string[], start: number, end: number, problems: LineProblem[]): void {
  for (let i = start; i < end; i++) {
    const [, marker = '', words = ''] = /^(\s*[-+] |#+ )?(.*)$/.exec(lines[i] ?? '') ?? [];
    lines[i] = marker + words.replace(/[*_[\]()<>`~=&!\\|^]+/g, ' ');
  }
  const line = lines[start] === '' ? start + 2 : start + 1;
  const message = `This paragraph has more than ${LONGEST_PARAGRAPH.toLocaleString('en')} characters, so its bold, code and links are ignored. Split it.`;
  problems.push({ severity: 'warning', line, message });
}
