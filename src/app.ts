import type { Logger } from 'pino';
import type { Facts } from './advisor/facts.js';
import { createBot } from './bot/bot.js';
import type { Bot } from './bot/platform.js';
import { commands } from './commands/list.js';
import type { Config } from './config.js';
import { loadFactsOrShipped } from './content.js';
import { openLiveNotes, ProblemLog } from './live.js';
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
  /** Reads the node-type facts, once. */
  readonly facts: () => Promise<Facts | undefined>;
  /** Stops following the notes and lets go of the database; call it when no platform asks any more. */
  close(): Promise<void>;
}

/**
 * Opens notes and database and wires a bot to them.
 * @throws if the notes or the database cannot be used, with a message that says what to do
 */
export async function openApp(config: Config, log: Logger, now: () => Date): Promise<App> {
  const facts = factsWhenAsked(config, log, now);
  // Before the database, which is not made where there are no notes.
  await stampFolder(config.contentDir);
  const store = await openStore(config.databaseUrl.reveal());
  try {
    const notes = await openLiveNotes({ folder: config.contentDir, store, log, now });
    const bot = createBot({
      store,
      library: notes.library,
      facts,
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
    return { bot, store, library: notes.library, facts, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Reading the facts takes a third of a start, and only `which-node` needs them. */
function factsWhenAsked(config: Config, log: Logger, now: () => Date): App['facts'] {
  let reading: Promise<Facts | undefined> | undefined;
  const read = async () => {
    const { facts, problems } = await loadFactsOrShipped(config.contentDir, now());
    new ProblemLog(log).tell(problems);
    return facts;
  };
  return () => {
    reading ??= read();
    return reading;
  };
}
