import { bagOf } from '../edits/similarity.js';
import { normalizeName } from '../grammar.js';
import type { Concept, Fact, Library, MemberList, Problem } from '../model.js';
import { isOpenList, statedCount } from '../reading/lists.js';

/** Share of words that two lines have in common when they speak of the same thing. */
const SAME_THING = 0.8;
/** Telling words beside the number, below which two lines are too short to be compared. */
const FEWEST_WORDS = 2;

/** What the concepts show when they are seen together: said twice, said of itself, miscounted, contradicted. */
export function lintConcepts({ concepts }: Library): readonly Problem[] {
  const byName = new Map<string, Concept[]>();
  for (const concept of concepts) {
    const name = normalizeName(concept.term);
    byName.set(name, [...(byName.get(name) ?? []), concept]);
  }
  return [
    ...concepts.flatMap((concept) => [
      ...definedTwice(concept),
      ...definedByItself(concept),
      ...concept.lists.flatMap((list) => miscounted(concept, list)),
    ]),
    ...[...byName.values()].flatMap((same) => [...explainedTwice(same), ...contradicted(same)]),
  ];
}

function at(concept: Concept, { line, note }: { line: number; note?: string | undefined }, message: string) {
  return { severity: 'warning', note: note ?? concept.source.note, line, message } as const;
}

const placeOf = (concept: Concept, fact: Fact) => `${fact.note ?? concept.source.note}:${fact.line}`;

/** Only what the author wrote as 'term: gloss' twice; a heading and its first sentence are no two definitions. */
function definedTwice(concept: Concept): readonly Problem[] {
  const [first, ...others] = concept.facts.filter(
    ({ kind, lead }) => kind === 'definition' && lead !== undefined,
  );
  if (first === undefined) return [];
  return others
    .filter((fact) => placeOf(concept, fact) !== placeOf(concept, first))
    .map((fact) =>
      at(
        concept,
        fact,
        `"${concept.term}" is defined at ${placeOf(concept, first)} already. Put both in one place, or give one another name.`,
      ),
    );
}

function definedByItself(concept: Concept): readonly Problem[] {
  const definition = concept.facts.find(({ kind }) => kind === 'definition');
  if (definition === undefined) return [];
  const term = bagOf([concept.term, ...concept.aliases].join(' '));
  const said = bagOf(definition.text);
  // Members that follow say more than the line does.
  const isAll = [...said].every((word) => term.has(word));
  if (!isAll || concept.lists.some(({ line }) => line === definition.line)) return [];
  const message = `"${concept.term}" is defined by its own words. Say what sets it apart from its neighbours.`;
  return [at(concept, definition, message)];
}

/** Only where the count is what the line is about: '3 types of nodes', not 'each of 3 nodes runs the following'. */
function miscounted(concept: Concept, { intro, line, members }: MemberList): readonly Problem[] {
  const count = statedCount(intro);
  const isCounted =
    /^(?:(?:there (?:are|is)|the|these|our)\s+)?(?:\d+|[a-z]+)\s+(?:\p{L}+\s+){0,2}\p{L}+s\b(?:\s+(?:of|for|to|in)\b.*?)?(?:\s+are)?$/iu.test(
      intro,
    ) ||
    /\b(?:has|have|in|into|of|are|offers|provides|supports)\s+(?:\d+|[a-z]+)\s+(?:\p{L}+\s+){0,1}\p{L}+s$/iu.test(
      intro,
    );
  if (count === undefined || !isCounted || count === members.length) return [];
  if (
    isOpenList(
      intro,
      members.map(({ text }) => text),
    )
  )
    return [];
  const home = concept.facts.find((fact) => fact.line === line)?.note;
  const message = `This says ${count}, and ${members.length} are listed below. Correct one of the two, or write "such as".`;
  return [at(concept, { line, note: home }, message)];
}

/** The same name in two places with much the same words: probably copied, and then one of them ages. */
function explainedTwice(same: readonly Concept[]): readonly Problem[] {
  const said = same.flatMap((concept) => {
    const fact = concept.facts.find(({ kind }) => kind === 'definition');
    return fact === undefined ? [] : [{ concept, fact, bag: bagOf(fact.text) }];
  });
  return said.flatMap((one, index) => {
    const earlier = said.slice(0, index).find(({ bag }) => share(bag, one.bag) >= SAME_THING);
    if (earlier === undefined) return [];
    const where = placeOf(earlier.concept, earlier.fact);
    return [
      at(
        one.concept,
        one.fact,
        `"${one.concept.term}" is explained in the same words at ${where}. Keep one of them.`,
      ),
    ];
  });
}

/** Two lines on one concept that differ in nothing but one number. */
function contradicted(same: readonly Concept[]): readonly Problem[] {
  const lines = same.flatMap((concept) =>
    concept.facts
      .filter(({ kind, text }) => (kind === 'definition' || kind === 'statement') && /\d/.test(text))
      .map((fact) => ({ concept, fact, ...split(fact.text) })),
  );
  return lines.flatMap((one, index) => {
    const other = lines.slice(0, index).find(
      (earlier) =>
        // The numbers first: they are quickly compared, and a long list has very many pairs.
        differences(earlier.numbers, one.numbers) === 1 &&
        earlier.words.size >= FEWEST_WORDS &&
        share(earlier.words, one.words) >= SAME_THING,
    );
    if (other === undefined) return [];
    const where = placeOf(other.concept, other.fact);
    const message = `This and ${where} say different numbers of the same thing. Correct one, or say how the two differ.`;
    return [at(one.concept, one.fact, message)];
  });
}

function split(text: string): { readonly words: ReadonlySet<string>; readonly numbers: readonly string[] } {
  const number = /\d[\d.,]*/g;
  const numbers = text.match(number)?.map((one) => one.replace(/[.,]+$/, '')) ?? [];
  return { words: bagOf(text.replace(number, ' ')), numbers };
}

/** How many numbers differ, in order; more where one text has more of them. */
function differences(a: readonly string[], b: readonly string[]): number {
  return a.length === b.length ? a.filter((one, i) => one !== b[i]).length : Number.POSITIVE_INFINITY;
}

function share(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((word) => b.has(word)).length;
  return a.size + b.size === 0 ? 0 : (2 * common) / (a.size + b.size);
}
