import { pino } from 'pino';
import type { Config, DiscordConfig } from '../config.js';
import { loadFactsOrShipped } from '../content.js';
import { loadLibrary } from '../notes/library.js';
import type { SlackConfig } from '../slack-config.js';
import { NotReadyError } from '../store/errors.js';
import { openStore } from '../store/open.js';
import { print } from './lines.js';
import { configOf, type DataOptions } from './options.js';

interface Finding {
  readonly ok: boolean;
  readonly message: string;
}

/** Answers `eks doctor`; the exit status is 1 if something needs a change. */
export async function doctor(options: DataOptions): Promise<void> {
  let config: Config | undefined;
  const tell = async (check: string, work: () => Finding | Promise<Finding>) => {
    const { ok, message } = await found(work);
    if (!ok) process.exitCode = 1;
    await print(
      options.json
        ? JSON.stringify({ check, ok, message })
        : `${ok ? 'ok    ' : 'not ok'}  ${check}: ${message}`,
    );
  };
  await tell('node', () => ({ ok: true, message: `Node ${process.versions.node} on ${process.platform}` }));
  await tell('configuration', () => {
    config = configOf(options);
    return { ok: true, message: `every variable can be read; time zone ${config.timeZone}` };
  });
  if (config === undefined) return;
  const { commandName, contentDir, databaseUrl, discord, slack } = config;
  await tell('notes', () => checkNotes(contentDir));
  await tell('node-type facts', () => checkFacts(contentDir));
  await tell('database', () => checkDatabase(databaseUrl.reveal()));
  await tell('discord', () => checkDiscord(discord, commandName));
  await tell('slack', () => checkSlack(slack, commandName));
}

async function found(work: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: error instanceof NotReadyError, message };
  }
}

async function checkNotes(dir: string): Promise<Finding> {
  const { concepts, cards, problems } = await loadLibrary(dir);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const counts = `${concepts.length} concepts and ${cards.length} cards in ${dir}`;
  if (errors > 0) return { ok: false, message: `${counts}; ${errors} errors, which eks check lists` };
  if (cards.length === 0) return { ok: false, message: `${counts}: nothing to study; add Markdown notes` };
  return { ok: true, message: counts };
}

async function checkFacts(dir: string): Promise<Finding> {
  const { facts, problems } = await loadFactsOrShipped(dir, new Date());
  if (facts === undefined)
    return { ok: false, message: `${problems.length} problems, which eks check lists` };
  const aged = problems.length === 0 ? '' : `; ${problems.length} warnings, which eks check lists`;
  return {
    ok: true,
    message: `${facts.nodeTypes.length} node types, ${facts.capabilities.size} capabilities${aged}`,
  };
}

async function checkDatabase(url: string): Promise<Finding> {
  // To look at a house is not to move into it: a database of an earlier version stays so.
  const store = await openStore(url, { pending: 'refuse' });
  try {
    await store.ping();
    return { ok: true, message: 'it answers, and its migrations are applied' };
  } finally {
    await store.close();
  }
}

async function checkDiscord(discord: DiscordConfig | undefined, commandName: string): Promise<Finding> {
  if (discord === undefined) return { ok: true, message: 'not set up' };
  const platform = await import('../platforms/discord/checkup.js');
  return platform.checkDiscord({ ...discord, commandName });
}

async function checkSlack(slack: SlackConfig | undefined, commandName: string): Promise<Finding> {
  if (slack === undefined) return { ok: true, message: 'not set up' };
  const platform = await import('../platforms/slack/checkup.js');
  return platform.checkSlack({ config: slack, commandName, log: pino({ level: 'silent' }) });
}
