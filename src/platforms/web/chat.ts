import type { Bot, Platform } from '../../bot/platform.js';
import type { HttpServer } from '../http.js';
import { chatApi } from './api.js';
import { Events } from './events.js';
import { ownHostOnly, pagePolicy } from './guard.js';
import { chatPage } from './page.js';
import { webPoster } from './poster.js';
import { type KeptPosts, Posts } from './posts.js';

export interface WebChatOptions {
  /** Carries the page; `webChat` mounts its routes at once, so make the chat before the server listens. */
  readonly http: HttpServer;
  /** The slash command's name without the slash. */
  readonly command: string;
  /** Where posts outlive the process. */
  readonly kept: KeptPosts;
  readonly now: () => Date;
}

/** The local chat page, for trying and for studying without Discord or Slack. Who opens it on this computer is its admin. */
export function webChat({ http, command, kept, now }: WebChatOptions): Platform {
  let running: Bot | undefined;
  const events = new Events(now);
  const posts = new Posts(events, kept, now);
  const guards = [pagePolicy, ownHostOnly(http.loopback)];
  http.mount(chatPage(command, ...guards));
  http.mount(chatApi({ bot: () => running, events, admin: http.loopback, guards }));
  return {
    name: 'web',
    poster: webPoster(posts),
    start: async (bot) => {
      await posts.restore();
      running = bot;
    },
    stop: async () => {
      running = undefined;
      events.close();
    },
  };
}
