import type { Concept, ConceptId } from '../model.js';

/** A word asked for: the stems that stand for it, best first, and what finding it is worth. */
export interface Wanted {
  readonly word: string;
  readonly stems: readonly string[];
  /** Inverse document frequency; for a word that the notes never use, that of the rarest. */
  readonly worth: number;
  readonly known: boolean;
}

/** How well a concept answers. */
export interface Rating {
  /** Share of what was asked that the concept says, 0 to 1. */
  readonly coverage: number;
  readonly score: number;
  /** Words asked for that its name, its lines or the announcement of its list hold. */
  readonly matched: number;
  /** The same without its name. */
  readonly told: number;
  /** True where one line of its text, without its name, says everything. */
  readonly inLine: boolean;
}

interface Line {
  readonly stems: ReadonlySet<string>;
  /** The words of each of its sentences as stems, in order; of a fact only. */
  readonly sentences: readonly (readonly string[])[];
  readonly definition: boolean;
}

/** What a concept says, line by line, as sets of stems. */
export interface Lines {
  readonly names: ReadonlySet<string>;
  readonly lines: readonly Line[];
  /** All that the lines say. */
  readonly all: ReadonlySet<string>;
  /** Words that announce the list it stands in: its kind. */
  readonly kind: ReadonlySet<string>;
  /** Words of what stands above it, its kind among them. */
  readonly context: ReadonlySet<string>;
}

const sentenceEnd = /(?<=[.!?;])\s+/;
/** Words that may stand between two that are near each other: fewer in a name than where a preposition joins them. */
const betweenInName = 2;
const betweenJoined = 5;
const denials = new Set(['without', 'no', 'not', 'never', 'nor', 'cannot']);
/** Words that set one thing apart from another. */
export const prepositions: ReadonlySet<string> = new Set(
  'for to of in on at from by with without into behind under over after before along between via'.split(' '),
);

const definitionWorth = 1.15;
const elsewhereWorth = 0.6;
const contextWorth = 0.35;
const synonymWorth = 0.8;

/** Reads a concept; `stemsOf` gives the stems of a text in the spelling that queries are read in. */
export function linesOf(
  concept: Concept,
  conceptOf: (id: ConceptId) => Concept | undefined,
  stemsOf: (text: string) => readonly string[],
): Lines {
  const facts = concept.facts.map((fact) => {
    const sentences = fact.text.split(sentenceEnd).map(stemsOf);
    return { stems: new Set(sentences.flat()), sentences, definition: fact.kind === 'definition' };
  });
  const lists = concept.lists.map((list) => ({
    stems: new Set(stemsOf([list.intro, ...list.members.map((member) => member.text)].join('\n'))),
    sentences: [],
    definition: false,
  }));
  const lines = [...facts, ...lists];
  const parent = concept.parent === undefined ? undefined : conceptOf(concept.parent);
  return {
    names: new Set(stemsOf([concept.term, ...concept.aliases].join('\n'))),
    lines,
    all: new Set(lines.flatMap(({ stems }) => [...stems])),
    kind: new Set(parent === undefined ? [] : stemsOf(introsOf(concept, parent).join('\n'))),
    context: new Set(stemsOf(above(concept, conceptOf).join('\n'))),
  };
}

/** What stands above a concept: headings, parents and the words that announce the list it is in. */
function above(concept: Concept, conceptOf: (id: ConceptId) => Concept | undefined): readonly string[] {
  const texts = [...concept.path, concept.deck];
  const seen = new Set<string>([concept.id]);
  for (let below = concept; below.parent !== undefined && !seen.has(below.parent); ) {
    const parent = conceptOf(below.parent);
    if (parent === undefined) break;
    seen.add(parent.id);
    texts.push(parent.term, ...parent.aliases, ...introsOf(below, parent));
    below = parent;
  }
  return texts;
}

function introsOf(concept: Concept, parent: Concept): readonly string[] {
  const own = parent.lists.filter((list) => list.members.some((member) => member.concept === concept.id));
  return own.map((list) => list.intro);
}

/** How well what a concept says answers what is wanted. */
export function rated({ names, lines, all, kind, context }: Lines, wanted: readonly Wanted[]): Rating {
  const asked = wanted.reduce((sum, { worth }) => sum + worth, 0);
  if (asked === 0) return { coverage: 0, score: 0, matched: 0, told: 0, inLine: false };
  let coverage = 0;
  let matched = 0;
  let told = 0;
  for (const { stems, worth } of wanted) {
    const own = stems.some((stem) => all.has(stem) || names.has(stem));
    const isTold = stems.some((stem) => all.has(stem) || kind.has(stem));
    if (isTold) told += 1;
    if (own || isTold) matched += 1;
    if (own || stems.some((stem) => context.has(stem))) coverage += worth;
  }
  // What no line says is the same for all lines.
  const base = wanted.map(({ stems }) =>
    Math.max(
      Math.max(valueIn(all, stems), valueIn(names, stems)) * elsewhereWorth,
      valueIn(context, stems) * contextWorth,
    ),
  );
  let score = scoreOf(names, wanted, base);
  let inLine = false;
  for (const { stems, definition } of lines) {
    score = Math.max(score, scoreOf(stems, wanted, base) * (definition ? definitionWorth : 1));
    inLine ||= wanted.every((one) => one.stems.some((stem) => stems.has(stem) || kind.has(stem)));
  }
  return { coverage: coverage / asked, score: score / asked, matched, told, inLine };
}

function scoreOf(stems: ReadonlySet<string>, wanted: readonly Wanted[], base: readonly number[]): number {
  return wanted.reduce(
    (sum, one, at) => sum + one.worth * Math.max(valueIn(stems, one.stems), base[at] ?? 0),
    0,
  );
}

/** The most words in a row that the question and one of the lines share, small words too. */
export function longestRun({ lines }: Lines, asked: readonly string[]): number {
  let longest = 0;
  for (const inOrder of lines.flatMap(({ sentences }) => sentences)) {
    for (let start = 0; start + longest < inOrder.length; start += 1) {
      for (let from = 0; from + longest < asked.length; from += 1) {
        let length = 0;
        while (inOrder[start + length] === asked[from + length] && start + length < inOrder.length)
          length += 1;
        longest = Math.max(longest, length);
      }
    }
  }
  return longest;
}

/** True if a sentence holds all of the wanted with few words between; `asOne` where no preposition may set them apart. */
export function isSaidClosely({ lines }: Lines, wanted: readonly Wanted[], asOne: boolean): boolean {
  const longest = wanted.length + (wanted.length - 1) * (asOne ? betweenInName : betweenJoined);
  const isClose = (sentence: readonly string[]) =>
    sentence.some((stem, start) => {
      if (!wanted.some(({ stems }) => stems.includes(stem))) return false;
      const places = wanted.map(({ stems }) =>
        sentence.findIndex((one, at) => at >= start && stems.includes(one)),
      );
      const end = Math.max(...places);
      if (places.includes(-1) || end - start >= longest) return false;
      // 'A default account for each namespace' is no default namespace, 'resources of a node' are node resources.
      const isTurned = places[0] !== start;
      return !asOne || isTurned || !sentence.slice(start, end).some((one) => prepositions.has(one));
    });
  return lines.some(({ sentences }) => sentences.some(isClose));
}

/** True if sentences hold one of the stems, and none of them a word that denies. */
export function isAffirmed({ lines }: Lines, stems: readonly string[]): boolean {
  const telling = lines
    .flatMap(({ sentences }) => sentences)
    .filter((sentence) => stems.some((stem) => sentence.includes(stem)));
  return telling.length > 0 && !telling.some((sentence) => sentence.some((stem) => denials.has(stem)));
}

/** False if the sentences with verb and object have the object only behind a preposition that follows the verb. */
export function takesAsObject({ lines }: Lines, verb: Wanted, object: Wanted): boolean {
  let isApart = false;
  for (const sentence of lines.flatMap(({ sentences }) => sentences)) {
    const does = sentence.findIndex((stem) => verb.stems.includes(stem));
    if (does < 0) continue;
    const done = sentence.findIndex((stem, at) => at !== does && object.stems.includes(stem));
    if (done < 0) continue;
    const gap = done < does ? [] : sentence.slice(does + 1, done);
    // 'A list of risks' lists them, and behind 'and' more may be listed.
    const isOpen = gap[0] === 'of' || gap.some((stem) => /^(?:and|or)$/.test(stem));
    if (isOpen || !gap.some((stem) => prepositions.has(stem))) return true;
    isApart = true;
  }
  return !isApart;
}

function valueIn(stems: ReadonlySet<string>, wanted: readonly string[]): number {
  const at = wanted.findIndex((stem) => stems.has(stem));
  if (at < 0) return 0;
  return at === 0 ? 1 : synonymWorth;
}
