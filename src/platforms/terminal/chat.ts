import { randomUUID } from 'node:crypto';
import { createInterface, type Interface } from 'node:readline';
import type { Bot, Origin, Platform, Press } from '../../bot/platform.js';
import type { Form, Reply } from '../../bot/reply.js';
import { type Choice, choicesOf, drawOptions, drawReply, pens } from './draw.js';
import { chosenAtFirst, type Read, readAnswer, readChoices } from './filled.js';
import { printable } from './printable.js';

export interface TerminalChatOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; hasColors?(): boolean };
  /** The slash command's name without the slash. */
  readonly command: string;
  /** Names the learner across runs; 'me' where absent. */
  readonly user?: string;
  readonly name?: string;
}

/** A chat in the terminal; `done` resolves when the person leaves or the piped input ends, and all was answered. */
export interface TerminalChat extends Platform {
  readonly done: Promise<void>;
}

/** Chats line by line: numbers press what the last answer offers; colours only on a terminal that wants them. */
export function terminalChat(options: TerminalChatOptions): TerminalChat {
  let finish: (outcome: Promise<void> | undefined) => void = () => {};
  const done = new Promise<void>((resolve) => {
    finish = (outcome) => resolve(outcome);
  });
  let lines: Interface | undefined;
  return {
    name: 'terminal',
    done,
    start: async (bot) => {
      const opened = openLines(bot, options);
      lines = opened;
      finish(new Conversation(bot, options, opened).run());
    },
    stop: async () => {
      lines?.close();
      if (lines === undefined) finish(undefined);
      await done;
    },
  };
}

function originOf({ user = 'me', name = user }: TerminalChatOptions): Origin {
  const place = { platform: 'terminal', workspace: 'local', channel: 'terminal', takesPosts: false };
  return { ...place, user, name, admin: true };
}

function openLines(bot: Bot, options: TerminalChatOptions): Interface {
  const { input, output } = options;
  const terminal = output.isTTY === true;
  const completer = (line: string, answer: (error: null, result: [string[], string]) => void): void => {
    const found = bot.complete(originOf(options), line).then((all) => all.map(({ text }) => printable(text)));
    found.then(
      (texts) => answer(null, [texts, line]),
      () => answer(null, [[], line]),
    );
  };
  const lines = createInterface({ input, output, terminal, ...(terminal && { completer }) });
  return lines.on('SIGINT', () => lines.close());
}

class Conversation {
  readonly #bot: Bot;
  readonly #origin: Origin;
  readonly #output: TerminalChatOptions['output'];
  readonly #command: string;
  readonly #reader: Interface;
  readonly #lines: AsyncIterator<string>;
  readonly #pens;
  #choices: readonly Choice[] = [];

  constructor(bot: Bot, options: TerminalChatOptions, lines: Interface) {
    const { output, command } = options;
    this.#bot = bot;
    this.#origin = originOf(options);
    this.#output = output;
    this.#command = command;
    this.#reader = lines;
    this.#lines = lines[Symbol.asyncIterator]();
    this.#pens = pens(output.isTTY === true && output.hasColors?.() === true);
  }

  async run(): Promise<void> {
    if (this.#output.isTTY) this.#greet();
    for (;;) {
      const line = await this.#ask('> ');
      if (line === undefined || /^(exit|quit)$/i.test(line.trim())) break;
      if (line.trim() !== '') await this.#hear(line.trim());
    }
    this.#reader.close();
  }

  #greet(): void {
    const { bold, dim } = this.#pens;
    this.#print(`${bold('Study bot')}\nTry /${this.#command} help. A number picks what is offered.`);
    this.#print(dim('Tab completes, exit or Ctrl-D leaves.'));
  }

  async #hear(line: string): Promise<void> {
    const number = /^\d+$/.test(line) ? Number(line) : undefined;
    const chosen = number === undefined ? undefined : this.#choices[number - 1];
    if (chosen !== undefined) {
      const { press, value } = chosen;
      await this.#press({ press, values: value === undefined ? [] : [value], form: {} });
    } else if (number !== undefined && this.#choices.length > 0) {
      this.#print(`Nothing here has that number; pick from 1 to ${this.#choices.length}.`);
    } else {
      await this.#show(await this.#bot.message({ origin: this.#origin, id: randomUUID(), text: line }));
    }
  }

  async #press(press: Pick<Press, 'press' | 'values' | 'form' | 'choices'>): Promise<void> {
    await this.#show(await this.#bot.press({ origin: this.#origin, id: randomUUID(), ...press }));
  }

  async #show(replies: readonly Reply[]): Promise<void> {
    this.#choices = choicesOf(replies);
    let offset = 0;
    for (const reply of replies) {
      this.#print(`\n${drawReply(reply, offset, this.#pens)}\n`);
      offset += choicesOf([reply]).length;
    }
    for (const { form } of replies) {
      if (form !== undefined) await this.#fill(form);
    }
  }

  async #fill(form: Form): Promise<void> {
    this.#print(`${this.#pens.bold(printable(form.title))} ${this.#pens.dim('(cancel leaves the form)')}`);
    const answers: Record<string, string> = {};
    const choices: Record<string, readonly string[]> = {};
    for (const input of form.inputs) {
      if (input.hint) this.#print(this.#pens.dim(printable(input.hint)));
      for (const line of drawOptions(input.options ?? [], this.#pens)) this.#print(line);
      const line = await (input.kind === 'choices'
        ? this.#until(input.label, chosenAtFirst(input), (typed) => readChoices(input, typed))
        : this.#until(input.label, input.value, (typed) => readAnswer(input, typed)));
      if (line === undefined) {
        this.#print('Left the form; nothing was sent.');
        return;
      }
      if (typeof line === 'string') answers[input.name] = line;
      else choices[input.name] = line;
    }
    await this.#press({ press: form.press, values: [], form: answers, choices });
  }

  /** Asks until the answer can be read; undefined when the person leaves. */
  async #until<T>(
    label: string,
    given: string | undefined,
    read: (typed: string) => Read<T>,
  ): Promise<T | undefined> {
    const standing = given ? ` [${printable(given)}]` : '';
    for (;;) {
      const line = await this.#ask(`${printable(label)}${standing}: `);
      if (line === undefined || line.trim().toLowerCase() === 'cancel') return undefined;
      const answer = read(line.trim() || (given ?? ''));
      if ('value' in answer) return answer.value;
      this.#print(answer.fault);
    }
  }

  async #ask(prompt: string): Promise<string | undefined> {
    if (this.#output.isTTY) {
      this.#reader.setPrompt(prompt);
      this.#reader.prompt();
    }
    const next = await this.#lines.next();
    return next.done ? undefined : next.value;
  }

  #print(text: string): void {
    this.#output.write(`${text}\n`);
  }
}
