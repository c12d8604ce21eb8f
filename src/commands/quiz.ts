import { z } from 'zod';
import { type Context, defineCommand, outdatedPress, type Pressed } from '../bot/command.js';
import { codeSpan, label, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Form, Reply } from '../bot/reply.js';
import { ratingFor } from '../learning/marking.js';
import { DEFAULT_PARAMETERS } from '../learning/schedule.js';
import type { Card, CardId, Concept, Question } from '../notes/model.js';
import type { AnswerFormat } from '../store/store.js';
import {
  answered,
  asked,
  explained,
  inputLabel,
  LETTERS,
  LONGEST_STEM,
  longOptions,
  markOf,
} from './question.js';
import { reportButton } from './report.js';
import { isAnsweredBefore, spaced } from './session.js';
import { findSubject, type Subject, subjectOf } from './subject.js';
import { count } from './wording.js';

/** Practice: questions on a topic, in a new order each time; the review schedule stays as it is. */
export const quiz = defineCommand({
  name: 'quiz',
  summary: 'Practise with questions on a topic or on all notes',
  examples: ['quiz', 'quiz control plane'],
  args: z.object({ topic: z.string().trim().max(200).optional().describe('Only this topic or concept') }),
  rest: 'topic',
  completes: { topic: 'topic' },
  async run(context, { topic }) {
    const subject = findSubject(context.library, topic);
    return ask(context, { subject, seed: context.seed, position: 0, right: 0, asked: 0 });
  },
  presses: {
    async about(context, { parts: [token = ''] }) {
      const subject = subjectOf(context.library, token);
      return ask(context, { subject, seed: context.seed, position: 0, right: 0, asked: 0 });
    },
    async next(context, { parts }) {
      return { ...(await ask(context, decodeRun(context, parts))), replaces: true };
    },
    answer,
  },
});

/** One learner's way through a subject: the seed fixes the order, so buttons carry the rest. */
interface Run {
  readonly subject: Subject;
  readonly seed: string;
  /** Index into the shuffled cards. */
  readonly position: number;
  readonly right: number;
  readonly asked: number;
}

interface Showing {
  readonly question: Question;
  readonly card: Card;
  readonly concept: Concept;
  readonly run: Run;
}

/**
 * The first card at or after the run's position that a question can be made from. Positions past the last card go
 * through the cards a second time, for those that were left for later.
 */
function find(context: Context, run: Run, isAsked: Choice): Showing | undefined {
  const order = orderOf(context, run);
  for (let position = run.position; position < 2 * order.length; position += 1) {
    const id = order[position % order.length];
    const card = id && context.library.card(id);
    const concept = card && context.library.concept(card.concept);
    if (!card || !concept || !isAsked(card, position)) continue;
    const question = questionOf(context, run, card.id);
    if (question) return { question, card, concept, run: { ...run, position } };
  }
  return undefined;
}

function orderOf({ library }: Context, { subject, seed }: Run): readonly CardId[] {
  return spaced(subject.cards, library, seed);
}

/** The run's question for a card, without the options that the answers so far have shown to be no temptation. */
function questionOf({ library, store, now }: Context, { seed }: Run, id: CardId): Question | undefined {
  const card = library.card(id);
  const options = card && store.items.of(card, now)?.avoid;
  return library.question(id, seed, options === undefined ? {} : { options });
}

/**
 * The question that was shown at the run's position; undefined where the notes have changed since. What the answers say
 * of options may have changed meanwhile by one option, which must not cost a learner their answer.
 */
function shownAs(context: Context, run: Run, questionId: string | undefined): Showing | undefined {
  const { library, store, now } = context;
  const order = orderOf(context, run);
  const id = order[run.position % order.length];
  const card = id && library.card(id);
  const concept = card && library.concept(card.concept);
  if (!card || !concept) return undefined;
  const avoid = [...(store.items.of(card, now)?.avoid ?? [])];
  const fewer = avoid.map((left) => avoid.filter((option) => option !== left));
  for (const options of [avoid, ...fewer, []]) {
    const question = library.question(card.id, run.seed, { options: new Set(options) });
    if (question !== undefined && question.id === questionId) return { question, card, concept, run };
  }
  return undefined;
}

/** Whether a card is asked at a position. */
type Choice = (card: Card, position: number) => boolean;

/** No card that an admin retired here; those that nearly all know, or that were just answered, come after the others. */
async function choiceOf(context: Context, run: Run): Promise<Choice> {
  const { store, now } = context;
  const hidden = await store.cards.hidden(context.origin, now);
  const order = orderOf(context, run);
  const isLater = (card: Card, position: number): boolean => {
    if (store.items.of(card, now)?.rests) return true;
    const question = questionOf(context, run, card.id);
    return (
      question !== undefined &&
      isAnsweredBefore(question, order, position, (id) => questionOf(context, run, id))
    );
  };
  return (card, position) =>
    !hidden.has(card.id) && isLater(card, position % order.length) === position >= order.length;
}

async function ask(context: Context, run: Run): Promise<Reply> {
  const showing = find(context, run, await choiceOf(context, run));
  if (showing === undefined) return finished(context, run);
  const learner = await context.learner();
  const { lastSeq } = await context.store.reviews.progress(learner.id, showing.card.id);
  const { question } = showing;
  const base = { title: title(run), visibility: 'private' } as const;
  if (question.form === 'choice') {
    return {
      ...base,
      text: [literal(question.stem, LONGEST_STEM), ...longOptions(question)].join('\n\n'),
      buttons: question.options.map((option, index) => ({
        label: label(`${LETTERS.charAt(index)} · ${option}`),
        press: answerPress(showing, lastSeq, String(index)),
      })),
    };
  }
  return { ...base, text: asked(question), form: typedForm(showing, lastSeq) };
}

function typedForm(showing: Showing, lastSeq: number): Form {
  return {
    title: 'Your answer',
    press: answerPress(showing, lastSeq, 't'),
    submit: 'Answer',
    inputs: [
      {
        name: 'answer',
        label: inputLabel(showing.question),
        kind: 'text',
        required: true,
        maximumLength: 200,
      },
    ],
  };
}

async function answer(context: Context, pressed: Pressed): Promise<Reply> {
  const [questionId, seq = '', choice = '', ...rest] = pressed.parts;
  const showing = shownAs(context, decodeRun(context, rest), questionId);
  const shownAfterSeq = Number(seq);
  if (showing === undefined || !Number.isSafeInteger(shownAfterSeq)) {
    return {
      text: `The notes have changed since this question was asked. ${codeSpan(context.typed('quiz'))} asks a new one.`,
      visibility: 'private',
      replaces: true,
    };
  }
  const { question, card } = showing;
  const given =
    question.form === 'choice' ? question.options[Number(choice)] : pressed.form['answer']?.slice(0, 200);
  if (given === undefined) throw outdatedPress(context.typed('quiz'));
  const { correct, nearMiss } = markOf(context.library, question, given);
  const format: AnswerFormat = question.form === 'choice' ? `choice-${question.options.length}` : 'typed';
  const learner = await context.learner();
  const recorded = await context.store.reviews.record({
    learner: learner.id,
    workspace: context.origin,
    card: card.id,
    idempotencyKey: context.idempotencyKey,
    shownAfterSeq,
    kind: 'practice',
    at: context.now,
    clock: context.clockOf(learner),
    rating: ratingFor({ format, correct, nearMiss, firstSeen: shownAfterSeq === 0 }),
    counts: false,
    source: 'session',
    format,
    parameters: { ...DEFAULT_PARAMETERS, desiredRetention: learner.settings.desiredRetention },
    answer: given,
    correct,
    responseMs: undefined,
    question: [question.stem, ...question.options].join('\n'),
    cardVersion: card.hash,
    quiz: undefined,
  });
  const first = recorded.outcome !== 'stale';
  return feedback(showing, given, correct, first);
}

function feedback(
  { question, card, concept, run }: Showing,
  given: string,
  correct: boolean,
  first: boolean,
): Reply {
  const after: Run = {
    ...run,
    position: run.position + 1,
    right: run.right + (correct && first ? 1 : 0),
    asked: run.asked + (first ? 1 : 0),
  };
  const verdict = correct ? '✓ **Right**' : '✗ **Not quite**';
  const again = first ? [] : ['You had answered this one before; only the first answer counts.'];
  return {
    title: title(after),
    text: [
      `${verdict}: ${literal(question.stem, LONGEST_STEM)}`,
      answered(question, given),
      explained(question),
      ...again,
    ].join('\n\n'),
    visibility: 'private',
    replaces: true,
    buttons: [
      { label: 'Next question', press: runPress('next', after), style: 'primary' },
      { label: label(`Explain ${concept.term}`), press: encodePress('explain', 'show', concept.id) },
      { ...reportButton(concept, card), label: 'Report' },
    ],
  };
}

function finished(context: Context, run: Run): Reply {
  const review: Button = {
    label: 'Review',
    press: encodePress('review', 'next', run.subject.token),
    style: 'primary',
  };
  if (run.asked === 0) {
    return {
      text: `No question can be made from ${literal(run.subject.name)} yet. ${codeSpan(context.typed('topics'))} shows what there is.`,
      visibility: 'private',
      buttons: [review],
    };
  }
  return {
    title: 'Quiz',
    text: `That was all of ${literal(run.subject.name)}: ${run.right} of ${count(run.asked, 'question')} right. Practice leaves your review schedule as it is.`,
    visibility: 'private',
    buttons: [review, { label: 'Once more', press: encodePress('quiz', 'about', run.subject.token) }],
  };
}

function title(run: Run): string {
  const score = run.asked > 0 ? ` · ${run.right} of ${run.asked} right` : '';
  return `Quiz · ${run.subject.name}${score}`;
}

function answerPress({ question, run }: Showing, lastSeq: number, choice: string): string {
  return encodePress('quiz', 'answer', question.id, String(lastSeq), choice, ...runParts(run));
}

function runPress(action: string, run: Run): string {
  return encodePress('quiz', action, ...runParts(run));
}

function runParts({ subject, seed, position, right, asked }: Run): readonly string[] {
  return [subject.token, seed, String(position), String(right), String(asked)];
}

const RunParts = z.tuple([
  z.string().max(24),
  z.string().min(1).max(16),
  z.coerce.number().int().nonnegative(),
  z.coerce.number().int().nonnegative(),
  z.coerce.number().int().nonnegative(),
]);

function decodeRun(context: Context, parts: readonly string[]): Run {
  const parsed = RunParts.safeParse(parts);
  if (!parsed.success) throw outdatedPress(context.typed('quiz'));
  const [token, seed, position, right, asked] = parsed.data;
  return { subject: subjectOf(context.library, token), seed, position, right, asked };
}
