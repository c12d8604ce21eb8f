import { z } from 'zod';
import { type Context, defineCommand, outdatedPress } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { codeSpan, label, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Reply } from '../bot/reply.js';
import { weekOf } from '../learning/points.js';
import { studyDayOf } from '../learning/studyday.js';
import type { LearnerId } from '../store/store.js';
import { MOST_TEAMS, type Team, TeamId, type TeamWeek } from '../store/teams.js';
import { goalText } from './team-goal.js';
import { groupCalled, groupIn, groupNote, refuseLinked } from './team-group.js';
import { count } from './wording.js';

const LONGEST_NAME = 40;
const MOST_GOAL = 10_000;
const MOST_BUTTONS = 5;
/** The platforms' own marks of a person, a role and a user group, as they stand in typed text. */
const MENTION = /^<(?:@[!&]?|!subteam\^)([\w-]+)>$/;

const ForAdmins = ['create', 'assign', 'rename', 'delete', 'goal', 'link'] as const;
const Action = z.enum(
  ['list', 'join', 'leave', ...ForAdmins],
  `list, join, leave; for admins also ${ForAdmins.join(', ')}`,
);
type Action = z.infer<typeof Action>;

const Args = z.object({
  action: Action.default('list').describe('list, join or leave; for admins create, assign, goal and more'),
  team: z.string().trim().optional().describe("The team's name"),
  value: z
    .string()
    .trim()
    .optional()
    .describe(
      'assign: whom; rename: the new name; goal: days a week, or none; link: role or user group, or none',
    ),
});
type Args = z.infer<typeof Args>;

/** Teams within the workspace: everybody may look, join and leave; admins make them. */
export const team = defineCommand({
  name: 'team',
  summary: 'Teams, and how many study days they have this week',
  examples: [
    'team',
    'team join Blue',
    'team leave',
    'team create Blue',
    'team goal Blue 40',
    'team assign Blue @ada',
    'team link Blue @platform',
    'team rename Blue Green',
    'team delete Blue',
  ],
  args: Args,
  rest: 'value',
  run: (context, args) => act(context, args),
  presses: {
    async join(context, { parts: [id] }) {
      const parsed = TeamId.safeParse(id);
      await context.learner();
      const found = parsed.success ? await context.store.teams.byId(context.origin, parsed.data) : undefined;
      if (found === undefined) throw outdatedPress(context.typed('team'));
      return { ...(await join(context, found)), replaces: true };
    },
    leave: async (context) => ({ ...(await leave(context)), replaces: true }),
  },
});

async function act(context: Context, args: Args): Promise<Reply> {
  const { action } = args;
  if (ForAdmins.some((one) => one === action) && !context.origin.admin)
    throw new UserError('Only an admin of this workspace may do that.');
  // A workspace is known once somebody in it is.
  await context.learner();
  switch (action) {
    case 'list':
      return list(context);
    case 'leave':
      return leave(context);
    case 'create':
      return create(context, nameIn(context, args));
    case 'join':
      return join(context, (await named(context, args)).team);
    case 'delete':
      return remove(context, (await named(context, args)).team);
    default: {
      const { team, value } = await named(context, args);
      if (value === '') throw incomplete(context, action);
      return CHANGES[action](context, team, value);
    }
  }
}

type Change = (context: Context, team: Team, value: string) => Promise<Reply>;
const CHANGES: Readonly<Record<'assign' | 'rename' | 'goal' | 'link', Change>> = {
  async assign(context, team, value) {
    refuseLinked(context, team);
    const person = await personOf(context, value);
    await context.store.teams.join(context.origin, person, team.id, context.now);
    const who = MENTION.test(value) ? 'They are' : `${literal(value)} is`;
    return list(context, `${who} in **${literal(team.name)}** now.`);
  },
  async rename(context, team, value) {
    const name = checkedName(value);
    if (!(await context.store.teams.rename(context.origin, team.id, name))) throw taken(name);
    return list(context, `**${literal(team.name)}** is **${literal(name)}** now.`);
  },
  async goal(context, team, value) {
    const goal = isNone(value) ? undefined : Number(value);
    if (goal !== undefined && !(Number.isInteger(goal) && goal >= 1 && goal <= MOST_GOAL))
      throw new UserError(`A goal is a whole number of study days a week, 1 to ${MOST_GOAL}, or none.`);
    await context.store.teams.setGoal(team.id, goal);
    const name = `**${literal(team.name)}**`;
    return list(
      context,
      goal === undefined ? `${name} has no goal now.` : `${name} aims at ${count(goal, 'study day')} a week.`,
    );
  },
  async link(context, team, value) {
    const group = isNone(value) ? undefined : await groupIn(context, value);
    await context.store.teams.setGroup(team.id, group);
    const name = `**${literal(team.name)}**`;
    return list(
      context,
      group === undefined
        ? `Everybody may join and leave ${name} now.`
        : `${name} is now for those who have that ${groupCalled(context)}: each is taken in when they next use me, and goes once they no longer have it.`,
    );
  },
};

async function create(context: Context, name: string): Promise<Reply> {
  const created = await context.store.teams.create(context.origin, name, context.now);
  if (created === 'taken') throw taken(name);
  if (created === 'full') throw new UserError(`A workspace has ${MOST_TEAMS} teams at most.`);
  const how = codeSpan(context.typed(`team join ${name}`));
  return list(context, `The team **${literal(name)}** is made. To join it, people type ${how}.`);
}

async function remove(context: Context, { id, name }: Team): Promise<Reply> {
  await context.store.teams.remove(id);
  return list(context, `**${literal(name)}** is no more. What its members have learnt stays theirs.`);
}

async function join(context: Context, team: Team): Promise<Reply> {
  refuseLinked(context, team);
  const { id } = await context.learner();
  const before = await context.store.teams.teamOf(context.origin, id);
  if (before !== undefined && before.id !== team.id) refuseLinked(context, before);
  await context.store.teams.join(context.origin, id, team.id, context.now);
  const left =
    before === undefined || before.id === team.id ? '' : ` You have left **${literal(before.name)}**.`;
  return list(context, `You are in **${literal(team.name)}** now.${left}`);
}

async function leave(context: Context): Promise<Reply> {
  const { id } = await context.learner();
  const before = await context.store.teams.teamOf(context.origin, id);
  if (before === undefined) return list(context, 'You are in no team.');
  refuseLinked(context, before);
  await context.store.teams.leave(context.origin, id);
  return list(context, `You have left **${literal(before.name)}**.`);
}

async function list(context: Context, said?: string): Promise<Reply> {
  const learner = await context.learner();
  const today = studyDayOf(context.now, context.clockOf(learner));
  const [teams, own] = await Promise.all([
    context.store.teams.list(context.origin, today),
    context.store.teams.teamOf(context.origin, learner.id),
  ]);
  const before = said === undefined ? [] : [said];
  if (teams.length === 0) {
    const how = context.origin.admin
      ? `${codeSpan(context.typed('team create Blue'))} makes the first.`
      : 'An admin can make some.';
    return {
      title: 'Teams',
      text: [...before, `There are no teams yet. ${how}`].join('\n\n'),
      visibility: 'private',
    };
  }
  const drawn = await Promise.all(teams.map((one) => line(context, one, one.id === own?.id)));
  const lines = drawn.map((text) => `- ${text}`).join('\n');
  return {
    title: 'Teams',
    text: [...before, lines, `Study days since Monday, ${weekOf(today)}.`].join('\n\n'),
    visibility: 'private',
    buttons: buttonsFor(teams, own),
  };
}

async function line(context: Context, team: TeamWeek, isOwn: boolean): Promise<string> {
  const days =
    team.goal === undefined ? count(team.days, 'study day') : goalText({ ...team, goal: team.goal });
  const parts = [`**${literal(team.name)}**`, count(team.members, 'member'), days];
  if (team.group !== undefined) parts.push(await groupNote(context, team.group));
  if (isOwn) parts.push('your team');
  return parts.join(' · ');
}

function buttonsFor(teams: readonly TeamWeek[], own: Team | undefined): readonly Button[] {
  if (own?.group !== undefined) return [];
  if (own !== undefined) return [{ label: label(`Leave ${own.name}`), press: encodePress('team', 'leave') }];
  return teams
    .filter(({ group }) => group === undefined)
    .slice(0, MOST_BUTTONS)
    .map(({ id, name }) => ({ label: label(`Join ${name}`), press: encodePress('team', 'join', id) }));
}

/** The team that the words begin with, its name quoted or not, and what follows it. */
async function named(context: Context, args: Args): Promise<{ readonly team: Team; readonly value: string }> {
  const words = wordsIn(args);
  if (words.length === 0) throw incomplete(context, args.action);
  for (let length = Math.min(words.length, LONGEST_NAME); length > 0; length -= 1) {
    const team = await context.store.teams.find(context.origin, words.slice(0, length).join(' '));
    if (team !== undefined) return { team, value: words.slice(length).join(' ') };
  }
  const list = codeSpan(context.typed('team'));
  throw new UserError(`There is no team ${codeSpan(label(words.join(' ')))}. ${list} shows them all.`);
}

function nameIn(context: Context, args: Args): string {
  const name = wordsIn(args).join(' ');
  if (name === '') throw incomplete(context, args.action);
  return checkedName(name);
}

function wordsIn({ team = '', value = '' }: Args): readonly string[] {
  return `${team} ${value}`.split(/\s+/).filter((word) => word !== '');
}

function checkedName(name: string): string {
  if ([...name].length <= LONGEST_NAME && label(name) === name && !MENTION.test(name)) return name;
  throw new UserError(`A team's name is plain text of up to ${LONGEST_NAME} characters.`);
}

async function personOf(context: Context, value: string): Promise<LearnerId> {
  const mentioned = MENTION.exec(value)?.[1] ?? value.replace(/^@/, '');
  const [one, ...others] = await context.store.teams.people(context.origin, mentioned);
  if (one === undefined) {
    throw new UserError(
      `I have not met ${codeSpan(label(value))} here. Once they have used any command, they can be assigned.`,
    );
  }
  if (others.length > 0) {
    const how = codeSpan(context.typed('team join'));
    throw new UserError(
      `${1 + others.length} people here are called ${codeSpan(label(value))}. Mention the one you mean, or let them type ${how}.`,
    );
  }
  return one;
}

function isNone(value: string): boolean {
  return value.toLowerCase() === 'none';
}

function taken(name: string): UserError {
  return new UserError(`There is a team ${codeSpan(name)} already.`);
}

function incomplete(context: Context, action: Action): UserError {
  const example = team.examples.find((text) => text.startsWith(`team ${action} `)) ?? `team ${action}`;
  return new UserError(`Something is missing. For example: ${codeSpan(context.typed(example))}`);
}
