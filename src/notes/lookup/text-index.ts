import { startsWithVerb } from '../grammar.js';
import type { Concept } from '../model.js';
import { searchTokens } from '../tokens.js';
import { askingWords, faintWords, sameMeanings, stopWords } from '../wording.js';
import type { Position } from './name-index.js';
import { Spellings } from './spellings.js';

// An inverted index by hand rather than MiniSearch: on 100,000 concepts MiniSearch took 8 s and 200 MB to build
// and 417 ms for the slowest query in a hundred, since it scores every text that shares any word.

/** A word asked for: the stems that stand for it, best first, and what finding it is worth. */
export interface Wanted {
  readonly word: string;
  readonly stems: readonly string[];
  /** Inverse document frequency; for a word that the notes never use, that of the rarest. */
  readonly worth: number;
  readonly known: boolean;
}

/** A concept that answers, at least in part. */
export interface Answer {
  readonly position: Position;
  /** Share of what was asked that the concept says, 0 to 1. */
  readonly coverage: number;
  readonly score: number;
  /** Words asked for that the concept's own text holds. */
  readonly matched: number;
}

/** What a concept says, line by line, as sets of stems. */
interface Lines {
  readonly names: ReadonlySet<string>;
  readonly lines: readonly { readonly stems: ReadonlySet<string>; readonly definition: boolean }[];
  readonly context: ReadonlySet<string>;
}

/** Where a word stands: in how many concepts, in which one last, and the postings of its stems. */
interface Use {
  count: number;
  last: Position;
  readonly postings: readonly Position[][];
}

const examined = 16;
const longPosting = 2_000;
const linesKept = 2_000;
const definitionWorth = 1.15;
const elsewhereWorth = 0.6;
const contextWorth = 0.35;
const synonymWorth = 0.8;
const faintWorth = 0.25;

/** Finds concepts by what the notes say of them. */
export class TextIndex {
  readonly #concepts: readonly Concept[];
  readonly #read: (text: string) => readonly string[];
  readonly #postings = new Map<string, Position[]>();
  readonly #byId = new Map<string, Concept>();
  readonly #lines = new Map<Concept, Lines>();
  readonly #uses = new Map<string, Use>();
  readonly #spellings = new Spellings();
  readonly #synonyms = new Map<string, Set<string>>();

  /** `read` gives the words of a text in the spelling that queries are read in. */
  constructor(concepts: readonly Concept[], read: (text: string) => readonly string[]) {
    this.#concepts = concepts;
    this.#read = read;
    concepts.forEach((concept, position) => {
      this.#byId.set(concept.id, concept);
      for (const word of this.#read(ownText(concept).join('\n'))) this.#count(word, position);
    });
    for (const meaning of sameMeanings) {
      const stems = meaning.flatMap(searchTokens);
      for (const stem of stems) {
        const others = this.#synonyms.get(stem) ?? new Set();
        for (const other of stems) if (other !== stem) others.add(other);
        this.#synonyms.set(stem, others);
      }
    }
  }

  /** In how many concepts a word or another form of it stands. */
  frequency(word: string): number {
    return Math.max(...searchTokens(word).map((stem) => this.#postings.get(stem)?.length ?? 0), 0);
  }

  /** True if the notes use the word in this very spelling more than once, so that it is hardly a slip. */
  isSpelledSo(word: string): boolean {
    return (this.#uses.get(word)?.count ?? 0) > 1;
  }

  /** The stem that was meant by a mistyped word, if the notes use one a slip away. */
  corrected(word: string): string | undefined {
    const [stem] = searchTokens(word);
    return stem === undefined || stem.length < 5 ? undefined : this.#spellings.meant(stem)[0]?.[0];
  }

  /** Words that carry a subject; what only asks is left out. `literally`: no word stands for another. */
  wanted(words: readonly string[], literally: boolean): readonly Wanted[] {
    const heavy = [...new Set(words)].filter((word) => !stopWords.has(word) && !askingWords.has(word));
    return heavy.flatMap((word) =>
      searchTokens(word).map((stem) => {
        const others = literally ? [] : (this.#synonyms.get(stem) ?? []);
        const stems = [stem, ...others].filter((one) => this.#postings.has(one));
        const frequency = Math.min(...stems.map((one) => this.#postings.get(one)?.length ?? 0));
        const known = stems.length > 0;
        const worth = this.#worth(known ? frequency : 0) * (faintWords.has(word) ? faintWorth : 1);
        return { word, stems, worth, known };
      }),
    );
  }

  /** Concepts by how much of the wanted they say, best first. */
  search(wanted: readonly Wanted[]): readonly Answer[] {
    const answers = this.#candidates(wanted).map((position) => this.answer(position, wanted));
    return answers.sort((one, other) => other.score - one.score || one.position - other.position);
  }

  /** How well one concept answers. */
  answer(position: Position, wanted: readonly Wanted[]): Answer {
    const asked = wanted.reduce((sum, { worth }) => sum + worth, 0);
    const concept = this.#concepts[position];
    if (concept === undefined || asked === 0) return { position, coverage: 0, score: 0, matched: 0 };
    const { names, lines, context } = this.#linesOf(concept);
    const all = new Set(lines.flatMap(({ stems }) => [...stems]));
    let coverage = 0;
    let matched = 0;
    for (const { stems, worth } of wanted) {
      const own = stems.some((stem) => all.has(stem) || names.has(stem));
      if (own) matched += 1;
      if (own || stems.some((stem) => context.has(stem))) coverage += worth;
    }
    let score = 0;
    for (const { stems: line, definition } of lines) {
      let sum = 0;
      for (const { stems, worth } of wanted) {
        const within = valueIn(line, stems);
        const elsewhere = Math.max(valueIn(all, stems), valueIn(names, stems)) * elsewhereWorth;
        sum += worth * Math.max(within, elsewhere, valueIn(context, stems) * contextWorth);
      }
      score = Math.max(score, sum * (definition ? definitionWorth : 1));
    }
    return { position, coverage: coverage / asked, score: score / asked, matched };
  }

  /** True if a line that says what the concept is opens with these words, in this order. */
  isCalledSo(position: Position, words: readonly string[]): boolean {
    const concept = this.#concepts[position];
    const sought = words.flatMap(searchTokens);
    if (concept === undefined || sought.length === 0 || words.every((word) => faintWords.has(word)))
      return false;
    return concept.facts.some((fact) => {
      const opening = this.#stems(openingOf(fact.text));
      const at = opening.findIndex((_, start) =>
        sought.every((stem, offset) => opening[start + offset] === stem),
      );
      if (at < 0) return false;
      // One word must be what the phrase is about: in 'a networking proxy' that is the proxy.
      return sought.length > 1 || at === opening.length - 1;
    });
  }

  /** Notes that a word stands in a concept; called in the order of the concepts. */
  #count(word: string, position: Position): void {
    let use = this.#uses.get(word);
    if (use === undefined) {
      use = { count: 0, last: -1, postings: searchTokens(word).map((stem) => this.#posting(stem)) };
      this.#uses.set(word, use);
    }
    if (use.last === position) return;
    use.last = position;
    use.count += 1;
    for (const posting of use.postings) if (posting.at(-1) !== position) posting.push(position);
  }

  #posting(stem: string): Position[] {
    const known = this.#postings.get(stem);
    if (known !== undefined) return known;
    const posting: Position[] = [];
    this.#postings.set(stem, posting);
    this.#spellings.add(stem);
    return posting;
  }

  #worth(frequency: number): number {
    return Math.log(1 + (this.#concepts.length + 1) / (frequency + 0.5));
  }

  #stems(text: string): readonly string[] {
    return this.#read(text).flatMap(searchTokens);
  }

  #candidates(wanted: readonly Wanted[]): readonly Position[] {
    const sums = new Map<Position, number>();
    for (const { stems, worth } of [...wanted].sort((one, other) => other.worth - one.worth)) {
      for (const stem of stems) {
        const posting = this.#postings.get(stem) ?? [];
        if (posting.length > longPosting && sums.size > 0) continue;
        const end = Math.min(posting.length, longPosting);
        for (let at = 0; at < end; at += 1) {
          const position = posting[at] ?? 0;
          sums.set(position, (sums.get(position) ?? 0) + worth);
        }
      }
    }
    return best(sums, examined);
  }

  #linesOf(concept: Concept): Lines {
    const known = this.#lines.get(concept);
    if (known !== undefined) return known;
    if (this.#lines.size >= linesKept) this.#lines.clear();
    const lines = this.#readLines(concept);
    this.#lines.set(concept, lines);
    return lines;
  }

  #readLines(concept: Concept): Lines {
    const facts = concept.facts.map((fact) => ({
      stems: new Set(this.#stems(fact.text)),
      definition: fact.kind === 'definition',
    }));
    const lists = concept.lists.map((list) => ({
      stems: new Set(this.#stems([list.intro, ...list.members.map((member) => member.text)].join('\n'))),
      definition: false,
    }));
    const names = new Set(this.#stems([concept.term, ...concept.aliases].join('\n')));
    return {
      names,
      lines: [...facts, ...lists, { stems: names, definition: false }],
      context: this.#above(concept),
    };
  }

  #above(concept: Concept): ReadonlySet<string> {
    const texts = [...concept.path, concept.deck];
    const seen = new Set<string>([concept.id]);
    for (let id = concept.parent; id !== undefined && !seen.has(id); ) {
      seen.add(id);
      const parent = this.#byId.get(id);
      texts.push(...(parent === undefined ? [] : [parent.term, ...parent.aliases]));
      texts.push(...(parent?.lists.map((list) => list.intro) ?? []));
      id = parent?.parent;
    }
    return new Set(this.#stems(texts.join('\n')));
  }
}

function valueIn(stems: ReadonlySet<string>, wanted: readonly string[]): number {
  const at = wanted.findIndex((stem) => stems.has(stem));
  if (at < 0) return 0;
  return at === 0 ? 1 : synonymWorth;
}

function ownText(concept: Concept): readonly string[] {
  return [
    concept.term,
    ...concept.aliases,
    ...concept.facts.map((fact) => fact.text),
    ...concept.lists.flatMap((list) => [list.intro, ...list.members.map((member) => member.text)]),
  ];
}

/** The words with which a line says what something is, up to where it says more of it. */
function openingOf(text: string): string {
  const gloss = text.replace(/^(it|they|this|these|that) (is|are) /i, '').replace(/^(a|an|the|still) /i, '');
  if (startsWithVerb(gloss) || /^(it|they|this|these|that) /i.test(gloss)) return '';
  const [opening = ''] = gloss.split(
    /[,;:.(]|\b(?:that|which|who|whose|where|for|of|to|in|on|with|from|by|used|using|running|operating|managed|is|are|can|and|but|or)\b/i,
    1,
  );
  return opening;
}

/** The positions with the highest sums, without sorting the many others; the first found where sums are equal. */
function best(sums: ReadonlyMap<Position, number>, most: number): readonly Position[] {
  const top: (readonly [Position, number])[] = [];
  for (const [position, sum] of sums) {
    const last = top.at(-1);
    if (top.length === most && last !== undefined && last[1] >= sum) continue;
    const place = top.findIndex((other) => other[1] < sum);
    top.splice(place < 0 ? top.length : place, 0, [position, sum]);
    if (top.length > most) top.pop();
  }
  return top.map(([position]) => position);
}
