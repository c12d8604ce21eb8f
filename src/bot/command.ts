import type { z } from 'zod';
import type { Facts } from '../advisor/facts.js';
import type { StudyClock } from '../learning/model.js';
import type { Library } from '../notes/model.js';
import type { Learner, Store } from '../store/store.js';
import { UserError } from './errors.js';
import type { Origin } from './platform.js';
import type { Reply } from './reply.js';

/** What a command may use while it answers one message or press. */
export interface Context {
  readonly origin: Origin;
  /** Names this interaction; with the platform it keys whatever is written, so that a redelivery writes nothing. */
  readonly idempotencyKey: string;
  readonly now: Date;
  /** Chance, the same for a redelivery. */
  readonly seed: string;
  readonly library: Library;
  readonly store: Store;
  /** Node-type facts, read when first asked for; undefined where they cannot be used. */
  facts(): Promise<Facts | undefined>;
  /** Web address of the notes' folder, without a slash at the end; undefined where they are not on the web. */
  readonly notesUrl: string | undefined;
  readonly commands: readonly Command[];
  /** Who asks; known or made on first use. */
  learner(): Promise<Learner>;
  clockOf(learner: Learner): StudyClock;
  /** A command as a person types it: `typed('explain etcd')` is '/eks explain etcd'. */
  typed(text: string): string;
}

/** What came with a press beside its own parts. */
export interface Pressed {
  readonly parts: readonly string[];
  readonly values: readonly string[];
  readonly form: Readonly<Record<string, string>>;
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

export type CompletionKind = 'concept' | 'topic' | 'command' | 'time-zone';

type Replies = Reply | readonly Reply[];

/** One thing that people can ask of the bot. Its text syntax, options and help follow from `args`. */
export interface Command {
  readonly name: string;
  /** One line for help and for the platforms' own command lists. */
  readonly summary: string;
  readonly examples: readonly string[];
  /** Only for those who may change what belongs to the whole workspace. */
  readonly admin: boolean;
  /** Named arguments, in the order in which they may be typed without their names. */
  readonly args: z.ZodObject;
  /** The argument that takes all remaining words. */
  readonly rest: string | undefined;
  readonly completes: Readonly<Record<string, CompletionKind>>;
  run(context: Context, raw: Readonly<Record<string, unknown>>): Promise<Replies>;
  press(context: Context, action: string, pressed: Pressed): Promise<Replies>;
}

interface Definition<Args extends z.ZodObject> {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly admin?: boolean;
  readonly args: Args;
  readonly rest?: keyof z.infer<Args> & string;
  readonly completes?: Readonly<Partial<Record<keyof z.infer<Args> & string, CompletionKind>>>;
  run(context: Context, args: z.infer<Args>): Promise<Replies>;
  readonly presses?: Readonly<Record<string, (context: Context, pressed: Pressed) => Promise<Replies>>>;
}

/** Makes a command of its definition: arguments are checked by their schema before `run` sees them. */
export function defineCommand<Args extends z.ZodObject>(definition: Definition<Args>): Command {
  const { name, summary, examples, args, rest } = definition;
  const presses = new Map(Object.entries(definition.presses ?? {}));
  return {
    name,
    summary,
    examples,
    admin: definition.admin ?? false,
    args,
    rest,
    completes: Object.fromEntries(
      Object.entries(definition.completes ?? {}).flatMap(([key, kind]) => (kind ? [[key, kind]] : [])),
    ),
    async run(context, raw) {
      const parsed = args.safeParse(raw);
      if (!parsed.success) {
        const argument = String(parsed.error.issues[0]?.path[0]);
        const example = examples.find((text) => text.includes(`${argument}=`)) ?? examples[0] ?? name;
        throw new UserError(explainIssues(parsed.error, context.typed(example)));
      }
      return definition.run(context, parsed.data);
    },
    async press(context, action, pressed) {
      const handler = presses.get(action);
      if (handler === undefined) throw outdatedPress(context.typed(name));
      return handler(context, pressed);
    },
  };
}

/** What to say to a press whose meaning is gone: from an older version, or about notes that have changed. */
export function outdatedPress(typedCommand: string): UserError {
  return new UserError(`This button is out of date. Type \`${typedCommand}\` to go on.`);
}

function explainIssues(error: z.ZodError, example: string): string {
  const lines = error.issues.map((issue) => {
    const argument = issue.path.join('.');
    return argument === '' ? issue.message : `**${argument}**: ${issue.message}`;
  });
  return `${lines.join('\n')}\n\nFor example: \`${example}\``;
}
