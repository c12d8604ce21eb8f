import type { Command } from '../bot/command.js';
import { away } from './away.js';
import { daily } from './daily.js';
import { explain } from './explain.js';
import { help } from './help.js';
import { leaderboard } from './leaderboard.js';
import { leaderboardPolicy } from './leaderboard-policy.js';
import { notes } from './notes.js';
import { points } from './points.js';
import { quiz } from './quiz.js';
import { report } from './report.js';
import { reports } from './reports.js';
import { review } from './review.js';
import { settings } from './settings.js';
import { team } from './team.js';
import { today } from './today.js';
import { topics } from './topics.js';
import { undo } from './undo.js';
import { whichNode } from './which-node.js';

/** Every command, in the order in which help lists them. A new command is one new file and one line here. */
export const commands: readonly Command[] = [
  explain,
  whichNode,
  quiz,
  review,
  daily,
  undo,
  today,
  leaderboard,
  points,
  team,
  away,
  topics,
  settings,
  notes,
  report,
  reports,
  leaderboardPolicy,
  help,
];
