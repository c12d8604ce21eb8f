import { z } from 'zod';
import { type Context, defineCommand, outdatedPress, type Pressed } from '../bot/command.js';
import { codeSpan, label, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Form, Reply } from '../bot/reply.js';
import { type Mark, markChoice, markTyped, ratingFor } from '../learning/marking.js';
import { DEFAULT_PARAMETERS } from '../learning/schedule.js';
import type { Card, Concept, Question } from '../notes/model.js';
import { shuffled } from '../notes/random.js';
import type { AnswerFormat } from '../store/store.js';
import { reportButton } from './report.js';
import { findSubject, type Subject, subjectOf } from './subject.js';
import { count } from './wording.js';

const LETTERS = 'ABCDEFGH';
const LONGEST_LABEL = 70;

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
function find(context: Context, run: Run, isAsked: Choice = () => true): Showing | undefined {
  const order = shuffled(run.subject.cards, run.seed);
  for (let position = run.position; position < 2 * order.length; position += 1) {
    const id = order[position % order.length];
    const card = id && context.library.card(id);
    const concept = card && context.library.concept(card.concept);
    if (!card || !concept || !isAsked(card, position >= order.length)) continue;
    const question = context.library.question(card.id, run.seed);
    if (question) return { question, card, concept, run: { ...run, position } };
  }
  return undefined;
}

/** Whether a card is asked, the first or the second time that the cards are gone through. */
type Choice = (card: Card, second: boolean) => boolean;

/** No card that an admin retired; those that nearly all know come after the others. */
async function choiceOf({ store, now }: Context): Promise<Choice> {
  const hidden = await store.cards.hidden();
  return (card, second) => !hidden.has(card.id) && (store.items.of(card, now)?.rests ?? false) === second;
}

async function ask(context: Context, run: Run): Promise<Reply> {
  const showing = find(context, run, await choiceOf(context));
  if (showing === undefined) return finished(context, run);
  const learner = await context.learner();
  const { lastSeq } = await context.store.reviews.progress(learner.id, showing.card.id);
  const { question } = showing;
  const base = { title: title(run), visibility: 'private' } as const;
  if (question.form === 'choice') {
    return {
      ...base,
      text: [question.stem, ...longOptions(question)].join('\n\n'),
      buttons: question.options.map((option, index) => ({
        label: label(`${LETTERS.charAt(index)} · ${option}`),
        press: answerPress(showing, lastSeq, String(index)),
      })),
    };
  }
  return { ...base, text: question.stem, form: typedForm(showing, lastSeq) };
}

/** The options in full, where a button's label would cut them. */
function longOptions({ options }: Question): readonly string[] {
  if (options.every((option) => option.length <= LONGEST_LABEL)) return [];
  return [
    options.map((option, index) => `- **${LETTERS.charAt(index)}** ${literal(option, 500)}`).join('\n'),
  ];
}

function typedForm(showing: Showing, lastSeq: number): Form {
  return {
    title: 'Your answer',
    press: answerPress(showing, lastSeq, 't'),
    submit: 'Answer',
    inputs: [{ name: 'answer', label: 'Answer', kind: 'text', required: true, maximumLength: 200 }],
  };
}

async function answer(context: Context, pressed: Pressed): Promise<Reply> {
  const [questionId, seq = '', choice = '', ...rest] = pressed.parts;
  const showing = find(context, decodeRun(context, rest));
  const shownAfterSeq = Number(seq);
  if (showing?.question.id !== questionId || showing === undefined || !Number.isSafeInteger(shownAfterSeq)) {
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
  const { correct, nearMiss } = markOf(context, question, given);
  const format: AnswerFormat = question.form === 'choice' ? `choice-${question.options.length}` : 'typed';
  const learner = await context.learner();
  const recorded = await context.store.reviews.record({
    learner: learner.id,
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

/** A typed name that is another term of the notes is wrong, however near its spelling. */
function markOf({ library }: Context, { form, answer: right, accepted }: Question, given: string): Mark {
  if (form === 'choice') return markChoice(given, right);
  return markTyped(
    given,
    [right, ...accepted],
    library.concepts.map(({ term }) => term),
  );
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
  const verdict = correct ? '✅ **Right**' : '❌ **Not quite**';
  const lines =
    question.form === 'choice'
      ? question.options.map(
          (option, index) =>
            `- ${mark(option, question.answer, given)} **${LETTERS.charAt(index)}** ${literal(option, 500)}`,
        )
      : [`You wrote ${codeSpan(given)}. The answer is **${literal(question.answer)}**.`];
  const again = first ? [] : ['You had answered this one before; only the first answer counts.'];
  return {
    title: title(after),
    text: [`${verdict}: ${question.stem}`, lines.join('\n'), question.explanation, ...again].join('\n\n'),
    visibility: 'private',
    replaces: true,
    buttons: [
      { label: 'Next question', press: runPress('next', after), style: 'primary' },
      { label: label(`Explain ${concept.term}`), press: encodePress('explain', 'show', concept.id) },
      { ...reportButton(concept, card), label: 'Report' },
    ],
  };
}

function mark(option: string, right: string, given: string): string {
  if (option === right) return '✅';
  return option === given ? '❌' : '▫️';
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
