import { PassThrough, Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/bot/reply.js';
import { terminalChat } from '../../../src/platforms/terminal/chat.js';
import { drawReply, pens } from '../../../src/platforms/terminal/draw.js';
import { printable } from '../../../src/platforms/terminal/printable.js';
import { fixtureBot } from '../fixture-bot.js';

class Screen extends Writable {
  text = '';
  constructor(
    readonly isTTY = false,
    readonly colours = false,
  ) {
    super();
  }
  hasColors(): boolean {
    return this.colours;
  }
  override _write(part: Buffer, _encoding: string, done: () => void): void {
    this.text += part.toString();
    done();
  }
}

/** Pipes the lines in and gives all that was printed. */
async function chat(lines: readonly string[], bot = fixtureBot(), screen = new Screen()): Promise<string> {
  const input = new PassThrough();
  input.end(lines.map((line) => `${line}\n`).join(''));
  const terminal = terminalChat({ input, output: screen, command: 'eks', user: 'ada' });
  await terminal.start(bot);
  await terminal.done;
  return screen.text;
}

const picking: Reply = {
  text: '',
  visibility: 'private',
  form: {
    title: 'Which node type?',
    press: 'p',
    submit: 'Send',
    inputs: [
      {
        name: 'needs',
        label: 'Needs',
        kind: 'choices',
        options: [
          { label: 'EBS', value: 'ebs', group: 'Disks' },
          { label: 'EFS', value: 'efs', group: 'Disks' },
          { label: 'GPU', value: 'gpu', group: 'Chips' },
        ],
        values: ['efs', 'gone'],
      },
    ],
  },
};

describe('a chat in the terminal', () => {
  it('answers piped lines in order and ends with them', async () => {
    const bot = fixtureBot();
    const text = await chat(['/eks explain etcd', '', 'hello'], bot);
    expect(bot.messages.map((message) => message.text)).toEqual(['/eks explain etcd', 'hello']);
    expect(bot.messages[0]?.origin).toMatchObject({ platform: 'terminal', user: 'ada' });
    expect(text.indexOf('backing store')).toBeLessThan(text.indexOf('You said: hello'));
    expect(text).not.toContain('\u001b');
  });

  it('keeps nested bullets nested, tables and code readable', async () => {
    const text = await chat(['/eks explain etcd']);
    expect(text).toContain('- It keeps every object as a key and a value:\n  - /registry/pods/default/web');
    expect(text).toContain('  1. A write needs a majority\n  2. With 5 members');
    expect(text).toContain('Members | Majority | May fail');
    expect(text).toContain('the manual (https://etcd.io/docs/)');
  });

  it('presses a button by its number, and the next number presses what was offered last', async () => {
    const bot = fixtureBot();
    const text = await chat(['/eks review', '1', '3', '3'], bot);
    expect(text).toContain('[1] Show the answer');
    expect(bot.presses.map(({ press }) => press)).toEqual(['reveal/1', 'rate/3']);
    expect(new Set(bot.presses.map(({ id }) => id)).size).toBe(2);
    expect(bot.messages.at(-1)?.text).toBe('3');
  });

  it('takes a number that nothing has for a slip while something is offered, else for words', async () => {
    const bot = fixtureBot();
    expect(await chat(['7', '/eks review', '7', '0'], bot)).toContain('pick from 1 to 1');
    expect(bot.messages.map(({ text }) => text)).toEqual(['7', '/eks review']);
    expect(bot.presses).toEqual([]);
  });

  it('chooses in selects by number', async () => {
    const bot = fixtureBot();
    await chat(['/eks settings', '3'], bot);
    await chat(['/eks settings', '6'], bot);
    expect(bot.presses.map(({ press, values }) => [press, ...values])).toEqual([
      ['deck', 'net'],
      ['days', 'friday'],
    ]);
  });

  it('asks a form line by line, again where an answer does not fit', async () => {
    const bot = fixtureBot();
    const lines = ['/eks form', '', 'x'.repeat(21), 'CKA', 'many', '', '3', '2', 'some notes'];
    const text = await chat(lines, bot);
    expect(bot.presses).toMatchObject([
      { press: 'plan', form: { goal: 'CKA', cards: '5', time: 'pm', notes: 'some notes' } },
    ]);
    for (const words of ['give an answer', 'at most 20', 'type a number', 'one of the numbers']) {
      expect(text).toContain(words);
    }
  });

  it('asks for several options by their numbers, under their headings, again where one is none', async () => {
    const bot = fixtureBot({ pick: [picking] });
    const text = await chat(['pick', '1,4', '3 1, 1', 'pick', '', 'pick', 'none', 'pick', 'cancel'], bot);
    expect(text).toContain('Disks\n  1. EBS\n  2. EFS\nChips\n  3. GPU\n');
    expect(text).toContain('Please type numbers from 1 to 3, such as 1,2, or none.');
    expect(bot.presses.map(({ choices }) => choices)).toEqual([
      { needs: ['gpu', 'ebs'] },
      { needs: ['efs'] },
      { needs: [] },
    ]);
  });

  it('sends nothing of a form that is left or cut off', async () => {
    const bot = fixtureBot();
    expect(await chat(['/eks form', 'CKA', 'cancel', 'hello'], bot)).toContain('You said: hello');
    await chat(['/eks form', 'CKA'], bot);
    expect(bot.presses).toEqual([]);
  });

  it('ends at exit, and when it is stopped', async () => {
    const bot = fixtureBot();
    await chat(['exit', 'hello'], bot);
    expect(bot.messages).toEqual([]);
    const terminal = terminalChat({ input: new PassThrough(), output: new Screen(), command: 'eks' });
    await terminal.start(bot);
    await terminal.stop();
    await terminal.done;
  });

  it('colours only a terminal that has colours', async () => {
    const lines = ['/eks explain etcd', 'exit'];
    const bold = '\u001b[1metcd\u001b[22m';
    expect(await chat(lines, fixtureBot(), new Screen(true, true))).toContain(bold);
    expect(await chat(lines, fixtureBot(), new Screen(true, false))).not.toContain(bold);
    expect(await chat(lines, fixtureBot(), new Screen(false, true))).not.toContain(bold);
  });
});

it('shows titles and names of fields as they stand, for a term may look like Markdown', () => {
  const reply: Reply = {
    title: '__init__',
    text: '**bold**',
    fields: [{ name: '*args*', text: '*any*' }],
    visibility: 'public',
  };
  expect(drawReply(reply, 0, pens(false)).split('\n')).toEqual(['__init__', 'bold', '*args*: any']);
});

describe('hostile text', () => {
  const evil = '\u001b[2J\u001b]0;owned\u0007\u001b]8;;http://evil\u001b\\x\u009b31m\r\b\u202e\u0000y';
  const reply: Reply = {
    title: evil,
    text: `${evil}\n\n- ${evil}\n\n| ${evil} |\n| - |\n| ${evil} |\n\n\`${evil}\` [a](http://b/${evil})`,
    fields: [{ name: evil, text: evil }],
    image: { alt: evil, png: '' },
    buttons: [{ label: evil, press: 'p' }],
    selects: [{ label: evil, press: 's', options: [{ label: evil, value: 'v', description: evil }] }],
    form: {
      title: evil,
      press: 'f',
      submit: evil,
      inputs: [{ name: 'n', label: evil, kind: 'text', hint: evil }],
    },
    visibility: 'private',
  };

  it('of every part reaches the terminal without anything it would obey', async () => {
    const text = await chat(['go', 'x'], fixtureBot({ go: [reply] }));
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
    expect(drawReply(reply, 0, pens(false))).toContain('xy');
  });

  it('never prints a control character, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/[^\P{Cc}\t\n]/u);
      }),
    );
    expect(printable('größe ✓ 日本\n\tx')).toBe('größe ✓ 日本\n\tx');
  });
});
