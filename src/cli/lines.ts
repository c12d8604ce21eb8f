import { StringDecoder } from 'node:string_decoder';

const LONGEST_LINE = 16 * 1024 * 1024;

/** Something that the person at the command line can put right; shown without a stack, exit status 1. */
export class CliError extends Error {}

/**
 * Lines of a stream, without their ends. Only line feeds end a line, for JSON may hold other separators.
 * @throws CliError if a line is longer than 16 MiB
 */
export async function* linesOf(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of input) {
    const parts = (rest + (typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk)))).split(
      '\n',
    );
    rest = parts.pop() ?? '';
    for (const part of parts) yield part.replace(/\r$/, '');
    if (rest.length > LONGEST_LINE) throw new CliError('A line of the input is longer than 16 MiB.');
  }
  rest += decoder.end();
  if (rest !== '') yield rest.replace(/\r$/, '');
}

/** Writes a line of the answer and waits while its reader is slower than we are. */
export async function print(text: string): Promise<void> {
  if (process.stdout.write(`${text}\n`)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', () => resolve()));
}

/** Each query answered in order: the one given, or else every line of standard input. */
export async function answerEach(
  given: readonly string[],
  answer: (query: string) => string | Promise<string>,
): Promise<void> {
  if (given.length > 0) return print(await answer(given.join(' ')));
  if (process.stdin.isTTY) process.stderr.write('One query a line; Ctrl-D ends.\n');
  for await (const line of linesOf(process.stdin)) await print(await answer(line));
}
