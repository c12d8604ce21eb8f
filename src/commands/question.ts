import { codeSpan, literal } from '../bot/markdown.js';
import { type Mark, markChoice, markOrder, markPairs, markTyped } from '../learning/marking.js';
import type { Library, Question } from '../notes/model.js';

export const LETTERS = 'ABCDEFGH';
export const LONGEST_STEM = 600;
const LONGEST_LABEL = 70;
const LONGEST_OPTION = 500;

/** A question to be answered in writing, with what there is to put in order or to match. */
export function asked(question: Question): string {
  const stem = literal(question.stem, LONGEST_STEM);
  if (question.form === 'order') {
    return [
      stem,
      lettered(question.options),
      `Write the letters in order, such as ${codeSpan('C A B')}.`,
    ].join('\n\n');
  }
  if (question.form === 'match') {
    const { names, descriptions } = sidesOf(question);
    const numbered = names.map((name, at) => `- **${at + 1}** ${literal(name, LONGEST_OPTION)}`).join('\n');
    const how = `Write the pairs, such as ${codeSpan('1B 2A 3C')}.`;
    return [stem, numbered, lettered(descriptions), how].join('\n\n');
  }
  return stem;
}

/** What the field for the answer is called. */
export function inputLabel({ form }: Question): string {
  if (form === 'order') return 'Letters in order, such as C A B';
  return form === 'match' ? 'Pairs, such as 1B 2A 3C' : 'Answer';
}

/** The options in full, where a button's label would cut them. */
export function longOptions({ options }: Question): readonly string[] {
  return options.every((option) => option.length <= LONGEST_LABEL) ? [] : [lettered(options)];
}

/** The answer given beside the right one. */
export function answered(question: Question, given: string): string {
  const { form, options, answer } = question;
  switch (form) {
    case 'choice':
      return options
        .map((option, index) => {
          const sign = option === answer ? '✓ ' : option === given ? '✗ ' : '';
          return `- ${sign}**${LETTERS.charAt(index)}** ${literal(option, LONGEST_OPTION)}`;
        })
        .join('\n');
    case 'typed':
      return `You wrote ${codeSpan(given)}. The answer is **${literal(answer)}**.`;
    case 'order':
    case 'match': {
      const right = form === 'order' ? answer.split(' → ') : answer.split('; ');
      const lines = right.map((line) => `${form === 'order' ? '1.' : '-'} ${literal(line, LONGEST_OPTION)}`);
      return `You wrote ${codeSpan(given)}. Right is ${codeSpan(question.accepted[0] ?? '')}:\n\n${lines.join('\n')}`;
    }
  }
}

/** The key points and their place; of an order or pairs only the place, for the points would say the same again. */
export function explained({ form, explanation }: Question): string {
  const lines = explanation.split('\n');
  const place = lines.filter((line) => !line.startsWith('- ')).map((line) => literal(line, LONGEST_OPTION));
  if (form === 'match' || form === 'order') return place.join('\n');
  const points = lines
    .filter((line) => line.startsWith('- '))
    .map((line) => `- ${literal(line.slice(2), LONGEST_OPTION)}`);
  return ['**Why**', points.join('\n'), ...place].join('\n\n');
}

/** Marks an answer; a typed name that is another term of the notes is wrong, however near its spelling. */
export function markOf(library: Library, { form, answer, accepted }: Question, given: string): Mark {
  if (form === 'choice') return markChoice(given, answer);
  if (form === 'order') return markOrder(given, accepted[0] ?? '');
  if (form === 'match') return markPairs(given, accepted[0] ?? '');
  const terms = library.concepts.map(({ term }) => term);
  return markTyped(given, [answer, ...accepted], terms);
}

function lettered(options: readonly string[]): string {
  return options
    .map((option, index) => `- **${LETTERS.charAt(index)}** ${literal(option, LONGEST_OPTION)}`)
    .join('\n');
}

/** The names and the descriptions of a question that matches them. */
function sidesOf({ options }: Question): {
  readonly names: readonly string[];
  readonly descriptions: readonly string[];
} {
  const half = options.length / 2;
  return { names: options.slice(0, half), descriptions: options.slice(half) };
}
