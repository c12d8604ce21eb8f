import { z } from 'zod';
import { type Context, defineCommand } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { codeSpan, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Reply } from '../bot/reply.js';
import type { StudyDay } from '../learning/model.js';
import { studyDayOf } from '../learning/studyday.js';
import type { Timetable } from '../learning/timetable.js';
import type { ChannelKey, Plan, Schedule } from '../store/schedules.js';
import { answerDaily, askDaily, learnFromDaily } from './daily-answer.js';
import { claimNow, LATE_WINDOW_HOURS, runAfter } from './daily-claim.js';
import { listOpen } from './daily-list.js';
import { DateOption, planOptions, spanText, timeText, weekdaysText } from './daily-plan.js';
import { runText } from './daily-post.js';
import { findSubject } from './subject.js';
import { count, span } from './wording.js';

const Action = z.enum(
  ['show', 'list', 'set', 'pause', 'resume', 'off', 'now', 'skip'],
  'show, list, set, pause, resume, off, now or skip',
);
/** Dates to skip that a schedule keeps at most. */
const MOST_SKIPPED = 100;

const Args = z.object({
  action: Action.default('show').describe(
    'show, list (what is open now), set, pause, resume, off, now or skip',
  ),
  date: DateOption,
  ...planOptions,
});
type Args = z.infer<typeof Args>;

/** When a channel gets its daily quiz, and the presses on the quiz itself. Anybody may look and answer; admins set it. */
export const daily = defineCommand({
  name: 'daily',
  summary: "This channel's daily quiz: when it comes; admins set it",
  examples: [
    'daily',
    'daily set time=09:00 days=mon-fri zone=Europe/Berlin',
    'daily set topic="control plane" questions=2 open=8h thread=yes difficulty=hard',
    'daily skip 2026-12-24',
    'daily now',
    'daily list',
  ],
  args: Args,
  completes: { zone: 'time-zone', topic: 'topic' },
  async run(context, args) {
    if (args.action !== 'list') requirePosts(context);
    if (args.action !== 'list' && args.action !== 'show') requireAdmin(context);
    return act(context, args);
  },
  presses: {
    answer: answerDaily,
    learn: learnFromDaily,
    ask: askDaily,
    async turn(context, { parts: [action] }) {
      requireAdmin(context);
      const parsed = Action.extract(['pause', 'resume', 'now']).safeParse(action);
      if (!parsed.success) throw new UserError(`Type ${codeSpan(context.typed('daily'))} to go on.`);
      return { ...(await act(context, { action: parsed.data })), replaces: true };
    },
  },
});

function act(context: Context, args: Args): Promise<Reply> {
  switch (args.action) {
    case 'set':
      return set(context, args);
    case 'skip':
      return skip(context, args.date);
    case 'now':
      return postNow(context);
    case 'pause':
      return turn(context, 'paused', 'Paused. Nothing is posted until you resume it.');
    case 'resume':
      return turn(context, 'on', 'The daily quiz goes on.');
    case 'off':
      return turn(
        context,
        'off',
        'Off. What was answered stays, and so do the settings; resume turns it on again.',
      );
    case 'list':
      return listOpen(context);
    case 'show':
      return find(context).then((schedule) => show(context, schedule));
  }
}

function placeOf({ origin: { platform, workspace, channel } }: Context): ChannelKey {
  return { platform, workspace, channel };
}

function find(context: Context): Promise<Schedule | undefined> {
  return context.store.schedules.find(placeOf(context));
}

async function findSet(context: Context): Promise<Schedule> {
  const schedule = await find(context);
  if (schedule !== undefined) return schedule;
  throw new UserError(
    `This channel has no daily quiz yet. ${codeSpan(context.typed('daily set time=09:00'))} sets one up.`,
  );
}

async function set(context: Context, args: Args): Promise<Reply> {
  if (args.date !== undefined)
    throw new UserError(`Skip a day with ${codeSpan(context.typed(`daily skip ${args.date}`))}.`);
  const learner = await context.learner();
  const before = await find(context);
  const plan = planOf(args, before?.plan, context.clockOf(learner).timeZone);
  // Refuses a topic that the notes do not have.
  findSubject(context.library, plan.topic);
  const { store, origin, now } = context;
  const schedule = await store.schedules.set(placeOf(context), plan, origin.user, now);
  const reply = show(context, schedule);
  const hint =
    before === undefined ? ` ${codeSpan(context.typed('daily now'))} posts the first question at once.` : '';
  const late = `If I am away at its time, I post it up to ${count(LATE_WINDOW_HOURS, 'hour')} late and say so.`;
  return { ...reply, text: `Saved.${hint}\n\n${reply.text} ${late}` };
}

/** What was given, over what was set before, over what suits most teams: nine o'clock on working days, eight hours. */
function planOf(args: Args, before: Plan | undefined, timeZone: string): Plan {
  const timetable: Timetable = {
    timeZone: args.zone ?? before?.timetable.timeZone ?? timeZone,
    minute: args.time ?? before?.timetable.minute ?? 9 * 60,
    weekdays: args.days ?? before?.timetable.weekdays ?? new Set([1, 2, 3, 4, 5]),
    skipDates: before?.timetable.skipDates ?? new Set(),
  };
  const isAll = args.topic === '' || args.topic?.toLowerCase() === 'all';
  return {
    timetable,
    topic: isAll ? undefined : (args.topic ?? before?.topic),
    difficulty: args.difficulty ?? before?.difficulty ?? 'mixed',
    questions: args.questions ?? before?.questions ?? 1,
    openMinutes: args.open ?? before?.openMinutes ?? 8 * 60,
    thread: args.thread === undefined ? (before?.thread ?? false) : args.thread === 'yes',
  };
}

async function turn(context: Context, status: Schedule['status'], done: string): Promise<Reply> {
  const { store, now } = context;
  if (!(await store.schedules.turn(placeOf(context), status, now))) await findSet(context);
  const reply = show(context, await find(context));
  return { ...reply, text: `${done}\n\n${reply.text}` };
}

async function skip(context: Context, date: StudyDay | undefined): Promise<Reply> {
  if (date === undefined)
    throw new UserError(`Say which day: ${codeSpan(context.typed('daily skip 2026-12-24'))}.`);
  const { id, plan } = await findSet(context);
  const today = dateIn(plan.timetable, context.now);
  if (date < today) throw new UserError(`${date} is over already.`);
  const ahead = [...plan.timetable.skipDates].filter((skipped) => skipped >= today && skipped !== date);
  if (ahead.length >= MOST_SKIPPED) throw new UserError(`At most ${MOST_SKIPPED} days can be skipped.`);
  await context.store.schedules.skip(id, date, today, context.now);
  const reply = show(context, await find(context));
  return { ...reply, text: `Nothing is posted on ${date}.\n\n${reply.text}` };
}

async function postNow(context: Context): Promise<Reply> {
  const schedule = await findSet(context);
  const { library, store, now, idempotencyKey } = context;
  const today = dateIn(schedule.plan.timetable, now);
  const claimed = await claimNow({ library, store, now }, schedule, today, idempotencyKey);
  const isAhead = runAfter(schedule, now)?.date === today;
  const told = {
    today: `Today's quiz comes in a few seconds${isAhead ? '; it is not posted again at its time' : ''}.`,
    extra: 'One more question comes in a few seconds.',
    'nothing to ask': 'The notes give no question with options to choose from here. Another topic may.',
  } as const;
  return { text: told[claimed], visibility: 'private' };
}

function dateIn({ timeZone }: Timetable, now: Date): StudyDay {
  return studyDayOf(now, { timeZone, rolloverHour: 0 });
}

function show(context: Context, schedule: Schedule | undefined): Reply {
  const { origin, typed, now } = context;
  if (schedule === undefined) {
    const how = origin.admin
      ? `${codeSpan(typed('daily set time=09:00'))} sets one up: at that time on working days, one question, open for eight hours.`
      : 'An admin can set one up.';
    return { title: 'Daily quiz', text: `This channel has no daily quiz. ${how}`, visibility: 'private' };
  }
  const { plan, status, reason } = schedule;
  const { timetable } = plan;
  const next = runAfter(schedule, now);
  const nextText =
    next === undefined
      ? `It is ${status}.${reason === undefined ? '' : ` ${literal(reason, 300)}`}`
      : `Next: **${runText(next, schedule)}**, in ${span(next.at.getTime() - now.getTime())}.`;
  return {
    title: 'Daily quiz',
    text: nextText,
    visibility: 'private',
    fields: [
      {
        name: 'When',
        text: `${timeText(timetable.minute)} ${literal(timetable.timeZone)}, ${weekdaysText(timetable.weekdays)}`,
      },
      { name: 'Topic', text: plan.topic === undefined ? 'all notes' : literal(plan.topic) },
      { name: 'Questions', text: `${count(plan.questions, 'question')}, ${plan.difficulty}` },
      { name: 'Open for', text: `${spanText(plan.openMinutes)}${plan.thread ? ', with a thread' : ''}` },
      ...skippedField(timetable, dateIn(timetable, now)),
    ],
    buttons: origin.admin ? buttonsFor(schedule) : [],
  };
}

function skippedField({ skipDates }: Timetable, today: StudyDay) {
  const ahead = [...skipDates].filter((date) => date >= today).sort();
  return ahead.length === 0 ? [] : [{ name: 'Skipped', text: ahead.slice(0, 12).join(', ') }];
}

function buttonsFor({ status }: Schedule): readonly Button[] {
  const button = (words: string, action: string): Button => ({
    label: words,
    press: encodePress('daily', 'turn', action),
  });
  return [status === 'on' ? button('Pause', 'pause') : button('Resume', 'resume'), button('Post now', 'now')];
}

function requirePosts({ origin, typed }: Context): void {
  if (origin.takesPosts !== false) return;
  throw new UserError(
    `Nothing can be posted here, so there is no daily quiz. Set one up in a channel of a chat; ${codeSpan(typed('review'))} asks you questions here.`,
  );
}

function requireAdmin({ origin }: Context): void {
  if (!origin.admin) throw new UserError('Only an admin of this workspace may do that.');
}
