import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../../src/bot/reply.js';
import { serve } from '../serve.js';
import { chatDesk, picture, say } from './desk.js';

const quiz = (text: string): Reply => ({
  title: 'Quiz of the day',
  text,
  buttons: ['etcd', 'kubelet'].map((label) => ({ label, press: `answer/${label}` })),
  visibility: 'public',
});

const desk = chatDesk();
const place = { workspace: 'local', channel: 'chat' };
let keys = 0;

function post(reply: Reply) {
  keys += 1;
  return desk.poster.post(place, reply, { key: `post-${keys}`, since: new Date() });
}

const answers = (page: Page) => page.locator('.message.bot');
const saying = (page: Page, text: string) => answers(page).filter({ hasText: text });

describe('two windows of a channel', () => {
  it('both show what one was answered in public, once, and only one what is private', async () => {
    const [ada, bea] = [await desk.open(), await desk.open({})];
    await ada.getByRole('button', { name: /Your name/ }).click();
    await ada.getByLabel('Your name in this chat').fill('Ada <b>');
    await ada.getByRole('button', { name: 'Save' }).click();
    await say(ada, '/eks review');
    await say(ada, '/eks explain etcd');
    const seen = saying(bea, 'Ada <b> asked');
    await seen.getByRole('heading', { name: 'etcd' }).waitFor();
    await seen.getByRole('button', { name: 'Explain more' }).click();
    await bea.getByText('Got more/etcd').waitFor();
    expect(new Set(desk.bot.presses.map(({ origin }) => origin.user))).not.toContain(
      desk.bot.messages[0]?.origin.user,
    );
    expect(await bea.getByText('What is a Pod?').count()).toBe(0);
    expect(await ada.getByRole('heading', { name: 'etcd' }).count()).toBe(1);
    expect(await ada.getByText('Got').count()).toBe(0);
    await picture(bea, 'together');
  });

  it('both show a post, which a private answer follows and an edit changes in its place, and so does one that opens later', async () => {
    const [ada, bea] = [await desk.open(), await desk.open({})];
    const posted = await post(quiz('What stores the state?'));
    for (const page of [ada, bea]) await saying(page, 'What stores the state?').waitFor();
    await ada.getByRole('button', { name: 'kubelet' }).click();
    await ada.getByText('Got answer/kubelet').waitFor();
    expect(await bea.getByText('Got').count()).toBe(0);
    expect(await saying(ada, 'What stores the state?').count()).toBe(1);
    await desk.poster.edit(place, posted, { text: 'It was **etcd**.', visibility: 'public' });
    for (const page of [ada, bea]) {
      await saying(page, 'It was etcd.').waitFor();
      expect(await page.getByText('What stores the state?').count()).toBe(0);
    }
    // The private answer still stands below what it answers.
    expect(await answers(ada).allTextContents()).toEqual([
      expect.stringContaining('Welcome'),
      expect.stringContaining('It was etcd.'),
      expect.stringContaining('Got answer/kubelet'),
    ]);
    const later = await desk.open({});
    await saying(later, 'It was etcd.').waitFor();
    await ada.reload();
    await saying(ada, 'It was etcd.').waitFor();
    await post(quiz('And another?'));
    await saying(ada, 'And another?').waitFor();
    expect(await saying(ada, 'It was etcd.').count()).toBe(1);
  });

  it('a window that nobody looks at, or whose connection broke, gets what it missed', async () => {
    const first = await serve(desk.bot);
    const page = await desk.open({}, first.url);
    const look = (state: string) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await first.poster.post(place, quiz('one?'), { key: 'one', since: new Date() });
    await saying(page, 'one?').waitFor();
    await look('hidden');
    await first.poster.post(place, quiz('two?'), { key: 'two', since: new Date() });
    await page.waitForTimeout(300);
    expect(await saying(page, 'two?').count()).toBe(0);
    await look('visible');
    await saying(page, 'two?').waitFor();
    await first.stop();
    const again = await serve(desk.bot, { port: Number(new URL(first.url).port) });
    try {
      const yesterday = { message: 'chat/one', thread: undefined };
      await again.poster.edit(place, yesterday, { text: 'It was etcd.', visibility: 'public' });
      await saying(page, 'It was etcd.').waitFor();
      expect(await saying(page, 'one?').count()).toBe(0);
      expect(await saying(page, 'two?').count()).toBe(1);
    } finally {
      await again.stop();
    }
  });

  it('who reads further up stays there when something is posted', async () => {
    const page = await desk.open({});
    for (let at = 0; at < 3; at += 1) await say(page, '/eks explain etcd');
    const top = () => page.locator('#log').evaluate((log) => log.scrollTop);
    await page.locator('#log').evaluate((log) => log.scrollTo(0, 0));
    await post(quiz('Do you see me?'));
    await saying(page, 'Do you see me?').waitFor();
    expect(await top()).toBe(0);
  });

  it('a person is told something in each of their windows, and nobody else is', async () => {
    const [ada, bea] = [await desk.open(), await desk.open({})];
    await say(ada, 'hello');
    const user = desk.bot.messages.at(-1)?.origin.user ?? '';
    await desk.poster.tell('local', user, { text: 'The schedule is paused.', visibility: 'private' });
    await saying(ada, 'The schedule is paused.').getByText('Only you can see this').waitFor();
    expect(await bea.getByText('paused').count()).toBe(0);
  });
});
