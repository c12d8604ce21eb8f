import { createHash, randomUUID } from 'node:crypto';
import type { Facts } from '../advisor/facts.js';
import { looksMistyped } from '../learning/typo.js';
import type { Library } from '../notes/model.js';
import type { Learner, Store } from '../store/store.js';
import type { Command, Context } from './command.js';
import { type Completing, completeTyped, proposeFor, termsNext } from './completion.js';
import { somethingBroke, UserError } from './errors.js';
import { KEPT, keepReply, showKept } from './kept.js';
import { codeSpan, label, typeable } from './markdown.js';
import type { Bot, Invocation, Message, Origin, Press, Typing } from './platform.js';
import { decodePress, encodePress } from './press.js';
import type { Reply } from './reply.js';
import { readTyped, TEXT_LIMIT, type Typed } from './typed.js';

export interface BotParts {
  readonly store: Store;
  /** The notes as they are now. */
  readonly library: () => Library;
  /** Node-type facts; undefined where they cannot be used. */
  readonly facts: () => Promise<Facts | undefined>;
  /** Web address of the notes' folder, without a slash at the end. */
  readonly notesUrl: string | undefined;
  readonly commands: readonly Command[];
  /** The slash command, without the slash. */
  readonly commandName: string;
  /** Where neither learner nor channel has set one; an IANA zone. */
  readonly timeZone: string;
  readonly now: () => Date;
  /** Called once for each failure that is ours, with the id that the user was shown. */
  readonly failed: (id: string, during: string, error: unknown) => void;
}

/** Wires commands to platforms. This is the one place that turns what commands throw into replies. */
export function createBot(parts: BotParts): Bot {
  const { commands, commandName } = parts;
  const typed = (text: string) => `/${commandName} ${text}`;
  const find = (name: string) => commands.find((command) => command.name === name);

  async function answer(
    during: string,
    work: () => Promise<Reply | readonly Reply[]>,
  ): Promise<readonly Reply[]> {
    try {
      const replies = await work();
      return 'text' in replies ? [replies] : replies;
    } catch (error) {
      if (error instanceof UserError) return [{ text: error.message, visibility: 'private' }];
      const id = randomUUID().slice(0, 8);
      parts.failed(id, during, error);
      return [
        {
          text: somethingBroke(id),
          visibility: 'private',
        },
      ];
    }
  }

  const contextOf = (origin: Origin, id: string) => makeContext(parts, origin, id, typed);

  return {
    message: ({ origin, id, text }: Message) =>
      answer('message', async () => {
        if (text.length > TEXT_LIMIT) {
          throw new UserError(
            `That is ${text.length.toLocaleString('en')} characters long. I read up to ${TEXT_LIMIT.toLocaleString('en')}; please ask in fewer words.`,
          );
        }
        const context = contextOf(origin, id);
        const read = readTyped(typeable(text), commandName, commands);
        if (read.kind === 'command') return runAllowed(read.command, context, read.raw);
        if (read.kind === 'unknown') return unknownCommand(context, read.word, read.all);
        const fallback = find(read.kind === 'empty' ? 'help' : 'explain');
        if (fallback === undefined)
          throw new UserError(`I know no such command. Try ${codeSpan(typed('help'))}.`);
        return fallback.run(
          context,
          read.kind === 'plain' ? { query: questionIn(read, context.library) } : {},
        );
      }),

    run: ({ origin, id, command: name, args }: Invocation) =>
      answer('command', async () => {
        const command = find(name);
        if (command === undefined) {
          throw new UserError(`I know no such command. ${codeSpan(typed('help'))} lists them all.`);
        }
        const clean = Object.entries(args).map(([argument, value]) => [
          argument,
          typeof value === 'string' ? typeable(value) : value,
        ]);
        return runAllowed(command, contextOf(origin, id), Object.fromEntries(clean));
      }),

    press: ({ origin, id, press, values, form, choices = {} }: Press) =>
      answer('press', async () => {
        const target = decodePress(press);
        if (target.command === KEPT) return showKept(parts.store, origin, target.action, target.parts);
        const command = find(target.command);
        if (command === undefined) {
          throw new UserError(
            `This button is out of date. ${codeSpan(typed('help'))} shows what I can do now.`,
          );
        }
        refuseUnlessAllowed(command, origin);
        return command.press(contextOf(origin, id), target.action, {
          parts: target.parts,
          values: values.map(typeable),
          form: mapValues(form, typeable),
          choices: mapValues(choices, (chosen) => chosen.map(typeable)),
        });
      }),

    complete: (origin, text) => completeTyped(text.slice(0, TEXT_LIMIT), completingFor(parts, origin)),

    async propose({ origin, command: name, argument, text }: Typing) {
      const command = visible(commands, origin).find((candidate) => candidate.name === name);
      if (command === undefined) return [];
      return proposeFor(command, argument, text.slice(0, TEXT_LIMIT), completingFor(parts, origin));
    },

    keep: (origin, reply) => keepReply(parts.store, origin, reply, parts.now()),
  };
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function completingFor(parts: BotParts, origin: Origin): Completing {
  const library = parts.library();
  return {
    commandName: parts.commandName,
    commands: visible(parts.commands, origin),
    library,
    next: () => termsNext(parts.store, library, origin, clockOf(parts), parts.now()),
  };
}

function clockOf({ timeZone }: BotParts): Context['clockOf'] {
  return ({ settings }) => ({
    timeZone: settings.timeZone ?? timeZone,
    rolloverHour: settings.rolloverHour,
  });
}

function makeContext(parts: BotParts, origin: Origin, id: string, typed: (text: string) => string): Context {
  const now = parts.now();
  let learner: Promise<Learner> | undefined;
  return {
    origin,
    idempotencyKey: `${origin.platform}:${origin.workspace}:${id}`,
    now,
    // Most commands leave nothing to chance.
    get seed() {
      return createHash('sha256').update(`${origin.platform}:${id}`).digest('base64url').slice(0, 8);
    },
    library: parts.library(),
    store: parts.store,
    facts: parts.facts,
    notesUrl: parts.notesUrl,
    commands: visible(parts.commands, origin),
    learner() {
      learner ??= signIn(parts.store, origin, now);
      return learner;
    },
    clockOf: clockOf(parts),
    typed,
  };
}

/** Who asks, in the team that their role on the platform stands for. */
async function signIn(store: Store, origin: Origin, now: Date): Promise<Learner> {
  const learner = await store.learners.signIn(origin, label(origin.name), now);
  if (origin.groups !== undefined) await store.teams.follow(origin, learner.id, origin.groups.theirs, now);
  return learner;
}

function visible(commands: readonly Command[], origin: Origin): readonly Command[] {
  return commands.filter((command) => origin.admin || !command.admin);
}

function refuseUnlessAllowed(command: Command, origin: Origin): void {
  if (command.admin && !origin.admin) {
    throw new UserError('Only an admin of this workspace may do that.');
  }
}

async function runAllowed(command: Command, context: Context, raw: Readonly<Record<string, unknown>>) {
  refuseUnlessAllowed(command, context.origin);
  return command.run(context, raw);
}

/** 'EKS auto mode' asks for just that; 'eks what is etcd' calls the bot by its name. */
function questionIn({ text, afterName }: Extract<Typed, { kind: 'plain' }>, library: Library): string {
  return library.lookup(text).outcome === 'none' ? afterName : text;
}

/** Someone who types '/eks reveiw' mistyped a command; one who types '/eks etcd' most likely wants it explained. */
function unknownCommand(context: Context, word: string, all: string): Reply {
  const help = codeSpan(context.typed('help'));
  const near = nearestCommand(word.toLowerCase(), context.commands);
  const meant = near && codeSpan(label(context.typed(`${near.name}${all.slice(word.length)}`), 200));
  const found = near ? undefined : context.library.lookup(all).concepts[0];
  const text = `There is no command ${codeSpan(label(word))}. ${meant ? `Did you mean ${meant}? ` : ''}${help} lists them all.`;
  if (found === undefined) return { text, visibility: 'private' };
  return {
    text,
    visibility: 'private',
    buttons: [{ label: label(`Explain ${found.term}`), press: encodePress('explain', 'show', found.id) }],
  };
}

function nearestCommand(word: string, commands: readonly Command[]): Command | undefined {
  return (
    commands.find(({ name }) => looksMistyped(word, name)) ??
    commands.find(({ name }) => word.length > 2 && (name.startsWith(word) || word.startsWith(name)))
  );
}
