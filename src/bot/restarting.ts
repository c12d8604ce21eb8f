import type { Bot } from './platform.js';
import type { Reply } from './reply.js';

const RESTARTING: Reply = { text: 'I am restarting. Please try again in a moment.', visibility: 'private' };

/** The bot while it stops: it finishes what is under way, and tells who asks meanwhile to ask again. */
export function restarting(bot: Bot): Bot {
  const replies = async () => [RESTARTING];
  return { ...bot, message: replies, run: replies, press: replies };
}
