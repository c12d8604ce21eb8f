import type { Logger } from 'pino';
import type { Facts } from './advisor/facts.js';
import { createBot } from './bot/bot.js';
import type { Bot } from './bot/platform.js';
import { commands } from './commands/list.js';
import type { Config } from './config.js';
import { openLiveNotes } from './live.js';
import { LiveFacts } from './live-facts.js';
import { stampFolder } from './notes/files.js';
import type { Library } from './notes/model.js';
import { openStore } from './store/open.js';
import type { Store } from './store/store.js';

/** Everything but the platforms: a bot on its notes and its database. */
export interface App {
  readonly bot: Bot;
  readonly store: Store;
  /** The notes as they are now: edits are followed while the app is open. */
  readonly library: () => Library;
  /** The node-type facts as they are now. */
  readonly facts: () => Promise<Facts | undefined>;
  /** Stops following the notes and lets go of the database; call it when no platform asks any more. */
  close(): Promise<void>;
}

/**
 * Opens notes and database and wires a bot to them.
 * @throws if the notes or the database cannot be used, with a message that says what to do
 */
export async function openApp(config: Config, log: Logger, now: () => Date): Promise<App> {
  const facts = new LiveFacts(config.contentDir, log, now);
  // Before the database, which is not made where there are no notes.
  await stampFolder(config.contentDir);
  const store = await openStore(config.databaseUrl.reveal());
  try {
    const notes = await openLiveNotes({ folder: config.contentDir, store, log, now, beside: facts });
    const bot = createBot({
      store,
      library: notes.library,
      facts: facts.current,
      notesUrl: config.notesUrl,
      commands,
      commandName: config.commandName,
      timeZone: config.timeZone,
      now,
      failed: (id, during, err) => log.error({ id, during, err }, 'a command failed'),
    });
    const close = async () => {
      await notes.close();
      await store.close();
    };
    return { bot, store, library: notes.library, facts: facts.current, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}
