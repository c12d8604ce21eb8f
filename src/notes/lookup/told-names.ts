import { isAcronymOf } from '../grammar.js';
import type { Concept } from '../model.js';

const inBrackets = /\(([^()]{2,80})\)/g;
const exampleOpening = /^(?:examples?|e\.?g\.?|for (?:example|instance))\b[:,.]* */i;
const capitalised = /\p{Lu}[\p{L}\d-]*(?: \p{Lu}[\p{L}\d-]*)*/gu;
const acronymAlone = /^\p{Lu}[\p{Lu}\d]{1,5}s?$/u;
const mostWords = 6;
const otherName = /^.*\S \((\p{L}[\p{L}\d-]*(?: [\p{L}\d-]+){0,2})\)\W*$/u;
const remark =
  /^(?:defaults?|optional|required|recommended|legacy|deprecated|preview|beta|new|old|free|paid|important|see|e|i|ex|exam|example|plural|formerly|aka)\b/i;

/**
 * Names that a concept's lines give in passing, and explain no further: what stands in brackets behind its own ('Float
 * (slack)'), the examples in the brackets of its definition, and what a line spells out beside its short form ('an Application Load Balancer (ALB)').
 */
export function toldNames({ facts }: Concept): readonly string[] {
  const names: string[] = [];
  for (const { text, kind, lead } of facts) {
    const isDefinition = kind === 'definition';
    const other = isDefinition && lead?.includes('(') ? otherName.exec(lead)?.[1] : undefined;
    if (other !== undefined && !remark.test(other)) names.push(other);
    if (!text.includes('(')) continue;
    for (const { 1: words = '', index } of text.matchAll(inBrackets)) {
      if (acronymAlone.test(words)) names.push(...spelledOut(text.slice(0, index), words));
      else if (isDefinition && exampleOpening.test(words)) names.push(...examplesIn(words));
    }
  }
  return names;
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
