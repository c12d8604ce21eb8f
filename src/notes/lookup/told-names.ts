import { isAcronymOf } from '../grammar.js';
import type { Concept } from '../model.js';

const inBrackets = /\(([^()]{2,80})\)/g;
const exampleOpening = /^(?:examples?|e\.?g\.?|for (?:example|instance))\b[:,.]* */i;
const capitalised = /\p{Lu}[\p{L}\d-]*(?: \p{Lu}[\p{L}\d-]*)*/gu;
const acronymAlone = /^\p{Lu}[\p{Lu}\d]{1,5}s?$/u;
const mostWords = 6;

/**
 * Names that a concept's lines give in passing, and explain no further: the examples in the brackets of its definition,
 * and what a line spells out beside its short form ('an Application Load Balancer (ALB)').
 */
export function toldNames({ facts }: Concept): readonly string[] {
  return facts.flatMap(({ text, kind }) =>
    [...text.matchAll(inBrackets)].flatMap(({ 1: inside = '', index }) => {
      if (acronymAlone.test(inside)) return spelledOut(text.slice(0, index), inside);
      return kind === 'definition' && exampleOpening.test(inside) ? examplesIn(inside) : [];
    }),
  );
}

/** The acronym and the words before it that it stands for. */
function spelledOut(before: string, acronym: string): readonly string[] {
  const words = before.trim().split(/\s+/);
  for (let size = 2; size <= Math.min(mostWords, words.length); size += 1) {
    const long = words.slice(-size).join(' ');
    if (isAcronymOf(acronym, long)) return [acronym, long];
  }
  return [];
}

/** Each name in capitals, and the acronym that leads one: 'AWS LB Controller' is sought as 'LB' too. */
function examplesIn(inside: string): readonly string[] {
  const names = [...inside.replace(exampleOpening, '').matchAll(capitalised)].map(([name]) => name);
  return names.flatMap((name) => [name, ...name.split(' ').filter((word) => acronymAlone.test(word))]);
}
