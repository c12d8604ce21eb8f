import { expect, test } from 'vitest';
import type { Bot } from '../../../src/bot/platform.js';
import { type ChatOptions, modes, type StartChat, startChat } from './chat.js';
import type { SeenMessage } from './loopback/seen.js';
import type { Slack } from './loopback/slack.js';

const ASKED = '/eks which-node windows pods with gpu on outposts';

async function inChannel(options: ChatOptions = {}, start: StartChat = (more) => startChat('socket', more)) {
  const chat = await start(options);
  const channel = chat.workspace.channel();
  return { ...chat, channel, ann: chat.workspace.person({ name: 'ann' }).in(channel) };
}

const picturesIn = ({ blocks }: SeenMessage) => blocks.filter(({ type }) => type === 'image');

const askedFor = (slack: Slack, method: string) =>
  slack.requests.filter((one) => one.method === method).length;

test.each([...modes])(
  'in Slack over %s the comparison has a picture beside its text',
  async (_mode, start) => {
    const { ann, slack, world } = await inChannel({}, start);
    const compared = await (await ann.runs(ASKED)).presses('Compare');
    expect(picturesIn(compared.message)).toMatchObject([
      {
        type: 'image',
        slack_file: { id: expect.stringMatching(/^F/) },
        alt_text: expect.stringContaining(
          'Windows containers: yes for Self-managed nodes, Managed node groups; no for',
        ),
      },
    ]);
    expect(compared.message.text).toContain('Managed node groups');
    const short = await compared.presses('Short answer');
    expect(picturesIn(short.message)).toEqual([]);
    expect(slack.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  },
);

test('a picture that Slack works on for a while is shown when it is ready', async () => {
  const { ann, slack, world } = await inChannel({ fileMs: 1_000 });
  const compared = await (await ann.runs(ASKED)).presses('Compare');
  expect(picturesIn(compared.message)).toHaveLength(1);
  expect(slack.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});

test('a picture that Slack is not done with in time keeps nobody from the comparison', async () => {
  const { ann, slack, world } = await inChannel({ fileMs: 60_000 });
  const compared = await (await ann.runs(ASKED)).presses('Compare');
  expect(picturesIn(compared.message)).toEqual([]);
  expect(compared.message.text).toContain('Managed node groups');
  expect(compared.message.text).not.toContain('Picture:');
  expect((await compared.presses('Short answer')).message.text).toContain('Only under conditions');
  expect(slack.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});

test.each<[string, (slack: Slack) => void]>([
  [
    'files.getUploadURLExternal',
    ({ troubles }) => troubles.refuse({ on: /^files.getUpload/, code: 'file_uploads_disabled' }),
  ],
  ['upload', ({ troubles }) => troubles.fail({ on: /^upload/, status: 503 })],
  [
    'files.completeUploadExternal',
    ({ troubles }) => troubles.refuse({ on: /^files.complete/, code: 'storage_limit_reached' }),
  ],
])('a picture that is refused at %s keeps nobody from the comparison', async (step, refuse) => {
  const { ann, slack, world } = await inChannel();
  refuse(slack);
  const compared = await (await ann.runs(ASKED)).presses('Compare');
  expect(askedFor(slack, step)).toBe(1);
  expect(picturesIn(compared.message)).toEqual([]);
  expect(compared.message.text).toContain('Managed node groups');
  expect(slack.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});

test('a picture is uploaded where its words are longer than Slack takes for a file', async () => {
  const cells = [{ sign: 'yes' as const, word: 'yes' }];
  const rows = [{ name: 'Storage', cells, isTotal: false }];
  const table = { alt: 'words '.repeat(400), columns: ['Nodes'], rows, notes: [] };
  const bot = (real: Bot): Bot => ({
    ...real,
    message: async () => [{ text: 'Compared', table, visibility: 'public' }],
  });
  const { ann, slack } = await inChannel({ bot });
  const seen = await ann.runs('/eks which-node');
  expect(picturesIn(seen.message)).toHaveLength(1);
  expect(slack.violations).toEqual([]);
});

test('the same picture is uploaded once, and anew where someone has deleted it', async () => {
  const { ann, slack } = await inChannel();
  const there = async () => (await ann.runs(ASKED)).presses('Compare');
  const [first] = picturesIn((await there()).message);
  const back = await (await there()).presses('Short answer');
  expect(picturesIn((await back.presses('Compare')).message)).toMatchObject([
    { slack_file: first?.['slack_file'] },
  ]);
  expect(askedFor(slack, 'upload')).toBe(1);
  expect(slack.violations).toEqual([]);
  slack.deleteFiles();
  expect(picturesIn((await there()).message)).toHaveLength(1);
  expect(askedFor(slack, 'upload')).toBe(2);
});

test('a comparison that is shared in the channel has its picture there too', async () => {
  const { ann, slack } = await inChannel();
  const compared = await (await ann.runs(ASKED)).presses('Compare');
  const shared = await compared.presses('Share in channel');
  expect(shared.message.ephemeral).toBe(false);
  expect(picturesIn(shared.message)).toHaveLength(1);
  expect(slack.violations).toEqual([]);
});

test('between two people a picture is uploaded once, though the bot learns only then that it may not write there', async () => {
  const { slack, workspace } = await startChat('socket');
  const between = workspace.directBetweenOthers();
  const answer = await workspace.person({ name: 'ann' }).in(between).runs(ASKED);
  const shared = await answer.presses('Share in channel');
  const bob = workspace.person({ name: 'bob' }).in(between);
  const compared = await bob.presses(shared.message, 'Compare');
  expect(picturesIn(compared.message)).toHaveLength(1);
  expect(askedFor(slack, 'upload')).toBe(1);
  expect(slack.violations).toEqual([]);
});
