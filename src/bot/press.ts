import { UserError } from './errors.js';

/** What a button stands for: the state of a conversation lives here or in the database, never only in memory. */
export interface PressTarget {
  readonly command: string;
  readonly action: string;
  readonly parts: readonly string[];
}

/** The shortest custom id that any platform allows (Discord's, 100 characters). */
export const PRESS_LIMIT = 100;

/** Throws where the result would not fit a button: that is a mistake in a command, not in what a learner did. */
export function encodePress(command: string, action: string, ...parts: readonly string[]): string {
  const press = [command, action, ...parts].map(encodeURIComponent).join('/');
  if (press.length > PRESS_LIMIT) throw new Error(`a press of ${command}/${action} is too long`);
  return press;
}

/** Throws a UserError for what no button of ours says. */
export function decodePress(press: string): PressTarget {
  const unknown = new UserError('This button is not one I know. Type the command again.');
  if (press.length > PRESS_LIMIT) throw unknown;
  try {
    const [command, action, ...parts] = press.split('/').map(decodeURIComponent);
    if (command === undefined || action === undefined) throw unknown;
    return { command, action, parts };
  } catch {
    throw unknown;
  }
}
