import type { Context } from '../bot/command.js';
import { channelName, codeSpan } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Reply } from '../bot/reply.js';
import type { StudyClock } from '../learning/model.js';
import type { OpenQuiz } from '../store/quiz-answers.js';
import { TAKES_PART } from './daily-pick.js';
import { clockTime, count, span } from './wording.js';

/** Quizzes listed of either kind; as many buttons still stand in one or two rows. */
const MOST = 5;
/** Quizzes looked at, so that those without an answer come first. */
const LOOKED_AT = 50;

/**
 * The daily quizzes of the workspace that are open now. Those of channels where the learner takes part can be answered
 * from here; of others only the channel is named, for who is in it is known to the platform alone.
 */
export async function listOpen(context: Context): Promise<Reply> {
  const { store, origin, now } = context;
  const learner = await context.learner();
  const clock = context.clockOf(learner);
  const moment = { now, since: new Date(now.getTime() - TAKES_PART), most: LOOKED_AT };
  const open = await store.quizzes.openFor(origin, learner.id, moment);
  const own = [...open.own].sort((a, b) => Number(a.answer !== undefined) - Number(b.answer !== undefined));
  const shown = own.slice(0, MOST);
  const others = open.others.slice(0, MOST);
  const texts = [
    ...shown.map((quiz, at) => `${at + 1}. ${quizText(quiz, now, clock)}`),
    ...(own.length > MOST ? [`\nand ${own.length - MOST} more`] : []),
    ...(others.length === 0
      ? []
      : [`\n${own.length === 0 ? 'Open' : 'Also open'}, to be answered in the channel:\n`]),
    ...others.map(
      ({ channel, closesAt }) => `- ${channelName(channel)}, until ${clockTime(closesAt, clock)}`,
    ),
    ...(open.others.length > MOST ? [`\nand in ${count(open.others.length - MOST, 'more channel')}`] : []),
  ];
  return {
    title: 'Daily quizzes',
    text: texts.length === 0 ? noneText(context) : texts.join('\n').trim(),
    visibility: 'private',
    buttons: shown
      .filter(({ answer }) => answer === undefined)
      .map(({ id }, at) => ({
        label: own.length === 1 ? 'Answer' : `Answer ${at + 1}`,
        press: encodePress('daily', 'ask', id),
      })),
  };
}

/** '#general, until 17:00, in 3 hours: not answered'. */
function quizText({ channel, closesAt, answer }: OpenQuiz, now: Date, clock: StudyClock): string {
  const when = `until ${clockTime(closesAt, clock)}, in ${span(closesAt.getTime() - now.getTime())}`;
  const given = { right: 'answered, ✓ right', wrong: 'answered, ✗ not quite' };
  return `${channelName(channel)}, ${when}: ${answer === undefined ? '**not answered**' : given[answer]}`;
}

function noneText({ typed }: Context): string {
  return `None is open just now. ${codeSpan(typed('daily'))} in a channel says when its next one comes.`;
}
