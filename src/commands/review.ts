import { z } from 'zod';
import { type Context, defineCommand, outdatedPress, type Pressed } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { codeSpan, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Reply } from '../bot/reply.js';
import type { Parameters, Rating, StudyClock } from '../learning/model.js';
import { DEFAULT_PARAMETERS, previews } from '../learning/schedule.js';
import type { Card, Concept, Library } from '../notes/model.js';
import type { EarlierText } from '../store/changed.js';
import type { Learner, Queue } from '../store/store.js';
import { fuzzSeed } from '../store/store.js';
import { reportButton } from './report.js';
import { among, findSubject, type Subject, subjectOf } from './subject.js';
import { breadcrumb, clockTime, count, days, sourceText, span } from './wording.js';

/** With nothing else to do, a card in its steps may be shown this much before its time, as Anki does. */
const LEARN_AHEAD_MS = 20 * 60_000;
/** A learner who took longer than this had left; the time says nothing then. */
const LONGEST_RESPONSE_MS = 10 * 60_000;

const RATINGS: readonly { rating: Rating; name: string; style?: Button['style'] }[] = [
  { rating: 1, name: 'Again', style: 'danger' },
  { rating: 2, name: 'Hard' },
  { rating: 3, name: 'Good', style: 'success' },
  { rating: 4, name: 'Easy' },
];

const BURIED = 'More cards on what you have seen today come tomorrow, so that one does not answer the other.';

/** The cards that are due, then new ones: show, reveal, rate. */
export const review = defineCommand({
  name: 'review',
  summary: 'Review the cards that are due, then new ones',
  examples: ['review', 'review control plane'],
  args: z.object({ topic: z.string().trim().max(200).optional().describe('Only this topic or concept') }),
  rest: 'topic',
  completes: { topic: 'topic' },
  async run(context, { topic }) {
    return nextCard(context, findSubject(context.library, topic), undefined);
  },
  presses: {
    async next(context, { parts: [token = ''] }) {
      return { ...(await nextCard(context, subjectOf(context.library, token), undefined)), replaces: true };
    },
    show: reveal,
    rate,
  },
});

/** What a button of a shown card carries: enough to go on after a restart. */
interface Showing {
  readonly card: Card;
  readonly concept: Concept;
  readonly seq: number;
  readonly subject: Subject;
  readonly shownAt: Date;
}

async function nextCard(context: Context, subject: Subject, before: string | undefined): Promise<Reply> {
  const learner = await context.learner();
  const queue = await queueOf(context, learner, subject, context.now);
  const ahead = queue.nextStepAt;
  const early = ahead !== undefined && ahead.getTime() - context.now.getTime() <= LEARN_AHEAD_MS;
  const next = queue.next.length === 0 && early ? await queueOf(context, learner, subject, ahead) : queue;
  const id = next.next.find((candidate) => context.library.card(candidate) !== undefined);
  if (id === undefined) return nothingLeft(context, learner, subject, queue, before);
  const { lastSeq } = await context.store.reviews.progress(learner.id, id);
  const showing = showingOf(context, id, lastSeq, subject, context.now);
  return front(context.library, showing, queue, before);
}

function queueOf(context: Context, learner: Learner, subject: Subject, now: Date): Promise<Queue> {
  const { newPerDay, reviewsPerDay } = learner.settings;
  return context.store.reviews.queue({
    learner: learner.id,
    workspace: context.origin,
    now,
    clock: context.clockOf(learner),
    newPerDay,
    reviewsPerDay,
    among: among(subject),
  });
}

function front(
  library: Library,
  { card, concept, seq, subject, shownAt }: Showing,
  queue: Queue,
  before: string | undefined,
): Reply {
  const left = [
    count(queue.due, 'review'),
    queue.learning > 0 ? `${queue.learning} in learning` : '',
    `${queue.fresh} new`,
  ].filter((part) => part !== '');
  const lines = [before, heading(library, concept), card.front, `*${left.join(' · ')} left today*`];
  const press = encodePress('review', 'show', card.id, String(seq), subject.token, stamp(shownAt));
  return {
    title: 'Review',
    text: sections(...lines),
    visibility: 'private',
    buttons: [
      { label: 'Show answer', press, style: 'primary' },
      ...(before === undefined ? [] : [undoButton()]),
    ],
  };
}

async function reveal(context: Context, pressed: Pressed): Promise<Reply> {
  const showing = decodeShowing(context, pressed.parts);
  const { card, concept, seq } = showing;
  const learner = await context.learner();
  const { state, lastSeq } = await context.store.reviews.progress(learner.id, card.id);
  if (lastSeq !== seq) return alreadyRated(showing);
  const clock = context.clockOf(learner);
  const seed = fuzzSeed(learner.id, card.id, seq + 1);
  const next = previews(state, context.now, clock, parametersOf(learner), seed);
  const earlier = await context.store.cards.changedSince(learner.id, card.id);
  return {
    title: 'Review',
    text: sections(
      heading(context.library, concept),
      card.front,
      '---',
      card.back,
      earlier && changeText(earlier, card),
      sourceText(card.source, context.notesUrl),
      'How well did you recall it?',
    ),
    visibility: 'private',
    replaces: true,
    buttons: [
      ...RATINGS.map(({ rating, name, style }) => {
        const { scheduledDays, due } = next[rating];
        const wait = scheduledDays > 0 ? days(scheduledDays) : span(due.getTime() - context.now.getTime());
        const press = ratingPress(showing, rating);
        return { label: `${name} · ${wait}`, press, ...(style && { style }) };
      }),
      { ...reportButton(concept, card), label: 'Report' },
    ],
  };
}

/** Says what a learner knew of the card, where it says something else now. */
function changeText(earlier: EarlierText, card: Card): string {
  const asked = earlier.front === card.front ? [] : [earlier.front];
  const quoted = [...asked, earlier.back].join('\n\n').replace(/^/gm, '> ');
  return `**Changed since you last saw it.** It said before:\n${quoted}`;
}

/** Names the text that was shown: the notes may change before the rating. */
function ratingPress({ card, seq, subject, shownAt }: Showing, rating: Rating): string {
  const parts = [card.id, String(seq), subject.token, stamp(shownAt), String(rating), card.hash];
  return encodePress('review', 'rate', ...parts);
}

const TextHash = z.string().regex(/^[a-z2-7]{16}$/);

async function rate(context: Context, pressed: Pressed): Promise<Reply> {
  const showing = decodeShowing(context, pressed.parts);
  const { card, concept, seq, subject, shownAt } = showing;
  const rating = RATINGS.find((known) => String(known.rating) === pressed.parts[4]);
  const shown = TextHash.safeParse(pressed.parts[5]);
  if (rating === undefined || !shown.success) throw outdatedPress(context.typed('review'));
  const learner = await context.learner();
  const clock = context.clockOf(learner);
  const took = context.now.getTime() - shownAt.getTime();
  const recorded = await context.store.reviews.record({
    learner: learner.id,
    workspace: context.origin,
    card: card.id,
    idempotencyKey: context.idempotencyKey,
    shownAfterSeq: seq,
    kind: 'review',
    at: context.now,
    clock,
    rating: rating.rating,
    counts: true,
    source: 'session',
    format: 'self-graded',
    parameters: parametersOf(learner),
    answer: undefined,
    correct: rating.rating > 1,
    responseMs: took >= 0 && took <= LONGEST_RESPONSE_MS ? took : undefined,
    question: shown.data === card.hash ? card.front : undefined,
    cardVersion: shown.data,
    quiz: undefined,
  });
  if (recorded.outcome === 'stale') return alreadyRated(showing);
  const line = `✓ **${literal(concept.term)}**: ${rating.name}. ${whenDue(recorded.state, context.now, clock)}`;
  return { ...(await nextCard(context, subject, line)), replaces: true };
}

function whenDue(
  state: { due: Date; scheduledDays: number } | undefined,
  now: Date,
  clock: StudyClock,
): string {
  if (state === undefined) return '';
  if (state.scheduledDays > 0) return `Next in ${days(state.scheduledDays)}.`;
  return `Again at ${clockTime(state.due, clock)} (in ${span(state.due.getTime() - now.getTime())}).`;
}

function alreadyRated({ subject }: Showing): Reply {
  return {
    text: 'You have rated this card already; the first rating stands.',
    visibility: 'private',
    buttons: [
      { label: 'Go on', press: encodePress('review', 'next', subject.token), style: 'primary' },
      undoButton(),
    ],
  };
}

function nothingLeft(
  context: Context,
  learner: Learner,
  subject: Subject,
  queue: Queue,
  before: string | undefined,
): Reply {
  const at = queue.nextStepAt;
  const lines = [before];
  if (subject.cards.length === 0) {
    lines.push(
      `There are no cards in ${literal(subject.name)}. ${codeSpan(context.typed('topics'))} shows what there is.`,
    );
  } else if (at !== undefined) {
    lines.push(
      `Nothing is due this minute. The next card comes at ${clockTime(at, context.clockOf(learner))}.`,
    );
  } else {
    lines.push(
      `Done for today${subject.token === '-' ? '' : ` with ${literal(subject.name)}`}. Come back tomorrow.`,
    );
    if (queue.buried) lines.push(BURIED);
  }
  return {
    title: 'Review',
    text: sections(...lines),
    visibility: 'private',
    buttons: [
      { label: 'Practise with a quiz', press: encodePress('quiz', 'about', subject.token) },
      ...(before === undefined ? [] : [undoButton()]),
    ],
  };
}

/** The learner's schedule: the defaults, aimed at the chance of recall that they chose. */
function parametersOf(learner: Learner): Parameters {
  return { ...DEFAULT_PARAMETERS, desiredRetention: learner.settings.desiredRetention };
}

function undoButton(): Button {
  return { label: 'Undo', press: encodePress('undo', 'last') };
}

function sections(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join('\n\n');
}

/** Where the card belongs, without its term: that may be what is asked for. */
function heading(library: Library, concept: Concept): string | undefined {
  const where = breadcrumb(library, concept);
  return where === '' ? undefined : `**${literal(where, 300)}**`;
}

function stamp(at: Date): string {
  return Math.floor(at.getTime() / 1000).toString(36);
}

function showingOf(context: Context, id: string, seq: number, subject: Subject, shownAt: Date): Showing {
  const card = context.library.cards.find((candidate) => candidate.id === id);
  const concept = card && context.library.concept(card.concept);
  if (card === undefined || concept === undefined) {
    throw new UserError(
      `This card is no longer in the notes. ${codeSpan(context.typed('review'))} goes on with the others.`,
    );
  }
  return { card, concept, seq, subject, shownAt };
}

function decodeShowing(
  context: Context,
  [id = '', seq = '', token = '', at = '']: readonly string[],
): Showing {
  const number = Number(seq);
  const seconds = Number.parseInt(at, 36);
  if (!Number.isSafeInteger(number) || number < 0 || !Number.isFinite(seconds)) {
    throw outdatedPress(context.typed('review'));
  }
  return showingOf(context, id, number, subjectOf(context.library, token), new Date(seconds * 1000));
}
