import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bot } from '../../../src/bot/platform.js';
import type { Poster } from '../../../src/bot/poster.js';
import { createHttpServer } from '../../../src/platforms/http.js';
import { webChat } from '../../../src/platforms/web/chat.js';
import { openStore } from '../../../src/store/open.js';
import type { Store } from '../../../src/store/store.js';

export interface Served {
  readonly url: string;
  readonly poster: Poster;
  readonly stop: () => Promise<void>;
}

export interface ServeOptions {
  /** A free one where absent. */
  readonly port?: number;
  readonly host?: string;
  /** Keeps the posts; where absent the page has a database of its own, which goes with it. */
  readonly store?: Store;
  readonly now?: () => Date;
}

/** The chat page over a bot, on this computer unless told otherwise. */
export async function serve(bot: Bot, options: ServeOptions = {}): Promise<Served> {
  const { port = 0, host = '127.0.0.1', now = () => new Date() } = options;
  const { store, close } =
    options.store === undefined ? await openOwn() : { store: options.store, close: async () => {} };
  const http = createHttpServer({ host, port, ready: async () => {}, log: { error: () => {} } });
  const chat = webChat({ http, command: 'eks', kept: store.kept, now });
  await chat.start(bot);
  const url = await http.listen();
  const stop = async () => {
    await Promise.all([http.close(), chat.stop()]);
    await close();
  };
  const { poster } = chat;
  if (poster === undefined) throw new Error('the chat page has a poster');
  return { url, poster, stop };
}

/** A database in a folder of its own. */
export async function openOwn() {
  const folder = await mkdtemp(join(tmpdir(), 'eks-page-'));
  const store = await openStore(`file:${join(folder, 'eks.db')}`);
  const close = async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { store, close };
}
