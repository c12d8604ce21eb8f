import type { Context } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { codeSpan, label, literal } from '../bot/markdown.js';
import type { Groups } from '../bot/platform.js';
import type { Team } from '../store/teams.js';

/** The id of the role or user group that an admin typed. */
export async function groupIn({ origin: { groups } }: Context, value: string): Promise<string> {
  if (groups === undefined)
    throw new UserError(
      'This platform does not tell me who has which role. People can join teams by themselves.',
    );
  const id = await groups.find(value);
  if (id !== undefined) return id;
  throw new UserError(
    `I know no ${groups.called} ${codeSpan(label(value))} here. Mention it, or give its id.`,
  );
}

/** What the platform calls a group of people; where it does not say who has which, 'role'. */
export function groupCalled({ origin: { groups } }: Context): string {
  return groups?.called ?? 'role';
}

/** What a list says of a team that belongs to a group; to an admin also that the group is gone. */
export async function groupNote(context: Context, group: string): Promise<string> {
  const { groups, admin } = context.origin;
  const isGone = admin && groups !== undefined && (await isMissing(groups, group));
  return isGone ? `its ${groups.called} is gone` : `by ${groupCalled(context)}`;
}

async function isMissing(groups: Groups, group: string): Promise<boolean> {
  try {
    return (await groups.find(group)) === undefined;
  } catch (error) {
    // The platform cannot say now.
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** Nobody joins or leaves by themselves what the platform decides. */
export function refuseLinked(context: Context, { name, group }: Team): void {
  if (group === undefined) return;
  throw new UserError(
    `Who is in **${literal(name)}** is decided by a ${groupCalled(context)} here, which an admin gives and takes.`,
  );
}
