import { nameOfSubject, type Predication, predicationOf } from '../cards/predication.js';
import type { Concept, Fact } from '../model.js';
import { shuffled } from '../random.js';
import { wordsOf } from '../tokens.js';
import { stopWords } from '../wording.js';
import { fewestDistractors, isTooLong, type Made, pointsOf, standsOut } from './draft.js';
import { meaningOf } from './meaning.js';
import { isCode, isOfKind, mismatch } from './names.js';
import type { Material } from './surroundings.js';
import { ofOne } from './verbs.js';

const mostOthers = 3;
const sameSaying = 0.6;
const dangling =
  /\b(?:these|those|both|the (?:above|following|former|latter)|same|aforementioned|you|your|we|our|us)\b|\b(?:it|them|they|so|too|one)$|https?:|[=<>|{}"“”]|->/i;

/** What a sentence of the notes speaks of, where that is not the concept it stands under. */
interface Spoken {
  readonly name: string;
  readonly plural: boolean;
  readonly concept: Concept;
  readonly line: number;
  /** What is said of it anywhere in the note, as stems. */
  readonly says: ReadonlySet<string>[];
}

/** Asks what a sentence speaks of, among other things that sentences of the same note speak of. */
export class SubjectQuestions {
  readonly #material: Material;
  readonly #byNote = new Map<string, Map<string, Spoken>>();

  constructor(material: Material) {
    this.#material = material;
    for (const concept of material.concepts) {
      for (const fact of concept.facts) this.#note(fact, concept);
    }
  }

  #note(fact: Fact, concept: Concept): void {
    const said = saidIn(fact);
    if (said === undefined) return;
    const name = nameOfSubject(said.subject);
    const note = fact.note ?? concept.source.note;
    const known = this.#byNote.get(note) ?? new Map<string, Spoken>();
    const spoken = known.get(name.toLowerCase()) ?? {
      name,
      plural: said.plural,
      concept,
      line: fact.line,
      says: [],
    };
    spoken.says.push(meaningOf(said.predicate));
    known.set(name.toLowerCase(), spoken);
    this.#byNote.set(note, known);
  }

  /** 'In the notes on Espresso, what slows the flow?' */
  ask(fact: Fact, concept: Concept, seed: string, avoid: ReadonlySet<string> | undefined): Made {
    const said = saidIn(fact);
    if (said === undefined) return 'no subject';
    const key = nameOfSubject(said.subject);
    if (wordsOf(key).length > 4) return 'long answer';
    const asked = meaningOf(said.predicate);
    if (telling(said.predicate).length < 2) return 'truism';
    if ([...meaningOf(key)].some((stem) => asked.has(stem))) return 'leak';
    const others = this.#others(key, said, fact, concept, avoid, seed);
    if (others.length < fewestDistractors) return 'distractors';
    const stem = `${placeOf(this.#lineage(concept), key, said.predicate)}${questionOf(said)}?`;
    if (isTooLong(stem)) return 'long stem';
    if (standsOut(key, others)) return 'long key';
    return {
      form: 'choice',
      stem: stem.charAt(0).toUpperCase() + stem.slice(1),
      options: shuffled([key, ...others], `${seed}/options`),
      answer: key,
      accepted: [key],
      points: pointsOf(concept, fact),
      owner: concept,
    };
  }

  /** Names of other subjects near by, none of which the notes say the same of. */
  #others(
    key: string,
    said: Predication,
    fact: Fact,
    concept: Concept,
    avoid: ReadonlySet<string> | undefined,
    seed: string,
  ): readonly string[] {
    const asked = meaningOf(said.predicate);
    const shown = wordsOf(`${said.predicate} ${concept.term}`);
    const kin = this.#above(concept);
    const near = [...(this.#byNote.get(fact.note ?? concept.source.note)?.values() ?? [])];
    const fitting = shuffled(near, `${seed}/near`).filter(
      (other) =>
        other.plural === said.plural &&
        wordsOf(other.name).length <= 4 &&
        isOfKind(other.name, key) &&
        avoid?.has(other.name) !== true &&
        !kin.some((name) => overlaps(name, other.name)) &&
        !overlaps(other.name, key) &&
        !wordsOf(other.name).every((word) => shown.includes(word)) &&
        !other.says.some((says) => sharedPart(asked, says) > sameSaying),
    );
    const cost = (other: Spoken): number =>
      Math.min(3, Math.abs(other.line - fact.line) / 8) +
      (other.concept.id === concept.id ? 0 : 1) +
      mismatch(other.name, key);
    const chosen: string[] = [];
    for (const { name } of [...fitting].sort((one, other) => cost(one) - cost(other))) {
      if (chosen.length < mostOthers && chosen.every((other) => !overlaps(other, name))) chosen.push(name);
    }
    return chosen;
  }

  /** The names of the concept and of what is above it, the nearest first. */
  #lineage(concept: Concept): readonly string[] {
    const names: string[] = [];
    for (let at: Concept | undefined = concept; at !== undefined && names.length < 9; ) {
      names.push(at.term);
      at = at.parent === undefined ? undefined : this.#material.concept(at.parent);
    }
    return names;
  }

  /** The names of the concept and of what is above it: what is true of a part may be true of the whole. */
  #above(concept: Concept): readonly string[] {
    const names: string[] = [];
    const seen = new Set<Concept>();
    for (let at: Concept | undefined = concept; at !== undefined && !seen.has(at); ) {
      seen.add(at);
      names.push(at.term, ...at.aliases);
      at = at.parent === undefined ? undefined : this.#material.concept(at.parent);
    }
    return names;
  }
}

/** The first sentence of a statement, where it names what it speaks of and stands for itself. */
function saidIn(fact: Fact): Predication | undefined {
  if (fact.kind !== 'statement' && (fact.kind !== 'definition' || fact.lead !== undefined)) return undefined;
  if (/[:：]$/.test(fact.text)) return undefined;
  const text = fact.text.replace(/\s+\([^)]*\)/g, '');
  const said = predicationOf(text);
  if (said === undefined || dangling.test(said.predicate) || /^\S+ (?:not|no|never)\b/.test(said.predicate))
    return undefined;
  // 'is 9 bars': the number is what is asked. 'is common': says nothing of its own.
  if (/^(?:is|are|has|have) (?:\d|common|possible|important|recommended|best)/i.test(said.predicate))
    return undefined;
  // 'for caches, queues, etc.': an open list is left out.
  const predicate = /\betc\b/i.test(said.predicate)
    ? said.predicate.replace(/,.*$|\betc\b.*$/i, '')
    : said.predicate;
  // 'strengthens the answer, salts are the oldest': the second clause speaks of something else.
  const [first = '', ...more] = predicate.split(', ');
  const isSpliced =
    more.length > 0 &&
    (/^(?:its?|they|their)\b/i.test(more[0] ?? '') || predicationOf(more.join(', ')) !== undefined);
  return { ...said, predicate: (isSpliced ? first : predicate).replace(/[\s,.;:]+$/, '') };
}

function telling(text: string): readonly string[] {
  return wordsOf(text).filter(
    (word) => word.length > 2 && !stopWords.has(word) && !/^(?:runs?|uses?|needs?|makes?|works?)$/.test(word),
  );
}

function questionOf({ predicate, plural }: Predication): string {
  const named = /^(?:is|are) ((?:an?|the) .+)$/i.exec(predicate)?.[1];
  if (named !== undefined) return `what do the notes call ${named}`;
  if (!plural) return `what ${predicate}`;
  const [verb = ''] = predicate.split(' ', 1);
  if (/^(?:are|were|can|could|may|might|must|should|will|would|cannot)$/.test(verb))
    return `what ${predicate}`;
  return `what ${ofOne(predicate)}`;
}

/** Where the question belongs: the nearest name above that its words neither say nor give away. */
function placeOf(names: readonly string[], key: string, predicate: string): string {
  const said = new Set([...wordsOf(predicate), ...meaningOf(predicate)]);
  for (const [at, name] of names.entries()) {
    const telling = wordsOf(name).filter((word) => !stopWords.has(word));
    if (at === 0 && telling.some((word) => said.has(word))) return '';
    if (overlaps(name, key) || [...meaningOf(name)].some((stem) => meaningOf(key).has(stem))) continue;
    const isPhrase = / \p{Ll}/u.test(name) && !isCode(name);
    return `in the notes on ${isPhrase ? `“${name}”` : name}, `;
  }
  return '';
}

function overlaps(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => ` ${[...meaningOf(name), ...wordsOf(name)].join(' ')} `);
  const first = ` ${wordsOf(one).join(' ')} `;
  const second = ` ${wordsOf(other).join(' ')} `;
  return a === b || first.includes(second) || second.includes(first);
}

function sharedPart(asked: ReadonlySet<string>, says: ReadonlySet<string>): number {
  const shared = [...asked].filter((stem) => says.has(stem)).length;
  return asked.size === 0 ? 0 : shared / asked.size;
}
