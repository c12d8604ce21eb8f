import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Bot } from '../../../src/bot/platform.js';
import { type ChatOptions, startChat } from './chat.js';
import type { SeenMessage } from './loopback/seen.js';

const UPDATE = 7;
const DEFERRED_UPDATE = 6;
const NEEDS = { needs: 'windows pods with gpu on outposts' };

async function inGuild(options: ChatOptions = {}) {
  const chat = await startChat(options);
  const channel = chat.discord.channel(chat.discord.guild());
  return { ...chat, channel, ann: chat.discord.person({ name: 'ann' }).in(channel) };
}

/** Width and height of a PNG, by its header. */
function sizeOf(bytes: Uint8Array): readonly [number, number] {
  const png = Buffer.from(bytes);
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

function pictureIn(message: SeenMessage) {
  const [file, ...others] = message.files;
  expect(others).toEqual([]);
  expect(message.embeds[0]?.image?.url).toContain('picture.png');
  return file ?? expect.fail('no picture');
}

test('the comparison has a picture beside its text, with all of it in words for who cannot see it', async () => {
  const { ann, discord, world } = await inGuild();
  const compared = await (await ann.runs('which-node', NEEDS)).presses('Compare');
  const { description, bytes } = pictureIn(compared.message);
  const [width, height] = sizeOf(bytes);
  expect(width).toBeGreaterThan(700);
  expect(width).toBeLessThan(900);
  expect(height).toBeGreaterThan(500);
  expect(bytes.length).toBeLessThan(200_000);
  expect(description).toContain(
    'Windows containers: yes for Self-managed nodes, Managed node groups; no for',
  );
  expect(compared.message.text).toContain('Managed node groups');
  expect(discord.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});

test('the picture goes with the comparison, and is there again when it is asked for again', async () => {
  const { ann, discord } = await inGuild();
  const short = await ann.runs('which-node', NEEDS);
  const compared = await short.presses('Compare');
  const first = pictureIn(compared.message).bytes;
  const back = await compared.presses('Short answer');
  expect(back.message.id).toBe(short.message.id);
  expect(back.message.files).toEqual([]);
  expect(back.message.embeds.map(({ image }) => image)).toEqual([undefined]);
  const again = await back.presses('Compare');
  expect(Buffer.compare(pictureIn(again.message).bytes, first)).toBe(0);
  expect(discord.violations).toEqual([]);
});

test('a comparison that takes long is acknowledged first, and has its picture in the end', async () => {
  const slow = (bot: Bot): Bot => ({ ...bot, press: (press) => sleep(150).then(() => bot.press(press)) });
  const { ann, discord } = await inGuild({ bot: slow, platform: { acknowledgeAfterMs: 30 } });
  const compared = await (await ann.runs('which-node', NEEDS)).presses('Compare');
  expect(compared.answer).toBe(DEFERRED_UPDATE);
  pictureIn(compared.message);
  expect(discord.violations).toEqual([]);
});

test('where the bot may not attach files, the comparison stands in words alone', async () => {
  const { ann, channel, discord } = await inGuild();
  channel.closed = 'fileless';
  const compared = await (await ann.runs('which-node', NEEDS)).presses('Compare');
  expect(compared.answer).toBe(UPDATE);
  expect(compared.message.files).toEqual([]);
  expect(compared.message.text).toContain('Managed node groups');
  expect(discord.violations).toEqual([]);
});

test('a direct message has the picture too', async () => {
  const { discord } = await inGuild();
  const bob = discord.person({ name: 'bob' });
  const compared = await (await bob.in(discord.directMessage(bob)).runs('which-node', NEEDS)).presses(
    'Compare',
  );
  pictureIn(compared.message);
  expect(discord.violations).toEqual([]);
});
