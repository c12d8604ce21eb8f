import type { Concept, Fact, MemberList, Question } from '../model.js';
import { isCode } from './names.js';
import type { Refusal } from './sayings.js';

/** Where a question was given up. */
export type Gate =
  | Refusal
  | 'leak'
  | 'long stem'
  | 'distractors'
  | 'long key'
  | 'long answer'
  | 'nothing said'
  | 'open list'
  | 'no order'
  | 'no pairs'
  | 'no number'
  | 'no name'
  | 'no subject'
  | 'no row'
  | 'no acronym';

/** A question without its card. */
export interface Draft {
  readonly form: Question['form'];
  readonly stem: string;
  readonly options: readonly string[];
  readonly answer: string;
  readonly accepted: readonly string[];
  readonly points: readonly string[];
  readonly owner: Concept;
}

/** A question, or the gate at which it was dropped. */
export type Made = Draft | Gate;

/** Fewer wrong answers than this make no choice. */
export const fewestDistractors = 2;
export const longestTyped = 40;
const longestStem = 45;
const longestKey = 1.5;
const longestPoint = 180;

export function isTooLong(stem: string): boolean {
  return stem.split(/\s+/).length > longestStem;
}

/** True where the key would be seen by its length beside the others. */
export function standsOut(key: string, others: readonly string[]): boolean {
  const longest = Math.max(...others.map((term) => term.length));
  return key.length > Math.max(longest * longestKey, longest + 8);
}

/** What explains an answer: the line asked first, then more of the concept. */
export function pointsOf(concept: Concept, asked: Fact | undefined): readonly string[] {
  const facts = concept.facts.filter((fact) => fact.kind === 'definition' || fact.kind === 'statement');
  const ordered = asked === undefined ? facts : [asked, ...facts.filter((fact) => fact !== asked)];
  const [first, ...rest] = ordered.map((fact) => fact.text.replace(/[\s:：]+$/, ''));
  if (first === undefined) return [concept.term];
  return [opensWith(first, concept.term) ? first : `${concept.term}: ${first}`, ...rest];
}

function opensWith(text: string, term: string): boolean {
  return text.toLowerCase().startsWith(term.toLowerCase());
}

/** A list as a key point. */
export function listPoint(list: MemberList): string {
  return `${list.intro.replace(/[\s:：]+$/, '')}: ${list.members.map((member) => member.text).join(', ')}`;
}

/** A key point that is read in a moment. */
export function shortened(point: string): string {
  if (point.length <= longestPoint) return point;
  return `${point.slice(0, longestPoint).replace(/\s+\S*$/, '')} …`;
}

/** Markdown as it is read aloud. */
export function plain(markdown: string): string {
  return markdown.replace(/[`*_]{1,3}/g, '').trim();
}

/** True for the name of one thing, such as `kubelet` or EKS, rather than a word for many. */
export function isProper(term: string): boolean {
  return isCode(term) ? /[-._/:\d]/.test(term) || !term.includes(' ') : /\p{Lu}[\p{L}\d]*\p{Lu}/u.test(term);
}
