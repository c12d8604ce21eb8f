import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../../../src/bot/reply.js';
import { type FixtureBot, fixtureBot } from '../../fixture-bot.js';
import { openBrowser } from '../browser.js';
import { type Served, serve } from '../serve.js';

const PICTURES = 'artifacts/chat';
let browser: Browser;
let bot: FixtureBot;
let served: Served;
/** What a page reported that no page may: errors, broken policy. */
const complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
  bot = fixtureBot({ hostile: [hostile] });
  served = await serve(bot);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});
afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
  bot.messages.length = 0;
  bot.presses.length = 0;
});

async function open(options: BrowserContextOptions = {}, url = served.url): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(5_000);
  watch(page);
  await page.goto(url);
  await page.getByText('Online').waitFor();
  return page;
}

function watch(page: Page): void {
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('console', (message) => {
    const known = /ERR_CONNECTION_REFUSED|ERR_FAILED|503/.test(message.text());
    if (message.type() === 'error' && !known) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && hostname !== '127.0.0.1')
      complaints.push(`left this computer: ${request.url()}`);
  });
}

function line(page: Page) {
  return page.getByRole('combobox', { name: 'Message' });
}

async function say(page: Page, text: string): Promise<void> {
  const before = await page.locator('.message.bot').count();
  await line(page).fill(text);
  await line(page).press('Enter');
  await page.locator('.message.bot').nth(before).waitFor();
}

function widthOf(page: Page): Promise<{ readonly inside: number; readonly window: number }> {
  return page.evaluate(() => {
    const log = document.getElementById('log');
    return {
      inside: Math.max(document.documentElement.scrollWidth, log?.scrollWidth ?? 0),
      window: innerWidth,
    };
  });
}

const script = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
const hostile: Reply = {
  title: script,
  text: `${script}\n\n[click](javascript:alert(3)) ![](javascript:alert(4)) ${'w'.repeat(300)}\n\n\`\`\`\n${script}\n\`\`\``,
  fields: [{ name: script, text: `[x](data:text/html,${script})` }],
  image: { alt: `" onload="alert(5)${script}`, png: '" onerror="alert(6)' },
  buttons: [{ label: script, press: script }],
  selects: [{ label: script, press: 's', options: [{ label: script, value: script, description: script }] }],
  form: {
    title: script,
    press: 'f',
    submit: script,
    inputs: [
      {
        name: '__proto__',
        label: script,
        kind: 'choice',
        hint: script,
        options: [{ label: script, value: script }],
      },
    ],
  },
  visibility: 'private',
};

describe('typing', () => {
  it('greets, and an example is said with one click', async () => {
    const page = await open();
    await page.screenshot({ path: `${PICTURES}/welcome.png` });
    await page.getByRole('button', { name: '/eks explain etcd' }).click();
    await page.getByRole('heading', { name: 'etcd' }).waitFor();
    expect(bot.messages.map(({ text }) => text)).toEqual(['/eks explain etcd']);
    await page.screenshot({ path: `${PICTURES}/explain.png` });
  });

  it('completes by keyboard: arrows, Tab, Enter, Escape; what was typed is sent as typed', async () => {
    const page = await open();
    await page.keyboard.type('/eks');
    const options = page.getByRole('option');
    await options.first().waitFor();
    await page.screenshot({ path: `${PICTURES}/completion.png` });
    await page.keyboard.press('Escape');
    expect(await options.count()).toBe(0);
    await page.keyboard.type(' ex');
    await options.first().waitFor();
    await page.keyboard.press('Tab');
    expect(await line(page).inputValue()).toBe('/eks explain ');
    await options.nth(2).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await line(page).getAttribute('aria-activedescendant')).toBe('completion-1');
    await page.keyboard.press('Enter');
    expect(await line(page).inputValue()).toBe('/eks explain kubelet');
    expect(bot.messages).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'etcd' }).waitFor();
    await page.keyboard.type('what stores cluster state?');
    await page.keyboard.press('Enter');
    await page.getByText('You said: what stores cluster state?').waitFor();
    expect(bot.messages.map(({ text }) => text)).toEqual([
      '/eks explain kubelet',
      'what stores cluster state?',
    ]);
  });

  it('completes by mouse', async () => {
    const page = await open();
    await page.keyboard.type('/eks explain ');
    await page.getByRole('option', { name: 'Pods' }).click();
    expect(await line(page).inputValue()).toBe('/eks explain Pods');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'etcd' }).waitFor();
  });

  it('brings earlier messages back with the arrows, and then what was being typed', async () => {
    const page = await open();
    await say(page, 'one');
    await say(page, 'two');
    await page.keyboard.type('thr');
    const seen = [];
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown']) {
      await page.keyboard.press(key);
      seen.push(await line(page).inputValue());
    }
    expect(seen).toEqual(['two', 'one', 'one', 'two', 'thr']);
  });
});

describe('pressing', () => {
  it('a double click is one press, and does not reach the buttons that take its place', async () => {
    const page = await open();
    await say(page, '/eks review');
    await page.getByRole('button', { name: 'Show the answer' }).dblclick();
    await page.getByRole('button', { name: 'Again' }).waitFor();
    await page.waitForTimeout(500);
    expect(bot.presses.map(({ press }) => press)).toEqual(['reveal/1']);
    expect(await page.getByRole('button', { name: 'Show the answer' }).count()).toBe(0);
    await page.screenshot({ path: `${PICTURES}/review.png` });
  });

  it('a whole review goes by keyboard alone', async () => {
    const page = await open();
    await page.keyboard.type('/eks review');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Show the answer' }).waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Good' }).waitFor();
    await page.waitForTimeout(450);
    await page.keyboard.press('3');
    await page.getByText('Got rate/3').waitFor();
    expect(bot.presses.map(({ press }) => press)).toEqual(['reveal/1', 'rate/3']);
    await page.keyboard.type('next');
    expect(await line(page).inputValue()).toBe('next');
  });

  it('answers follow the message unless they replace it, and private ones say so', async () => {
    const page = await open();
    await say(page, '/eks explain etcd');
    await page.getByRole('button', { name: 'Explain more' }).click();
    await page.getByText('Got more/etcd').waitFor();
    expect(await page.getByRole('heading', { name: 'etcd' }).count()).toBe(1);
    expect(await page.getByText('Only you can see this').count()).toBe(1);
  });

  it('selects send what was chosen, no fewer and no more than wanted', async () => {
    const page = await open();
    await say(page, '/eks settings');
    await page.screenshot({ path: `${PICTURES}/settings.png` });
    const several = page.getByRole('group', { name: /Remind me on/ });
    const choose = several.getByRole('button', { name: 'Choose' });
    expect(await choose.isDisabled()).toBe(true);
    await several.getByLabel('Monday').check();
    await several.getByLabel('Friday').check();
    expect(await several.getByLabel('Wednesday').isDisabled()).toBe(true);
    await choose.click();
    await page.getByText('Got days monday friday').waitFor();
    await say(page, '/eks settings');
    await page.getByLabel('Deck').selectOption('net');
    await page.locator('.select').getByRole('button', { name: 'Choose' }).click();
    await page.getByText('Got deck net').waitFor();
  });

  it('a form asks for what is required and sends every field', async () => {
    const page = await open();
    await say(page, '/eks form');
    await page.screenshot({ path: `${PICTURES}/form.png` });
    expect(await page.getByLabel('Goal').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Save plan' }).click();
    expect(bot.presses).toEqual([]);
    await page.getByLabel('Goal').fill('CKA');
    await page.getByLabel('Time of day').selectOption('pm');
    await page.getByLabel('Notes').fill('line one\nline two');
    await page.getByRole('button', { name: 'Save plan' }).click();
    await page.getByText('Got plan').waitFor();
    expect(bot.presses[0]?.form).toEqual({
      goal: 'CKA',
      cards: '5',
      time: 'pm',
      notes: 'line one\nline two',
    });
  });

  it('a picture is shown with its words', async () => {
    const page = await open();
    await say(page, '/eks picture');
    const shown = await page
      .getByRole('img', { name: 'A bar for each day' })
      .evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0));
    expect(shown).toBe(1);
  });
});

describe('who one is', () => {
  it('two windows are two learners; a reload is the same one, with the conversation', async () => {
    const page = await open();
    const second = await page.context().newPage();
    await second.goto(served.url);
    const third = await open();
    for (const one of [page, second, third]) await say(one, 'hello');
    const users = bot.messages.map(({ origin }) => origin.user);
    expect(new Set(users).size).toBe(3);
    await page.reload();
    await page.getByText('You said: hello').waitFor();
    await say(page, 'again');
    expect(bot.messages.at(-1)?.origin.user).toBe(users[0]);
    const bookmark = page.url();
    const later = await open({}, bookmark);
    await say(later, 'back');
    expect(bot.messages.at(-1)?.origin.user).toBe(users[0]);
  });

  it('a name can be given, and stays', async () => {
    const page = await open();
    await page.getByRole('button', { name: /Your name/ }).click();
    await page.getByLabel('Your name in this chat').fill('Ada <b>');
    await page.getByRole('button', { name: 'Save' }).click();
    await say(page, 'hello');
    expect(bot.messages.at(-1)?.origin.name).toBe('Ada <b>');
    await page.reload();
    await page.getByRole('button', { name: 'Your name: Ada <b>' }).waitFor();
  });
});

describe('when the bot goes away', () => {
  it('says that a message was not sent, sees the bot come back, and sends it again', async () => {
    const first = await serve(bot);
    const page = await open({}, first.url);
    await say(page, '/eks review');
    await first.stop();
    await line(page).fill('are you there?');
    await line(page).press('Enter');
    await page.getByText('Not sent. The bot cannot be reached.').waitFor();
    await page.getByText('The bot is away').waitFor();
    await page.getByRole('button', { name: 'Show the answer' }).click();
    await page.getByText('Not sent.').nth(1).waitFor();
    await page.screenshot({ path: `${PICTURES}/away.png` });
    const again = await serve(bot, Number(new URL(first.url).port));
    try {
      await page.getByText('Online').waitFor();
      for (let left = 2; left > 0; left -= 1)
        await page.getByRole('button', { name: 'Retry' }).first().click();
      await page.getByText('You said: are you there?').waitFor();
      await page.getByRole('button', { name: 'Good' }).waitFor();
      expect(await page.getByText('Not sent').count()).toBe(0);
    } finally {
      await again.stop();
    }
  });

  it('sends the same id again where only the answer was lost, even after a reload', async () => {
    const page = await open();
    await page.route('**/api/messages', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await line(page).fill('count me once');
    await line(page).press('Enter');
    await page.getByText('Not sent.').waitFor();
    await page.unroute('**/api/messages');
    await page.reload();
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('You said: count me once').waitFor();
    expect(bot.messages).toHaveLength(2);
    expect(new Set(bot.messages.map(({ id }) => id)).size).toBe(1);
  });

  it('offers no Retry where the same message can never be sent', async () => {
    const page = await open();
    const answer = { status: 400, contentType: 'application/json', body: '{"error":"That is no message."}' };
    await page.route('**/api/messages', (route) => route.fulfill(answer));
    await line(page).fill('x');
    await line(page).press('Enter');
    await page.getByText('Not sent. That is no message.').waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    complaints.splice(0, complaints.length, ...complaints.filter((one) => !/400/.test(one)));
  });
});

describe('how it looks', () => {
  const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  it('follows the system, and the toggle wins and stays', async () => {
    const page = await open({ colorScheme: 'dark' });
    const dark = await ground(page);
    await say(page, '/eks explain etcd');
    await page.screenshot({ path: `${PICTURES}/dark.png` });
    const toggle = page.getByRole('button', { name: /Theme/ });
    await toggle.click();
    expect(await toggle.getAttribute('aria-label')).toBe('Theme: light');
    const light = await ground(page);
    expect(light).not.toBe(dark);
    await page.reload();
    expect(await ground(page)).toBe(light);
  });

  it('fits a phone of 360 pixels with every kind of answer, hostile ones too', async () => {
    const page = await open({ viewport: { width: 360, height: 740 } });
    await page.screenshot({ path: `${PICTURES}/phone-welcome.png` });
    for (const name of ['explain etcd', 'quiz', 'settings', 'form', 'picture'])
      await say(page, `/eks ${name}`);
    await say(page, 'hostile');
    await say(page, 'w'.repeat(400));
    const { inside, window } = await widthOf(page);
    expect(inside).toBeLessThanOrEqual(window);
    await page.getByRole('heading', { name: 'etcd' }).scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${PICTURES}/phone.png` });
  });

  it('shows hostile text of every part as text', async () => {
    const page = await open();
    await say(page, 'hostile');
    await page.waitForTimeout(100);
    const message = page.locator('.message.bot').last();
    expect(await message.locator('script, iframe, object, a, img:not(.avatar)').count()).toBe(0);
    expect(await message.getByRole('heading', { name: script }).count()).toBeGreaterThanOrEqual(1);
    await message.getByRole('button', { name: script }).first().click();
    await page.getByText('Got').waitFor();
    expect(bot.presses[0]?.press).toBe(script);
  });

  it('keeps a long conversation within bounds over a reload', async () => {
    const page = await open();
    await page.evaluate(() => {
      const key = `eks.conversation.${sessionStorage.getItem('eks.learner')}`;
      const entry = { kind: 'mine', text: 'old', at: 0, state: 'sent' };
      const entries = Array.from({ length: 400 }, (_, at) => ({ ...entry, id: `old-${at}` }));
      sessionStorage.setItem(key, JSON.stringify(entries));
    });
    await page.reload();
    await say(page, 'new');
    await page.reload();
    await page.getByText('You said: new').waitFor();
    expect(await page.locator('.message').count()).toBe(100);
  });
});
