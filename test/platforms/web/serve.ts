import type { Bot } from '../../../src/bot/platform.js';
import { createHttpServer } from '../../../src/platforms/http.js';
import { webChat } from '../../../src/platforms/web/chat.js';

export interface Served {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The chat page over a bot, on a free port of this computer unless told otherwise. */
export async function serve(bot: Bot, port = 0, host = '127.0.0.1'): Promise<Served> {
  const http = createHttpServer({ host, port, ready: async () => {}, log: { error: () => {} } });
  const chat = webChat({ http, command: 'eks' });
  await chat.start(bot);
  const url = await http.listen();
  const stop = async () => {
    await http.close();
    await chat.stop();
  };
  return { url, stop };
}
