import type { Bot } from '../../../src/bot/platform.js';
import type { Poster } from '../../../src/bot/poster.js';
import { createHttpServer } from '../../../src/platforms/http.js';
import { webChat } from '../../../src/platforms/web/chat.js';

export interface Served {
  readonly url: string;
  readonly poster: Poster;
  readonly stop: () => Promise<void>;
}

/** The chat page over a bot, on a free port of this computer unless told otherwise. */
export async function serve(bot: Bot, port = 0, host = '127.0.0.1'): Promise<Served> {
  const http = createHttpServer({ host, port, ready: async () => {}, log: { error: () => {} } });
  const chat = webChat({ http, command: 'eks' });
  await chat.start(bot);
  const url = await http.listen();
  const stop = async () => {
    await Promise.all([http.close(), chat.stop()]);
  };
  const { poster } = chat;
  if (poster === undefined) throw new Error('the chat page has a poster');
  return { url, poster, stop };
}
