import { channelName, codeSpan, label, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Reply } from '../bot/reply.js';
import { studyDayOf } from '../learning/studyday.js';
import type { Run } from '../learning/timetable.js';
import type { Concept, Library, Question } from '../notes/model.js';
import type { QuizAnswer } from '../store/quiz-answers.js';
import type { Quiz } from '../store/quizzes.js';
import type { Schedule } from '../store/schedules.js';
import type { GoalProgress } from '../store/teams.js';
import { localText } from './local-time.js';
import { explained, LETTERS, LONGEST_STEM, longOptions } from './question.js';
import { count, sourceText, span } from './wording.js';

/** Blocks of a full bar. */
const BAR = 10;
const LONGEST_OPTION = 500;
const MOST_GOALS = 5;

/** A daily quiz while it takes answers: nobody sees what others chose, only how many have answered. */
export function openPost(quiz: Quiz, answered: number | undefined, goals: readonly GoalProgress[]): Reply {
  const { question } = quiz.asked;
  const late =
    quiz.lateMinutes === undefined
      ? []
      : [`*${span(quiz.lateMinutes * 60_000)} late: I could not post in time.*`];
  return {
    title: titleOf(quiz),
    text: [
      ...late,
      literal(question.stem, LONGEST_STEM),
      ...longOptions(question),
      `Open until **${closingTime(quiz)}**${turnoutSoFar(answered)}. Only you see your choice; your first answer counts.`,
      ...goalLines(goals),
    ].join('\n\n'),
    visibility: 'public',
    buttons: question.options.map((option, index) => ({
      label: label(`${LETTERS.charAt(index)} · ${option}`),
      press: encodePress('daily', 'answer', quiz.id, String(index)),
    })),
  };
}

function turnoutSoFar(answered: number | undefined): string {
  if (answered === undefined) return '';
  return ` · ${answered === 0 ? 'Nobody has answered yet' : `${answered.toLocaleString('en')} answered`}`;
}

/** What teams want to reach together this week. */
function goalLines(goals: readonly GoalProgress[]): readonly string[] {
  const lines = goals
    .slice(0, MOST_GOALS)
    .map(
      ({ name, days, goal }) =>
        `- **${literal(name, 40)}**: ${days} of ${count(goal, 'study day')} this week`,
    );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/** How many study days in a row a learner has. */
export interface LongStreak {
  readonly name: string;
  readonly days: number;
}

/** What a reveal tells beside the quiz. */
export interface Revealing {
  readonly answers: readonly QuizAnswer[];
  /** The longest first; only of learners who may be named. */
  readonly streaks: readonly LongStreak[];
  readonly library: Library;
  readonly notesUrl: string | undefined;
  /** When the channel gets its next question. */
  readonly next: Run | undefined;
}

/** A daily quiz after its time: the right option, how the votes fell, who was first, what comes next. */
export function revealedPost(quiz: Quiz, { answers, streaks, library, notesUrl, next }: Revealing): Reply {
  const { question } = quiz.asked;
  const concept = conceptOf(library, quiz);
  const hint = next && quiz.schedule && `Next question: ${runText(next, quiz.schedule)}.`;
  return {
    title: `${titleOf(quiz)} · answer`,
    text: [
      literal(question.stem, LONGEST_STEM),
      votes(question, answers),
      turnout(quiz, answers),
      ...streakLine(streaks),
      explained(question),
      sourceText(library.card(question.card)?.source ?? question.source, notesUrl),
      ...(hint === undefined ? [] : [hint]),
    ].join('\n\n'),
    visibility: 'public',
    buttons: concept === undefined ? [] : [explainButton(concept)],
  };
}

/** Shows what the notes say of a quiz's concept. */
export function explainButton(concept: Concept): Button {
  return { label: label(`Explain ${concept.term}`), press: encodePress('explain', 'show', concept.id) };
}

/** The concept that a quiz asks about; undefined where the notes no longer have its card. */
export function conceptOf(library: Library, { asked }: Quiz): Concept | undefined {
  const card = library.card(asked.question.card);
  return card && library.concept(card.concept);
}

/** 'Tue 3 March, 09:00 (Europe/Berlin)', and the topic where there is one. */
export function runText({ at }: Run, { plan: { timetable, topic } }: Schedule): string {
  const { timeZone } = timetable;
  const day = localText(at, timeZone, 'day');
  const about = topic === undefined ? '' : `, about ${literal(topic)}`;
  return `${day}, ${localText(at, timeZone, 'time')} (${timeZone})${about}`;
}

function titleOf({ schedule, position }: Quiz): string {
  const of = schedule?.plan.questions ?? 1;
  if (position >= of) return 'Daily quiz · one more';
  return of === 1 ? 'Daily quiz' : `Daily quiz · ${position + 1} of ${of}`;
}

/** '17:00 (Europe/Berlin)', with the weekday where it is not the quiz's own. */
function closingTime({ closesAt, date, schedule }: Quiz): string {
  const timeZone = schedule?.plan.timetable.timeZone ?? 'UTC';
  const isSameDay = studyDayOf(closesAt, { timeZone, rolloverHour: 0 }) === date;
  const day = isSameDay ? '' : `${localText(closesAt, timeZone, 'weekday')} `;
  return `${day}${localText(closesAt, timeZone, 'time')} (${timeZone})`;
}

function votes({ options, answer }: Question, answers: readonly QuizAnswer[]): string {
  return options
    .map((option, index) => {
      const given = answers.filter(({ choice }) => choice === index).length;
      const share = answers.length === 0 ? 0 : given / answers.length;
      const filled = Math.round(share * BAR);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${given}`;
      const sign = option === answer ? '✓ ' : '';
      return `- ${sign}**${LETTERS.charAt(index)}** ${literal(option, LONGEST_OPTION)}\n  ${codeSpan(bar)}`;
    })
    .join('\n');
}

function turnout({ claimedAt }: Quiz, answers: readonly QuizAnswer[]): string {
  if (answers.length === 0) return 'Nobody answered this time.';
  const right = answers.filter(({ correct }) => correct);
  const [first] = right;
  const sum = `${answers.length.toLocaleString('en')} answered, ${right.length.toLocaleString('en')} right.`;
  if (first === undefined) return sum;
  const after = span(Math.max(0, first.at.getTime() - claimedAt.getTime()));
  return first.named
    ? `${sum} First with the right answer: **${literal(first.name)}**, after ${after}.`
    : `${sum} The first right answer came after ${after}.`;
}

function streakLine(streaks: readonly LongStreak[]): readonly string[] {
  const shown = streaks.map(({ name, days }) => `**${literal(name, 40)}** ${count(days, 'day')}`);
  return shown.length === 0 ? [] : [`Longest streaks: ${shown.join(', ')}.`];
}

/** What an admin is told when a channel cannot be posted in. */
export function pausedNotice(
  { place }: Schedule,
  reason: 'gone' | 'forbidden',
  typed: (text: string) => string,
): Reply {
  const why =
    reason === 'gone'
      ? 'The platform says that the channel is not there any more.'
      : 'I may not write in the channel.';
  return {
    title: 'The daily quiz is paused',
    text: `${why} (${channelName(place.channel)}) The schedule is kept as it is. Once I can write there again, type ${codeSpan(typed('daily resume'))} in the channel.`,
    visibility: 'private',
  };
}

/** What an admin is told when a day's question could not be posted for all tries. */
export function givenUpNotice({ place, date }: Quiz, tries: number): Reply {
  return {
    title: 'A daily quiz was not posted',
    text: `I tried ${count(tries, 'time')} to post the question of ${date} in ${channelName(place.channel)}. The next one comes at its time.`,
    visibility: 'private',
  };
}
