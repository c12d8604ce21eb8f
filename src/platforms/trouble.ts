/** What only an operator can put right; the message says how. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** The lines of an error's stack that say where, without its message, which may hold what people wrote. */
export function placesOf({ stack = '' }: Error): readonly string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}
