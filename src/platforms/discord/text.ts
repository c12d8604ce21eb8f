import { sendable, shortLine } from '../words.js';

/** Discord refuses empty names and labels, and shows this as nothing. It also keeps apart marks that would join. */
export const UNSEEN = '\u200B';

/** Text of a note or a person, as Discord Markdown that shows it as itself, wherever in a line it stands. */
export function escaped(text: string): string {
  return sendable(text)
    .replace(/[\\*_~|`[\]<>@]/g, '\\$&')
    .replace(/:(?=\/|[\w+-]+:)/g, '\\:');
}

/** Drawn lines with a mark at their beginning made literal, such as '#', '-' and '1.'; emphasis may stand before it. */
export function withLiteralStarts(drawn: string): string {
  return drawn.replace(/^([ \t*~]*)([-#+])/gm, '$1\\$2').replace(/^([ \t*~]*\d+)\./gm, '$1\\.');
}

/** A line that is never empty, which Discord refuses. */
export function oneLine(text: string, limit: number): string {
  return shortLine(text, limit, UNSEEN);
}

/** A code span that holds the text. Runs of backticks are kept apart, for Discord reads three as a code block. */
export function codeSpan(text: string): string {
  const line = apart(sendable(text).replace(/\n/g, ' '));
  if (line === '') return '';
  if (!line.includes('`')) return `\`${line}\``;
  return `\`\`${line.startsWith('`') ? ' ' : ''}${line}${line.endsWith('`') ? ' ' : ''}\`\``;
}

/** A code block that holds the text. */
export function codeBlock(text: string): string {
  const code = apart(sendable(text).replace(/\n+$/, ''));
  return `\`\`\`\n${code.trim() === '' ? UNSEEN : code}\n\`\`\``;
}

function apart(text: string): string {
  return text.replace(/`(?=`)/g, `\`${UNSEEN}`);
}
