import type { Logger } from 'pino';
import type { Facts } from './advisor/facts.js';
import { createBot } from './bot/bot.js';
import type { Bot } from './bot/platform.js';
import { commands } from './commands/list.js';
import type { Config } from './config.js';
import { loadFactsOrShipped } from './content.js';
import { loadLibrary } from './notes/library.js';
import type { Library, Problem } from './notes/model.js';
import { openStore } from './store/open.js';
import type { Store } from './store/store.js';

/** Everything but the platforms: a bot on its notes and its database. */
export interface App {
  readonly bot: Bot;
  readonly store: Store;
  readonly library: Library;
  /** Reads the node-type facts, once. */
  readonly facts: () => Promise<Facts | undefined>;
  /** Lets go of the database; call it when no platform asks any more. */
  close(): Promise<void>;
}

/**
 * Opens notes and database and wires a bot to them.
 * @throws if the notes or the database cannot be used, with a message that says what to do
 */
export async function openApp(config: Config, log: Logger, now: () => Date): Promise<App> {
  const library = await loadLibrary(config.contentDir);
  tellProblems(log, library.problems);
  const facts = factsWhenAsked(config, log, now);
  const store = await openStore(config.databaseUrl.reveal());
  try {
    const changes = await store.cards.sync(library.cards, now());
    log.info({ concepts: library.concepts.length, cards: library.cards.length, changes }, 'notes loaded');
    const bot = createBot({
      store,
      library: () => library,
      facts,
      notesUrl: config.notesUrl,
      commands,
      commandName: config.commandName,
      timeZone: config.timeZone,
      now,
      failed: (id, during, err) => log.error({ id, during, err }, 'a command failed'),
    });
    return { bot, store, library, facts, close: () => store.close() };
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
    tellProblems(log, problems);
    return facts;
  };
  return () => {
    reading ??= read();
    return reading;
  };
}

function tellProblems(
  log: Logger,
  problems: readonly Pick<Problem, 'severity' | 'note' | 'line' | 'message'>[],
): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const { note, line, message } of errors) log.error({ note, line }, message);
  const others = problems.length - errors.length;
  if (others > 0) log.info(`${others} remarks on the notes; eks check lists them`);
}
