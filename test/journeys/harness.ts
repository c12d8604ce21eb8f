import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { loadFacts } from '../../src/advisor/facts.js';
import { createBot } from '../../src/bot/bot.js';
import type { Bot, Origin, Press } from '../../src/bot/platform.js';
import type { Reply } from '../../src/bot/reply.js';
import { commands } from '../../src/commands/list.js';
import { type LiveNotes, openLiveNotes } from '../../src/live.js';
import { LiveFacts } from '../../src/live-facts.js';
import { loadLibrary } from '../../src/notes/library.js';
import type { Library } from '../../src/notes/model.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';

export interface World {
  readonly bot: Bot;
  readonly store: Store;
  readonly library: Library;
  readonly failures: unknown[];
  /** Lines of the log, as JSON. */
  readonly logged: readonly string[];
  readonly now: () => Date;
  /** Moves the clock that the bot reads. */
  pass(milliseconds: number): void;
  /** Stops, and starts again on the same database, as a restart of the process does. */
  restart(): Promise<World>;
  learner(user: string, options?: Partial<Origin>): Person;
}

/** Someone at a chat: sees replies, types, and presses what they see. */
export interface Person {
  readonly origin: Origin;
  /** What is on the screen: the latest replies. */
  seen(): readonly Reply[];
  types(text: string, id?: string): Promise<Reply>;
  /** Presses the button whose label begins so. */
  presses(label: string, id?: string): Promise<Reply>;
  /** Sends the form that is seen; what is not named stays as it is there. */
  sends(
    form: Readonly<Record<string, string>>,
    choices?: Readonly<Record<string, readonly string[]>>,
  ): Promise<Reply>;
  /** Presses what an earlier reply showed, or made up. */
  pressesRaw(press: string, id?: string, values?: readonly string[]): Promise<Reply>;
}

const START = new Date('2026-03-02T09:00:00Z');

async function read(content: string) {
  const [library, { facts }] = await Promise.all([loadLibrary(content), loadFacts(content, START)]);
  return { library, facts };
}

let shipped: ReturnType<typeof read> | undefined;

/** Read once for all worlds: it never changes, and reading takes most of the time of a short test. */
function shippedDeck(): ReturnType<typeof read> {
  shipped ??= read('content');
  return shipped;
}

/** Notes that stay as they are, under the ids of the database. */
async function still(store: Store, library: Library, now: Date): Promise<LiveNotes> {
  const { ids } = await store.cards.sync(library.cards, now);
  const known = library.withCardIds(ids);
  return { library: () => known, close: async () => {} };
}

/** A bot on its own database file and the shipped deck (or `content`), with a clock that stands still; `live` notes and facts follow edits. */
export async function startWorld(
  options: { content?: string; database?: string; at?: Date; notesUrl?: string; live?: boolean } = {},
): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'eks-journey-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const content = options.content ?? 'content';
  const database = options.database ?? `file:${path.join(folder, 'eks.db')}`;
  let now = options.at ?? START;
  const failures: unknown[] = [];
  const store = await openStore(database);
  let open = true;
  const opened: { notes?: LiveNotes } = {};
  const close = async () => {
    if (open) {
      await opened.notes?.close();
      await store.close();
    }
    open = false;
  };
  onTestFinished(close);
  const { library, facts } = await (content === 'content' ? shippedDeck() : read(content));
  const logged: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => logged.push(line) });
  const liveFacts = new LiveFacts(content, log, () => now);
  const notes = options.live
    ? await openLiveNotes({ folder: content, store, log, now: () => now, beside: liveFacts, lookMs: 20 })
    : await still(store, library, now);
  opened.notes = notes;
  const bot = createBot({
    store,
    library: notes.library,
    facts: options.live ? liveFacts.current : async () => facts,
    notesUrl: options.notesUrl,
    commands,
    commandName: 'eks',
    timeZone: 'UTC',
    now: () => now,
    failed: (_id, _during, error) => failures.push(error),
  });
  return {
    bot,
    store,
    get library() {
      return notes.library();
    },
    failures,
    logged,
    now: () => now,
    pass(milliseconds) {
      now = new Date(now.getTime() + milliseconds);
    },
    async restart() {
      await close();
      return startWorld({ ...options, content, database, at: now });
    },
    learner: (user, origin) => person(bot, user, origin),
  };
}

let interactions = 0;
const nextId = () => {
  interactions += 1;
  return `interaction-${interactions}`;
};

function person(bot: Bot, user: string, options: Partial<Origin> = {}): Person {
  const origin: Origin = {
    platform: 'web',
    workspace: 'local',
    channel: 'general',
    user,
    name: user,
    admin: false,
    ...options,
  };
  let screen: readonly Reply[] = [];
  const show = (replies: readonly Reply[]): Reply => {
    screen = replies;
    const [reply] = replies;
    if (reply === undefined) throw new Error('nothing was answered');
    return reply;
  };
  const send = async (
    press: string,
    id = nextId(),
    values: readonly string[] = [],
    given: Pick<Press, 'form' | 'choices'> = { form: {} },
  ) => show(await bot.press({ origin, id, press, values, ...given }));
  return {
    origin,
    seen: () => screen,
    types: async (text, id = nextId()) => show(await bot.message({ origin, id, text })),
    presses(label, id) {
      const buttons = screen.flatMap((reply) => reply.buttons ?? []);
      const button = buttons.find((candidate) => candidate.label.startsWith(label));
      if (button === undefined) {
        throw new Error(
          `no button '${label}' among ${buttons.map((candidate) => candidate.label).join(', ')}`,
        );
      }
      return send(button.press, id);
    },
    sends(form, choices = {}) {
      const shown = screen.flatMap((reply) => reply.form ?? [])[0];
      if (shown === undefined) throw new Error('no form is shown');
      const answers = shown.inputs.map((input) =>
        input.kind === 'choices' ? {} : { [input.name]: input.value ?? '' },
      );
      const lists = shown.inputs.map((input) =>
        input.kind === 'choices' ? { [input.name]: input.values } : {},
      );
      const given = {
        form: Object.assign({}, ...answers, form),
        choices: Object.assign({}, ...lists, choices),
      };
      return send(shown.press, undefined, [], given);
    },
    pressesRaw: (press, id, values) => send(press, id, values),
  };
}
