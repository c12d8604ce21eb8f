import type { AnswerInput, ChoicesInput } from '../../bot/reply.js';

/** What a typed line says for an input, or what to say where it says nothing that fits. */
export type Read<T> = { readonly value: T } | { readonly fault: string };

const NONE = 'none';

/** Reads the line for an input that takes one answer; an option is typed by its number. */
export function readAnswer(input: AnswerInput, typed: string): Read<string> {
  const { kind, required = false, maximumLength = Number.POSITIVE_INFINITY, options = [] } = input;
  const value = options[Number(typed) - 1]?.value ?? typed;
  if (value === '') return required ? { fault: 'Please give an answer, or type cancel.' } : { value };
  if (value.length > maximumLength) return { fault: `Please use at most ${maximumLength} characters.` };
  if (kind === 'number' && !Number.isFinite(Number(value))) return { fault: 'Please type a number.' };
  if (kind === 'choice' && !options.some((option) => option.value === value)) {
    return { fault: 'Please type one of the numbers.' };
  }
  return { value };
}

/** Reads the numbers of options, such as '1, 4'. */
export function readChoices({ options }: ChoicesInput, typed: string): Read<readonly string[]> {
  if (typed === '' || typed.toLowerCase() === NONE) return { value: [] };
  const chosen = typed.split(/[\s,]+/).flatMap((word) => options[Number(word) - 1]?.value ?? []);
  if (chosen.length === typed.split(/[\s,]+/).length) return { value: [...new Set(chosen)] };
  return { fault: `Please type numbers from 1 to ${options.length}, such as 1,2, or ${NONE}.` };
}

/** The numbers of what is chosen at first, as they would be typed. */
export function chosenAtFirst({ options, values }: ChoicesInput): string {
  const numbers = options.flatMap(({ value }, at) => (values.includes(value) ? [at + 1] : []));
  return numbers.join(',');
}
