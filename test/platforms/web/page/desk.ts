import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Poster } from '../../../../src/bot/poster.js';
import type { Reply } from '../../../../src/bot/reply.js';
import { type FixtureBot, fixtureBot } from '../../fixture-bot.js';
import { openBrowser } from '../browser.js';
import { type Served, serve } from '../serve.js';

const PICTURES = 'artifacts/chat';

/** A browser at the chat page, for the tests of one file. */
export interface Desk {
  readonly bot: FixtureBot;
  readonly url: string;
  readonly poster: Poster;
  /** What a page reported that no page may: script errors, a broken policy, a dialog, a request to elsewhere. */
  readonly complaints: string[];
  /** A window of the shared browser profile, or of a fresh one with these options. */
  open(options?: BrowserContextOptions, url?: string): Promise<Page>;
}

/** Opens browser and server before the tests of a file; after each, closes its windows and expects no complaint. */
export function chatDesk(replies: Readonly<Record<string, readonly Reply[]>> = {}): Desk {
  const bot = fixtureBot(replies);
  const complaints: string[] = [];
  let browser: Browser;
  let shared: BrowserContext;
  let served: Served;
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await openBrowser();
    shared = await browser.newContext({ viewport: { width: 1000, height: 800 } });
    served = await serve(bot);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });
  afterEach(async () => {
    const pages = browser.contexts().flatMap((context) => context.pages());
    await Promise.all(pages.map((page) => page.close()));
    bot.messages.length = 0;
    bot.presses.length = 0;
    expect(complaints.splice(0)).toEqual([]);
  });
  return {
    bot,
    complaints,
    get url() {
      return served.url;
    },
    get poster() {
      return served.poster;
    },
    async open(options, url = served.url) {
      const context = options === undefined ? shared : await browser.newContext(options);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      watch(page, complaints);
      await page.goto(url);
      await page.getByText('Online').waitFor();
      return page;
    },
  };
}

function watch(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('console', (message) => {
    const known = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_FAILED|status of (400|503)/.test(
      message.text(),
    );
    if (message.type() === 'error' && !known) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && hostname !== '127.0.0.1')
      complaints.push(`left this computer: ${request.url()}`);
  });
}

/** The line one types in. */
export function line(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Message' });
}

/** Types, sends and waits for one more answer. */
export async function say(page: Page, text: string): Promise<void> {
  const before = await page.locator('.message.bot').count();
  await line(page).fill(text);
  await line(page).press('Enter');
  await page.locator('.message.bot').nth(before).waitFor();
}

/** Keeps a picture of the page for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}
