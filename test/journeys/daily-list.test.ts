import { expect, test } from 'vitest';
import { HOUR, MINUTE, startTown, type Town } from '../daily/channel.js';

/** A quiz that is open in the channel from half past nine on, for two hours. */
async function setUp(town: Town, channel: string): Promise<void> {
  await town.admin(channel).types('/eks daily set time=09:30 days=daily zone=UTC open=2h');
}

/** The first option of a channel's latest quiz. */
function firstOption(town: Town, channel: string): string {
  const [button] = town.platform.shown(channel).at(-1)?.buttons ?? [];
  return button?.press ?? expect.fail(`nothing is open in ${channel}`);
}

test('daily list names the channels where a quiz is open, to who has not taken part yet, and asks nothing', async () => {
  const town = await startTown();
  const ana = town.world.learner('ana');
  expect((await ana.types('/eks daily list')).text).toContain('None is open just now');
  await setUp(town, 'general');
  await setUp(town, 'platform');
  await town.live(31 * MINUTE);
  const list = await ana.types('/eks daily list');
  expect(list).toMatchObject({ visibility: 'private', buttons: [] });
  expect(list.text).toBe(
    'Open, to be answered in the channel:\n\n- [general](channel:general), until 11:30\n- [platform](channel:platform), until 11:30',
  );
  const elsewhere = await town.world.learner('eve', { workspace: 'elsewhere' }).types('/eks daily list');
  expect(elsewhere.text).toContain('None is open just now');
});

test('daily list asks the open quizzes of channels where one takes part, in private, and says what was answered', async () => {
  const town = await startTown();
  const ana = town.world.learner('ana');
  await setUp(town, 'general');
  await setUp(town, 'platform');
  await town.live(31 * MINUTE);
  await ana.pressesRaw(firstOption(town, 'general'));
  const first = await ana.types('/eks daily list');
  expect(first.text).toMatch(
    /^1\. \[general\]\(channel:general\), until 11:30, in 2 hours: answered, (✓ right|✗ not quite)\n\nAlso open, to be answered in the channel:\n\n- \[platform\]/,
  );
  expect(first.buttons).toEqual([]);
  await town.live(24 * HOUR, 10 * MINUTE);
  const list = await ana.types('/eks daily list');
  expect(list.text).toMatch(/^1\. \[general\].*: \*\*not answered\*\*\n/);
  const asked = await ana.presses('Answer');
  const posted = town.platform.shown('general').at(-1);
  expect(asked).toMatchObject({ visibility: 'private', buttons: posted?.buttons });
  expect(asked.text).not.toContain('answered yet');
  const answer = await ana.pressesRaw(asked.buttons?.[0]?.press ?? '');
  expect(answer.text).toMatch(/^(✓ \*\*Right\*\*|✗ \*\*Not quite\*\*)/);
  await ana.types('/eks daily list');
  expect(ana.seen()[0]?.text).toMatch(/^1\. \[general\].*: answered/);
  const press = list.buttons?.[0]?.press ?? '';
  await town.live(2 * HOUR, 10 * MINUTE);
  expect((await ana.pressesRaw(press)).text).toBe('This quiz is over. Its answer stands in its channel.');
  expect((await ana.types('/eks daily list')).text).toContain('None is open just now');
  expect(town.world.failures).toEqual([]);
});

test('of many open quizzes those without an answer come first, and the others are counted', async () => {
  const town = await startTown();
  const ana = town.world.learner('ana');
  await town.admin().types('/eks daily set time=09:30 days=daily zone=UTC open=2h questions=5');
  await setUp(town, 'other');
  await town.live(31 * MINUTE);
  await ana.pressesRaw(firstOption(town, 'general'));
  await ana.pressesRaw(firstOption(town, 'other'));
  const list = await ana.types('/eks daily list');
  expect(list.text.match(/not answered/g)).toHaveLength(4);
  expect(list.text).toContain('\n\nand 1 more');
  expect(list.buttons?.map(({ label }) => label)).toEqual(['Answer 1', 'Answer 2', 'Answer 3', 'Answer 4']);
});

test('of many channels elsewhere five are named, and the others are counted', async () => {
  const town = await startTown();
  for (const channel of ['a', 'b', 'c', 'd', 'e', 'f']) await setUp(town, channel);
  await town.live(31 * MINUTE, 31 * MINUTE);
  const list = await town.world.learner('ana').types('/eks daily list');
  expect(list.text).toMatch(/until 11:30\n\nand in 1 more channel$/);
});
