import { z } from 'zod';
import { type Context, defineCommand, outdatedPress } from '../bot/command.js';
import { codeSpan, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Reply } from '../bot/reply.js';
import { studyDayOf } from '../learning/studyday.js';
import type { BoardKey, BoardPage, Place, Standing, Turn } from '../store/boards.js';
import { LearnerId } from '../store/store.js';
import { count } from './wording.js';

const PAGE = 10;

const SpanName = z.enum(['week', 'season', 'all'], 'week, season or all');
type SpanName = z.infer<typeof SpanName>;
const BoardName = z.enum(['workspace', 'channel', 'teams'], 'workspace, channel or teams');
type BoardName = z.infer<typeof BoardName>;

/** Which leaderboard is shown. */
interface View {
  readonly span: SpanName;
  readonly board: BoardName;
}

const SPANS: Readonly<Record<SpanName, string>> = {
  week: 'this week',
  season: 'this season',
  all: 'all time',
};

const BOARDS: Readonly<Record<BoardName, string>> = {
  workspace: '',
  channel: ' · daily quiz of this channel',
  teams: ' · teams',
};

/** Who shows up most: for all to see, in pages. */
export const leaderboard = defineCommand({
  name: 'leaderboard',
  summary: 'Who shows up most: in the workspace, in this channel, team by team',
  examples: ['leaderboard', 'leaderboard season', 'leaderboard week channel', 'leaderboard board=teams'],
  args: z.object({
    span: SpanName.default('week').describe('week, season (four weeks) or all'),
    board: BoardName.default('workspace').describe('workspace, channel (its daily quiz) or teams'),
  }),
  run: (context, view) => show(context, view),
  presses: {
    async show(context, { parts }) {
      return { ...(await show(context, viewOf(context, parts))), replaces: true };
    },
    async page(context, { parts }) {
      const turn = TurnParts.safeParse(parts.slice(2));
      if (!turn.success) throw outdatedPress(context.typed('leaderboard'));
      const [to, points, learner] = turn.data;
      const view = viewOf(context, parts);
      const page = await context.store.boards.page(await keyOf(context, view), { to, points, learner }, PAGE);
      return { ...pageReply(context, view, page, undefined), replaces: true };
    },
    async mine(context, { parts }) {
      const view = viewOf(context, parts);
      const learner = await context.learner();
      const standing = await context.store.boards.standing(await keyOf(context, view), learner.id);
      return {
        title: `Your place · ${SPANS[view.span]}${BOARDS[view.board]}`,
        text: standingText(context, standing, learner.id),
        visibility: 'private',
        buttons: [{ label: 'Leaderboard', press: encodePress('leaderboard', 'show', view.span, view.board) }],
      };
    },
  },
});

const TurnParts = z.tuple([z.enum(['down', 'up']), z.coerce.number().int(), LearnerId]);

function viewOf(context: Context, [span, board]: readonly string[]): View {
  const parsed = z.object({ span: SpanName, board: BoardName }).safeParse({ span, board });
  if (!parsed.success) throw outdatedPress(context.typed('leaderboard'));
  return parsed.data;
}

/** The span is the one that runs where the asker is. */
async function keyOf(context: Context, { span, board }: View): Promise<BoardKey> {
  const clock = context.clockOf(await context.learner());
  return {
    workspace: context.origin,
    channel: board === 'channel' ? context.origin.channel : undefined,
    span,
    day: studyDayOf(context.now, clock),
  };
}

async function show(context: Context, view: View): Promise<Reply> {
  const key = await keyOf(context, view);
  if (view.board === 'teams') return teams(context, view, key);
  const learner = await context.learner();
  const [page, standing] = await Promise.all([
    context.store.boards.page(key, undefined, PAGE),
    context.store.boards.standing(key, learner.id),
  ]);
  return pageReply(context, view, page, standing);
}

/** A page for all to see. Who asked is shown among their neighbours too, unless they are hidden. */
function pageReply(
  context: Context,
  view: View,
  { places, learners, isFirst, isLast }: BoardPage,
  standing: Standing | undefined,
): Reply {
  const onPage = new Set(places.map(({ learner }) => learner));
  const elsewhere = standing?.near.filter(({ learner }) => !onPage.has(learner)) ?? [];
  const [first, last] = [places.at(0), places.at(-1)];
  const texts =
    places.length === 0
      ? [emptyText(context, view)]
      : [
          lines(places),
          ...(elsewhere.length > 0 ? ['…', lines(elsewhere)] : []),
          footer(context, learners, [...places, ...elsewhere]),
        ];
  return {
    title: titleOf(view),
    text: texts.join('\n\n'),
    visibility: 'public',
    buttons: [
      ...(isFirst || first === undefined ? [] : [turnButton('Back', view, { to: 'up', ...first })]),
      ...(isLast || last === undefined ? [] : [turnButton('More', view, { to: 'down', ...last })]),
      { label: 'My place', press: encodePress('leaderboard', 'mine', view.span, view.board) },
      ...otherSpans(view),
    ],
  };
}

function turnButton(label: string, { span, board }: View, { to, points, learner }: Turn): Button {
  return { label, press: encodePress('leaderboard', 'page', span, board, to, String(points), learner) };
}

function otherSpans({ span, board }: View): readonly Button[] {
  const labels = { week: 'This week', season: 'Season', all: 'All time' };
  return SpanName.options
    .filter((other) => other !== span)
    .map((other) => ({ label: labels[other], press: encodePress('leaderboard', 'show', other, board) }));
}

function titleOf({ span, board }: View): string {
  return `Leaderboard · ${SPANS[span]}${BOARDS[board]}`;
}

/** Places as a list: '**1** Ana · 45 points on 3 days ▲ 2'. */
function lines(places: readonly Place[], self?: LearnerId): string {
  return places
    .map(({ learner, rank, name, points, days, climbed }) => {
      const figures = `${count(points, 'point')} on ${count(days, 'day')}`;
      const who = learner === self ? `**${literal(name, 40)}** (you)` : literal(name, 40);
      return `- **${rank}** ${who} · ${figures}${movement(climbed)}`;
    })
    .join('\n');
}

function movement(climbed: Place['climbed']): string {
  if (climbed === undefined || climbed === 0) return '';
  if (climbed === 'new') return ' · new';
  return climbed > 0 ? ` ▲ ${climbed}` : ` ▼ ${-climbed}`;
}

function footer(context: Context, learners: number, places: readonly Place[]): string {
  const how = codeSpan(context.typed('points'));
  const arrows = places.some(({ climbed }) => typeof climbed === 'number' && climbed !== 0);
  const moved = arrows ? '; arrows show places moved since last week' : '';
  return `*${count(learners, 'learner')}${moved}. ${how} says how points are earned.*`;
}

function emptyText(context: Context, { board }: View): string {
  const from = board === 'channel' ? 'the daily quiz of this channel' : 'a review or a daily quiz';
  return `Nobody stands here yet: points come from ${from}. ${codeSpan(context.typed('points'))} says how.`;
}

function standingText(
  context: Context,
  { shown, points, days, rank, learners, near }: Standing,
  learner: LearnerId,
): string {
  if (rank === undefined)
    return `You have no points here yet. ${codeSpan(context.typed('points'))} says how.`;
  if (shown) return lines(near, learner);
  const hidden = `Only you see this: you are not on leaderboards. ${codeSpan(context.typed('points'))} can change that.`;
  return `With ${count(points, 'point')} on ${count(days, 'day')} you would have place **${rank}** beside ${count(learners, 'learner')} shown.\n\n${hidden}`;
}

async function teams(context: Context, view: View, key: BoardKey): Promise<Reply> {
  const found = await context.store.boards.teams(key);
  const listed = found.map(({ rank, name, mean, active, members }) => {
    const points = `${Math.round(mean * 10) / 10} points`;
    return `- **${rank}** ${literal(name, 40)} · ${points} · ${active} of ${count(members, 'member')} active`;
  });
  const text =
    listed.length === 0
      ? 'There are no teams here yet.'
      : `${listed.join('\n')}\n\n*The mean of the members with points who are shown on leaderboards.*`;
  return { title: titleOf(view), text, visibility: 'public', buttons: otherSpans(view) };
}
