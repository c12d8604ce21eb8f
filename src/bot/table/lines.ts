/** The width of a text in pixels, in some face. */
export type Measure = (text: string) => number;

const segmenter = new Intl.Segmenter('en');

/** The text in at most `most` lines no wider than `width`: broken between words, else within them; what is left over is cut with '…'. */
export function linesOf(text: string, width: number, most: number, measure: Measure): readonly string[] {
  const fits = (line: string) => measure(line) <= width;
  const whole = text.trim();
  if (whole !== '' && fits(whole)) return [whole];
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(whole)) {
    if (fits((line + piece).trimEnd())) {
      line += piece;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    const broken = brokenWord(piece.trimEnd(), fits);
    lines.push(...broken.slice(0, -1));
    line = (broken.at(-1) ?? '') + (/\s*$/.exec(piece)?.[0] ?? '');
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  const last = lines[most - 1] ?? '';
  return [...lines.slice(0, most - 1), cut(last, fits)];
}

/** Words with the white space after them; a hyphen or a slash ends one too. */
function piecesOf(text: string): readonly string[] {
  return text.match(/[^\s/-]*[/-]+\s*|[^\s/-]+\s*/gu) ?? [];
}

/** A word in parts that each fit. */
function brokenWord(word: string, fits: (line: string) => boolean): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of charactersOf(word)) {
    if (part !== '' && !fits(part + character)) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return part === '' ? parts : [...parts, part];
}

function cut(line: string, fits: (line: string) => boolean): string {
  const characters = charactersOf(line);
  while (characters.length > 0 && !fits(`${characters.join('').trimEnd()}…`)) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** What a reader takes for one character. */
function charactersOf(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}
