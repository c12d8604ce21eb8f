import { isPlural, isVerb } from '../grammar.js';
import type { Card, Concept, MemberList } from '../model.js';
import { shuffled } from '../random.js';
import type { Distractors } from './distractors.js';
import { type Draft, fewestDistractors, isTooLong, listPoint, type Made, plain, pointsOf } from './draft.js';
import { givenAway } from './leaks.js';
import { isCode } from './names.js';
import type { Surroundings } from './surroundings.js';
import { thirdPerson } from './verbs.js';

/** Members of far-off lists are no temptation: only those of another list beside it. */
const nearby = 1;

/** What a question for a list needs to know. */
export interface ListCard {
  readonly card: Card;
  readonly concept: Concept;
  readonly list: MemberList;
  readonly seed: string;
  readonly avoid: ReadonlySet<string> | undefined;
}

/** The one option that belongs to a list; the others belong to lists nearby. */
export function askMember(around: Surroundings, distractors: Distractors, asked: ListCard): Made {
  const { card, concept, list, seed, avoid } = asked;
  const front = plain(card.front);
  const refused = new Set(list.members.flatMap((member) => member.concept ?? []));
  const all = membersOf(around, list);
  const code = all.filter((member) => isCode(member.term));
  for (const key of shuffled(code.length > 0 ? code : all, seed)) {
    // A name in the spelling of programs is of one kind with all such names; others only with names in lists.
    const among = isCode(key.term) ? 'anything' : 'members';
    const others = distractors
      .forTerm(key, front, { among, seed, refused, avoid, within: isCode(key.term) ? 4 : nearby })
      .map((other) => other.term)
      .filter((term) => !isListed(list, term));
    if (others.length < fewestDistractors || givenAway(front, key, others, new Set()).length > 0) continue;
    const points = [listPoint(list), ...pointsOf(key, undefined)];
    return choiceOf(memberStem(front), key.term, others, points, concept, seed);
  }
  return 'distractors';
}

/** The one option that does not belong to a closed list. */
export function askStranger(around: Surroundings, distractors: Distractors, asked: ListCard): Made {
  const { card, concept, list, seed, avoid } = asked;
  const members = membersOf(around, list);
  if (!list.closed || members.length < 3 || members.length < list.members.length) return 'open list';
  const phrase = phraseOf(plain(card.front));
  if (phrase === undefined) return 'nothing said';
  const refused = new Set(members.map((member) => member.id));
  const [like] = shuffled(members, `${seed}/like`);
  if (like === undefined) return 'open list';
  const strangers = distractors
    .forTerm(like, plain(card.front), { among: 'members', seed, refused, avoid, within: nearby })
    .filter((stranger) => !isListed(list, stranger.term));
  const [key] = strangers;
  if (key === undefined) return 'distractors';
  const stem = `Which of these is NOT ${phrase}?`;
  const shown = shuffled(members, `${seed}/members`).slice(0, 3);
  const others = shown.map((member) => member.term);
  if (givenAway(stem, key, others, new Set()).length > 0 || others.some((term) => stem.includes(term)))
    return 'leak';
  return choiceOf(stem, key.term, others, [listPoint(list), ...pointsOf(key, undefined)], concept, seed);
}

function membersOf(around: Surroundings, list: MemberList): readonly Concept[] {
  return list.members.flatMap((member) => around.concept(member.concept) ?? []);
}

function isListed(list: MemberList, term: string): boolean {
  return list.members.some((member) => member.text.toLowerCase().includes(term.toLowerCase()));
}

function choiceOf(
  stem: string,
  key: string,
  others: readonly string[],
  points: readonly string[],
  owner: Concept,
  seed: string,
): Draft | 'long stem' {
  if (isTooLong(stem)) return 'long stem';
  return {
    form: 'choice',
    stem,
    options: shuffled([key, ...others], `${seed}/options`),
    answer: key,
    accepted: [key],
    points: points.slice(0, 3),
    owner,
  };
}

/** 'Which software does X run?' asks for all; with options it is 'Which of these is software that X runs?'. */
function memberStem(front: string): string {
  const [, before = '', asking = ''] = /^((?:in [^,]+, )?)(.+)$/is.exec(front) ?? [];
  const phrase = phraseOf(asking);
  if (phrase !== undefined) return begun(`${before}which of these is ${phrase}?`);
  const [, preposition = '', rest] = /^((?:\p{Ll}+ )?)what (.+)\?$/iu.exec(asking) ?? [];
  if (rest === undefined) return `${front} Pick the one that the notes list.`;
  const named = /^are (?:the )?(.+)$/i.exec(rest)?.[1];
  if (named !== undefined) return begun(`${before}which of these do the notes count among ${named}?`);
  return begun(`${before}${preposition}which of these ${rest}?`);
}

function begun(stem: string): string {
  return stem.charAt(0).toUpperCase() + stem.slice(1);
}

const auxiliary = 'does|do|can|may|must|should|will|could|might';

/** What one of the list is, from the question for all of it: 'one of the types that nodes can be'. */
function phraseOf(front: string): string | undefined {
  const [, preposition, noun = '', rest = ''] =
    new RegExp(
      `^(?:(in|of|from|with|by|on|for) )?which (.+?) ((?:${auxiliary}|is|are|make|has|have) .+)\\?$`,
      'i',
    ).exec(front) ?? byVerb(front);
  if (noun === '') return undefined;
  const one = isPlural(noun) ? `one of the ${noun}` : noun;
  const there = /^(?:is|are) there(.*)$/i.exec(rest);
  if (there !== null) return isPlural(noun) ? `${one}${there[1] ?? ''}` : undefined;
  const link = preposition === undefined ? 'that' : `${preposition.toLowerCase()} which`;
  const [first = ''] = rest.split(' ', 1);
  if (!new RegExp(`^(?:${auxiliary})$`, 'i').test(first)) return `${one} ${link} ${rest}`;
  const said = subjectFirst(first.toLowerCase(), rest.slice(first.length + 1));
  if (said === undefined) return undefined;
  // 'Types that nodes can be of' rather than 'types of which nodes can be'.
  return preposition?.toLowerCase() === 'of' ? `${one} that ${said} of` : `${one} ${link} ${said}`;
}

/** 'Which software runs on each node?' */
function byVerb(front: string): readonly (string | undefined)[] {
  const words = front.replace(/\?$/, '').split(' ');
  if (words[0]?.toLowerCase() !== 'which') return [];
  const at = words.findIndex((word, place) => place > 1 && isVerb(word));
  return at < 0 ? [] : ['', undefined, words.slice(1, at).join(' '), words.slice(at).join(' ')];
}

/** 'does the control plane run' is 'the control plane runs', 'can nodes be' is 'nodes can be'. */
function subjectFirst(first: string, rest: string): string | undefined {
  const words = rest.split(' ');
  // 'Which software will run on each node?' asks for the subject itself.
  if (words[0] === 'be' || isVerb(`${words[0] ?? ''}s`)) return [first, ...words].join(' ');
  const at = words.findIndex(
    (word, place) =>
      place > 0 && (word === 'be' || isVerb(word) || isVerb(`${word}s`) || isVerb(`${word}es`)),
  );
  const end = at < 0 ? words.length - 1 : at;
  if (end < 1) return undefined;
  const subject = words.slice(0, end).join(' ');
  const [verb = '', ...more] = words.slice(end);
  if (first !== 'does' && first !== 'do') return [subject, first, verb, ...more].join(' ');
  return [subject, first === 'do' ? verb : thirdPerson(verb), ...more].join(' ');
}
