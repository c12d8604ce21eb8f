import type { WebClient } from '@slack/web-api';
import type { Bot, Origin } from '../../bot/platform.js';
import { encodePress } from '../../bot/press.js';
import type { Reply } from '../../bot/reply.js';
import { drawHome } from './home.js';

type Asking = (bot: Bot, origin: Origin, id: string) => Promise<readonly Reply[]>;

const running =
  (command: string, args: Readonly<Record<string, string>> = {}): Asking =>
  (bot, origin, id) =>
    bot.run({ origin, id: `${id}-${command}`, command, args });

const pressing =
  (press: string): Asking =>
  (bot, origin, id) =>
    bot.press({ origin, id: `${id}-${press}`, press, values: [], form: {} });

/** What the Home tab shows, the most important first: what people would type or press themselves. */
const SHOWN: readonly Asking[] = [
  running('today'),
  running('daily', { action: 'list' }),
  pressing(encodePress('leaderboard', 'mine', 'week', 'workspace')),
  running('settings'),
  running('help'),
];
const MOST_OPEN = 5_000;

/** Home tabs that were opened, kept as new as their people's last answer. */
export class HomeTabs {
  /** The newest look at each. */
  readonly #open = new Map<string, object>();

  /** Shows a person their Home tab, and remembers to renew it. */
  async show(bot: Bot, origin: Origin, client: WebClient, id: string): Promise<void> {
    const key = keyOf(origin);
    const look = {};
    this.#open.delete(key);
    this.#open.set(key, look);
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= MOST_OPEN) break;
      this.#open.delete(oldest);
    }
    const replies: Reply[] = [];
    for (const ask of SHOWN) replies.push(...(await ask(bot, origin, id)));
    const view = await drawHome(replies, (reply) => bot.keep(origin, reply));
    // Another answer came meanwhile, and shows what is newer.
    if (this.#open.get(key) !== look) return;
    await client.views.publish({ user_id: origin.user, view });
  }

  /** After an answer: renews the Home tab of who has opened theirs. */
  async renew(bot: Bot, origin: Origin, client: WebClient, id: string): Promise<void> {
    if (this.#open.has(keyOf(origin))) await this.show(bot, origin, client, id);
  }
}

function keyOf({ workspace, user }: Origin): string {
  return `${workspace}/${user}`;
}
