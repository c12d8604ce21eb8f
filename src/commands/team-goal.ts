import { codeSpan } from '../bot/markdown.js';
import type { GoalProgress } from '../store/teams.js';

/** Blocks of a full bar. */
const BAR = 10;

/** How near a team is to its goal of the week: a bar, and '12 of 40 study days'. */
export function goalText({ days, goal }: Pick<GoalProgress, 'days' | 'goal'>): string {
  const filled = Math.min(BAR, Math.floor((days / goal) * BAR));
  const bar = codeSpan(`${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`);
  const reached = days >= goal ? ', reached' : '';
  return `${bar} ${days.toLocaleString('en')} of ${goal.toLocaleString('en')} study days${reached}`;
}
