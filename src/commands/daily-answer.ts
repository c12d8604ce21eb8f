import { type Context, outdatedPress, type Pressed } from '../bot/command.js';
import { codeSpan, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Reply } from '../bot/reply.js';
import { countsInDaily, parametersForChoice } from '../learning/daily.js';
import { ratingFor } from '../learning/marking.js';
import type { MemoryState, Parameters } from '../learning/model.js';
import { DEFAULT_PARAMETERS } from '../learning/schedule.js';
import type { Quiz } from '../store/quizzes.js';
import { type Learner, QuizId, type Recorded, type ReviewDraft } from '../store/store.js';
import { conceptOf, explainButton, openPost } from './daily-post.js';
import { answered, explained, LONGEST_STEM } from './question.js';
import { reportButton } from './report.js';
import { clockTime, count, days, sourceText, span } from './wording.js';

/** Presses of another button of the same learner may come in between. */
const TRIES = 3;

/** Answers a press on an option of a daily quiz, in private and at once. */
export async function answerDaily(context: Context, pressed: Pressed): Promise<Reply> {
  const quiz = await quizOf(context, pressed);
  const choice = Number(pressed.parts[1]);
  const picked = quiz.asked.question.options[choice];
  if (picked === undefined) throw outdatedPress(context.typed('daily'));
  const learner = await context.learner();
  const answer: Answer = { context, quiz, learner, choice, picked };
  const earlier = await context.store.quizzes.answerOf(quiz.id, learner.id);
  if (earlier === undefined && isOpen(quiz, context.now)) {
    const first = await recordFirst(answer);
    if (first.recorded.outcome === 'recorded') return drawFirst(answer, first.recorded, first.counts);
  }
  return practise(answer);
}

/** Shows a quiz to one person, to be answered where they are. */
export async function askDaily(context: Context, pressed: Pressed): Promise<Reply> {
  const quiz = await quizOf(context, pressed);
  if (isOpen(quiz, context.now)) return { ...openPost(quiz, undefined, []), visibility: 'private' };
  return { text: 'This quiz is over. Its answer stands in its channel.', visibility: 'private' };
}

/** One press on an option. */
interface Answer {
  readonly context: Context;
  readonly quiz: Quiz;
  readonly learner: Learner;
  readonly choice: number;
  readonly picked: string;
}

/** The post shows that it was sent, whatever became of the mark that says so. */
function isOpen(quiz: Quiz, now: Date): boolean {
  return quiz.status !== 'closed' && now < quiz.closesAt;
}

async function recordFirst(
  answer: Answer,
): Promise<{ readonly recorded: Recorded; readonly counts: boolean }> {
  const { context, quiz, learner, choice } = answer;
  for (let attempt = 1; ; attempt += 1) {
    const { state, lastSeq } = await context.store.reviews.progress(learner.id, quiz.asked.question.card);
    const draft = draftOf(answer, lastSeq);
    const counts = countsInDaily(state, draft.at, draft.clock, draft.parameters);
    const recorded = await context.store.reviews.record({
      ...draft,
      kind: 'review',
      counts,
      quiz: { id: quiz.id, choice: String(choice) },
    });
    if (recorded.outcome !== 'stale' || attempt === TRIES) return { recorded, counts };
  }
}

/** A later or a late answer: logged, shown, and without any effect. A redelivery of the first answer is shown as that. */
async function practise(answer: Answer): Promise<Reply> {
  const { context, quiz, learner } = answer;
  const { lastSeq } = await context.store.reviews.progress(learner.id, quiz.asked.question.card);
  const recorded = await context.store.reviews.record({
    ...draftOf(answer, lastSeq),
    kind: 'practice',
    counts: false,
  });
  const first = await context.store.quizzes.answerOf(quiz.id, learner.id);
  if (recorded.outcome === 'duplicate' && recorded.seq === first?.seq) {
    return drawFirst(answer, recorded, recorded.state !== undefined);
  }
  const why =
    first === undefined
      ? 'The quiz is over, so this was practice and changes nothing.'
      : 'You had answered this quiz before. The first answer counts; this was practice.';
  return draw(answer, { first: why }, []);
}

function draftOf(
  { context, quiz, learner, picked }: Answer,
  lastSeq: number,
): Omit<ReviewDraft, 'kind' | 'counts'> {
  const { question, version } = quiz.asked;
  const format = `choice-${question.options.length}` as const;
  const correct = picked === question.answer;
  return {
    learner: learner.id,
    workspace: context.origin,
    card: question.card,
    idempotencyKey: context.idempotencyKey,
    shownAfterSeq: lastSeq,
    at: context.now,
    clock: context.clockOf(learner),
    rating: ratingFor({ format, correct, firstSeen: lastSeq === 0 }),
    source: 'daily',
    format,
    parameters: parametersOf(learner, question.options.length),
    answer: picked,
    correct,
    responseMs: undefined,
    question: [question.stem, ...question.options].join('\n'),
    cardVersion: version,
    quiz: undefined,
  };
}

function parametersOf({ settings: { desiredRetention } }: Learner, options: number): Parameters {
  return parametersForChoice({ ...DEFAULT_PARAMETERS, desiredRetention }, options);
}

/** A redelivery is not told of points: what it had earned is not known any more. */
function drawFirst(answer: Answer, recorded: Recorded, counts: boolean): Reply {
  const { context, quiz, learner } = answer;
  const points = recorded.outcome === 'recorded' ? recorded.points : 0;
  const state = recorded.outcome === 'stale' ? undefined : recorded.state;
  if (state !== undefined) {
    const next = nextText(state, context.now, context, learner);
    const last = counts ? `Your schedule: ${next}` : `Too early to change your schedule: ${next}`;
    return draw(answer, { last, points }, []);
  }
  const learn: Button = {
    label: 'Learn this card',
    press: encodePress('daily', 'learn', quiz.id),
    style: 'primary',
  };
  const last = 'You do not learn this card yet, so your review schedule stays as it is.';
  return draw(answer, { last, points }, [learn]);
}

function nextText(state: MemoryState, now: Date, context: Context, learner: Learner): string {
  const wait = state.due.getTime() - now.getTime();
  if (wait <= 0) return 'it is due now.';
  if (state.scheduledDays > 0) return `next in ${days(Math.ceil(wait / 86_400_000))}.`;
  return `again at ${clockTime(state.due, context.clockOf(learner))} (in ${span(wait)}).`;
}

function draw(
  { context, quiz, picked }: Answer,
  { first, last, points = 0 }: { readonly first?: string; readonly last?: string; readonly points?: number },
  buttons: readonly Button[],
): Reply {
  const { question } = quiz.asked;
  const { library, notesUrl } = context;
  const card = library.card(question.card);
  const concept = conceptOf(library, quiz);
  return {
    title: 'Daily quiz',
    text: [
      ...(first === undefined ? [] : [`*${first}*`]),
      `${picked === question.answer ? '✓ **Right**' : '✗ **Not quite**'}: ${literal(question.stem, LONGEST_STEM)}`,
      answered(question, picked),
      explained(question),
      sourceText(card?.source ?? question.source, notesUrl),
      ...(last === undefined ? [] : [last]),
      ...(points > 0 ? [`+${count(points, 'point')} today.`] : []),
    ].join('\n\n'),
    visibility: 'private',
    buttons: [
      ...buttons,
      ...(concept === undefined
        ? []
        : [explainButton(concept), { ...reportButton(concept, card), label: 'Report' }]),
    ],
  };
}

/**
 * Takes the card of a quiz among those that the learner learns. What was answered wrong begins with that answer; what
 * was right comes first among the new cards.
 */
export async function learnFromDaily(context: Context, pressed: Pressed): Promise<Reply> {
  const quiz = await quizOf(context, pressed);
  const { question } = quiz.asked;
  const learner = await context.learner();
  const [answer, { state, lastSeq }] = await Promise.all([
    context.store.quizzes.answerOf(quiz.id, learner.id),
    context.store.reviews.progress(learner.id, question.card),
  ]);
  if (state !== undefined) return told('You learn this card already.');
  if (answer === undefined || answer.correct) {
    await context.store.reviews.want(learner.id, [question.card], context.now);
    return told(`It comes first among your new cards. ${codeSpan(context.typed('review'))} begins.`);
  }
  const recorded = await context.store.reviews.record({
    ...draftOf(
      { context, quiz, learner, choice: answer.choice, picked: question.options[answer.choice] ?? '' },
      lastSeq,
    ),
    kind: 'review',
    counts: true,
    rating: 1,
  });
  const next = recorded.outcome === 'stale' ? undefined : recorded.state;
  const when = next === undefined ? '' : ` It comes ${nextText(next, context.now, context, learner)}`;
  return told(`You learn this card now, beginning with this answer.${when}`);
}

function told(text: string): Reply {
  return {
    text,
    visibility: 'private',
    buttons: [{ label: 'Review', press: encodePress('review', 'next', '-'), style: 'primary' }],
  };
}

async function quizOf(context: Context, { parts: [id] }: Pressed): Promise<Quiz> {
  const parsed = QuizId.safeParse(id);
  const quiz = parsed.success ? await context.store.quizzes.find(context.origin, parsed.data) : undefined;
  if (quiz === undefined) throw outdatedPress(context.typed('daily'));
  return quiz;
}
