import type { StudyClock } from '../learning/model.js';
import type { Concept, Library, Source } from '../notes/model.js';
import { localText } from './local-time.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of milliseconds in the largest fitting unit: '10 min', '3 days', '2.5 months'. */
export function span(milliseconds: number): string {
  if (milliseconds < MINUTE) return '1 min';
  if (milliseconds < HOUR) return `${Math.round(milliseconds / MINUTE)} min`;
  if (milliseconds < DAY) return count(Math.round(milliseconds / HOUR), 'hour');
  return days(Math.round(milliseconds / DAY));
}

/** A number of days as people say it: '1 day', '12 days', '2.5 months', '1.2 years'. */
export function days(number: number): string {
  if (number < 31) return count(number, 'day');
  if (number < 365) return count(oneDecimal(number / 30.4), 'month');
  return count(oneDecimal(number / 365), 'year');
}

/** '1 card', '2 cards', '1,200 cards'. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

function oneDecimal(number: number): number {
  return Math.round(number * 10) / 10;
}

/** The concepts above, outermost first: 'EKS › Kubernetes › Control plane'; empty for a concept at the top. */
export function breadcrumb(library: Library, concept: Concept): string {
  const terms: string[] = [];
  const seen = new Set([concept.id]);
  let above = concept.parent && library.concept(concept.parent);
  while (above !== undefined && !seen.has(above.id)) {
    terms.unshift(above.term);
    seen.add(above.id);
    above = above.parent && library.concept(above.parent);
  }
  return terms.join(' › ');
}

/** 'eks/control-plane.md, line 12'. */
function place(source: Pick<Source, 'note' | 'line'>): string {
  return `${source.note}, line ${source.line}`;
}

/** The place in Markdown, linked where the notes are on the web; a file's name is whatever people call their files. */
export function sourceText(source: Pick<Source, 'note' | 'line'>, notesUrl: string | undefined): string {
  const text = place(source).replace(UNSEEN, ' ').replace(MARKUP, '\\$&');
  if (notesUrl === undefined) return `*${text}*`;
  const path = source.note
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .split('/')
    .map(encodeSegment)
    .join('/');
  return `[${text}](${notesUrl}/${path}#L${source.line})`;
}

const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]+/gu;
/** What could begin markup within a line; a file's dots and dashes stay as they are. */
const MARKUP = /[\\`*_[\]<>|~&]/g;

/** Also encodes what a Markdown link's address must not hold. */
function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** '14:05' in the learner's zone. */
export function clockTime(at: Date, { timeZone }: StudyClock): string {
  return localText(at, timeZone, 'time');
}
