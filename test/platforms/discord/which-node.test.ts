import { expect, test } from 'vitest';
import { startChat } from './chat.js';

async function inGuild() {
  const chat = await startChat();
  const ann = chat.discord.person({ name: 'ann', nick: 'Annie' });
  return { ...chat, ann: ann.in(chat.discord.channel(chat.discord.guild())) };
}

test('an answer about node types opens its reasons and its table in the same message', async () => {
  const { ann, discord, world } = await inGuild();
  const short = await ann.runs('which-node', { needs: 'windows pods with gpu on outposts' });
  expect(short.message.ephemeral).toBe(false);
  let seen = short;
  for (const button of ['Why?', 'Compare', 'Short answer']) {
    seen = await seen.presses(button);
    expect(seen.message.id).toBe(short.message.id);
  }
  expect(seen.message.text).toBe(short.message.text);
  expect(discord.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});

test('needs are picked from lists that only who picks can see, and the answer is for all', async () => {
  const { ann, discord, world } = await inGuild();
  const lists = await ann.runs('which-node');
  expect(lists.message.ephemeral).toBe(true);
  const picked = await lists.chooses('Needs: cost, hardware, networking', ['gpu', 'spot']);
  expect(picked.message.id).toBe(lists.message.id);
  const preferred = await picked.chooses('What matters most?', ['cheapest']);
  expect(preferred.message.text).toContain('best first for lowest cost');
  const answer = await preferred.presses('Answer here');
  expect(answer.message.ephemeral).toBe(false);
  expect(answer.message.id).not.toBe(lists.message.id);
  const change = await answer.presses('Change needs');
  const form = await change.presses('Say it in words');
  const worded = await form.submits({ needs: 'windows' });
  expect(worded.message.text).toContain('Needed: Windows containers.');
  expect(discord.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});
