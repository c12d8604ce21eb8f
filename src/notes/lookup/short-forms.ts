import type { Concept } from '../model.js';
import { nameWord, wordsOf } from '../tokens.js';
import { shortForms } from '../wording.js';

/** Puts short forms in position of long ones: those in common use, and those that the notes define. */
export class Shortener {
  readonly #byFirstWord = new Map<string, { words: readonly string[]; short: string }[]>();

  constructor(concepts: readonly Concept[]) {
    const ofNotes = concepts.flatMap(acronymsOf);
    const own = new Set(ofNotes.map(([short]) => short));
    const common = shortForms.map(([short, long]) => [short, namingWords(long)] as const);
    for (const [short, long] of [...ofNotes, ...common.filter(([form]) => !own.has(form))]) {
      const [first] = long;
      if (first !== undefined) push(this.#byFirstWord, first, { words: long, short });
    }
    for (const forms of this.#byFirstWord.values()) forms.sort((a, b) => b.words.length - a.words.length);
  }

  words(words: readonly string[]): readonly string[] {
    const out: string[] = [];
    for (let at = 0; at < words.length; ) {
      const form = this.#byFirstWord
        .get(words[at] ?? '')
        ?.find((candidate) => candidate.words.every((word, offset) => words[at + offset] === word));
      out.push(form?.short ?? words[at] ?? '');
      at += form?.words.length ?? 1;
    }
    return out;
  }
}

/** A concept's acronyms, each with the words whose initials it is made of. */
function acronymsOf(concept: Concept): readonly (readonly [string, readonly string[]])[] {
  if (concept.aliases.length === 0) return [];
  const names = [concept.term, ...concept.aliases].map(namingWords);
  const short = names.filter((words) => words.length === 1).map((words) => words[0] ?? '');
  return short.flatMap((acronym) =>
    names
      .filter((words) => words.length > 1 && words.map((word) => word[0]).join('') === acronym)
      .map((words) => [acronym, words] as const),
  );
}

const britishOr = /(?<=..)our(?=(?:ed|ing|s|al|able|ful|less)?$)/;
const britishIze = /(?<=[a-z]{3})is(?=(?:e|ed|er|ing|able|ation)$)/;

// Those that are words of their own as well ('spoke', 'bound', 'led', 'left') stay as they are.
const irregularVerbs: ReadonlyMap<string, string> = new Map(
  `keep kept|hold held|send sent|choose chose chosen|write wrote written|build built|make made|find found|take took taken
  |lose lost|bring brought|give gave given|grow grew grown|begin began begun|rise risen|break broken|know knew known
  |mean meant|meet met|pay paid|sell sold|buy bought|spend spent|stand stood|throw threw thrown|win won|feed fed
  |draw drew drawn|shrink shrank shrunk|freeze froze frozen|hide hid hidden|drive drove driven|fall fell fallen
  |hear heard|tell told|teach taught|catch caught|understand understood|forget forgot forgotten|eat ate eaten|tie tying|die dying|lie lying`
    .split('|')
    .flatMap((line) => {
      const [verb = '', ...forms] = line.trim().split(' ');
      return forms.map((form) => [form, verb] as const);
    }),
);

/** The words of a text as names are compared by them: singular, regular, and in one spelling of English. */
export function namingWords(text: string): readonly string[] {
  return wordsOf(text).map(namingWord);
}

/** Notes use few words, each often. */
const known = new Map<string, string>();
const mostKnown = 20_000;

function namingWord(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const one = irregularVerbs.get(word) ?? nameWord(word);
  const plain = one.length < 6 ? one : one.replace(britishOr, 'or').replace(britishIze, 'iz');
  if (known.size >= mostKnown) known.clear();
  known.set(word, plain);
  return plain;
}

/** Adds to the values of a key. */
export function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
