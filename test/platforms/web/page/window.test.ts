import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../../src/bot/reply.js';
import { serve } from '../serve.js';
import { faintParts } from './contrast.js';
import { chatDesk, line, picture, say } from './desk.js';

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

const long: Reply = {
  title: 'A long answer',
  text: Array.from({ length: 80 }, (_, at) => `- line ${at}`).join('\n'),
  visibility: 'public',
};

const marked: Reply = {
  title: '__init__',
  text: '**bold**',
  fields: [{ name: '*args*', text: '*any*' }],
  visibility: 'public',
};

const charted: Reply = {
  text: '- ✓ **A** etcd\n  `███████░░░ 2`\n- **B** `kubelet ██`\n\nTeams:\n\n- **Red**: `█ ██` done\n- **B** other\n\n1. `░░░`',
  visibility: 'public',
};

const desk = chatDesk({ hostile: [hostile], long: [long], marked: [marked], charted: [charted] });

function widthOf(page: Page): Promise<{ readonly inside: number; readonly window: number }> {
  return page.evaluate(() => {
    const log = document.getElementById('log');
    return {
      inside: Math.max(document.documentElement.scrollWidth, log?.scrollWidth ?? 0),
      window: innerWidth,
    };
  });
}

describe('who one is', () => {
  it('two windows are two learners; a reload is the same one, with the conversation', async () => {
    const page = await desk.open();
    const second = await page.context().newPage();
    await second.goto(desk.url);
    const third = await desk.open({});
    for (const one of [page, second, third]) await say(one, 'hello');
    const users = desk.bot.messages.map(({ origin }) => origin.user);
    expect(new Set(users).size).toBe(3);
    await page.reload();
    await page.getByText('You said: hello').waitFor();
    await say(page, 'again');
    expect(desk.bot.messages.at(-1)?.origin.user).toBe(users[0]);
    const bookmark = page.url();
    const later = await desk.open(undefined, bookmark);
    await say(later, 'back');
    expect(desk.bot.messages.at(-1)?.origin.user).toBe(users[0]);
  });

  it('a name can be given, and stays', async () => {
    const page = await desk.open();
    await page.getByRole('button', { name: /Your name/ }).click();
    await page.getByLabel('Your name in this chat').fill('Ada <b>');
    await page.getByRole('button', { name: 'Save' }).click();
    await say(page, 'hello');
    expect(desk.bot.messages.at(-1)?.origin.name).toBe('Ada <b>');
    await page.reload();
    await page.getByRole('button', { name: 'Your name: Ada <b>' }).waitFor();
  });
});

describe('when the bot goes away', () => {
  it('says that a message was not sent, sees the bot come back, and sends it again', async () => {
    const first = await serve(desk.bot);
    const page = await desk.open(undefined, first.url);
    await say(page, '/eks review');
    await first.stop();
    await line(page).fill('are you there?');
    await line(page).press('Enter');
    await page.getByText('Not sent. The bot cannot be reached.').waitFor();
    await page.getByText('The bot is away').waitFor();
    await page.getByRole('button', { name: 'Show the answer' }).click();
    await page.getByText('Not sent.').nth(1).waitFor();
    await picture(page, 'away');
    const again = await serve(desk.bot, { port: Number(new URL(first.url).port) });
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
    const page = await desk.open();
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
    expect(desk.bot.messages).toHaveLength(2);
    expect(new Set(desk.bot.messages.map(({ id }) => id)).size).toBe(1);
  });

  it('offers no Retry where the same message can never be sent', async () => {
    const page = await desk.open();
    const answer = { status: 400, contentType: 'application/json', body: '{"error":"That is no message."}' };
    await page.route('**/api/messages', (route) => route.fulfill(answer));
    await line(page).fill('x');
    await line(page).press('Enter');
    await page.getByText('Not sent. That is no message.').waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    await page.reload();
    await page.getByText('Not sent. That is no message.').waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  });
});

describe('how it looks', () => {
  const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  it('follows the system, and the toggle wins and stays', async () => {
    const page = await desk.open({ colorScheme: 'dark' });
    const dark = await ground(page);
    await say(page, '/eks explain etcd');
    await picture(page, 'dark');
    const toggle = page.getByRole('button', { name: /Theme/ });
    await toggle.click();
    expect(await toggle.getAttribute('aria-label')).toBe('Theme: light');
    const light = await ground(page);
    expect(light).not.toBe(dark);
    await page.reload();
    expect(await ground(page)).toBe(light);
  });

  it.each(['light', 'dark'] as const)('stands out enough to be read, %s', async (colorScheme) => {
    const page = await desk.open({ colorScheme });
    for (const name of ['explain etcd', 'quiz', 'review', 'settings', 'form'])
      await say(page, `/eks ${name}`);
    await page.getByRole('button', { name: 'Show the answer' }).click();
    await page.getByRole('button', { name: 'Again' }).waitFor();
    await page.waitForTimeout(500);
    expect(await faintParts(page)).toEqual([]);
  });

  it('fits a phone of 360 pixels with every kind of answer, hostile ones too', async () => {
    const page = await desk.open({ viewport: { width: 360, height: 740 } });
    await picture(page, 'phone-welcome');
    for (const name of ['explain etcd', 'quiz', 'settings', 'form', 'picture'])
      await say(page, `/eks ${name}`);
    await say(page, 'hostile');
    await say(page, 'w'.repeat(400));
    const { inside, window } = await widthOf(page);
    expect(inside).toBeLessThanOrEqual(window);
    await page.getByRole('heading', { name: 'etcd' }).scrollIntoViewIfNeeded();
    await picture(page, 'phone');
  });

  it('an answer longer than the window is read from its beginning', async () => {
    const page = await desk.open();
    await say(page, 'long');
    const title = await page.getByRole('heading', { name: 'A long answer' }).boundingBox();
    expect(title?.y).toBeGreaterThan(50);
    expect(title?.y).toBeLessThan(300);
  });

  it('shows hostile text of every part as text', async () => {
    const page = await desk.open();
    await say(page, 'hostile');
    await page.waitForTimeout(100);
    const message = page.locator('.message.bot').last();
    expect(await message.locator('script, iframe, object, a, img:not(.avatar)').count()).toBe(0);
    expect(await message.getByRole('heading', { name: script }).count()).toBeGreaterThanOrEqual(1);
    await message.getByRole('button', { name: script }).first().click();
    await page.getByText('Got').waitFor();
    expect(desk.bot.presses[0]?.press).toBe(script);
  });

  it('shows titles and names of fields as they stand, for a term may look like Markdown', async () => {
    const page = await desk.open();
    await say(page, 'marked');
    await page.getByRole('heading', { name: '__init__', exact: true }).waitFor();
    await page.getByRole('term').getByText('*args*', { exact: true }).waitFor();
    expect(await page.locator('.card strong, .card em').allTextContents()).toEqual(['bold', 'any']);
  });

  it('draws blocks as a bar, and lists that count by themselves without bullets, and nothing else so', async () => {
    const page = await desk.open();
    await say(page, 'charted');
    const card = page.locator('.card').last();
    const bars = card
      .locator('.bar')
      .evaluateAll((all) =>
        all.map((bar) => [...bar.children].map(({ className }) => (className === 'full' ? 1 : 0)).join('')),
      );
    expect(await bars).toEqual(['1111111000', '000']);
    expect(await card.locator('code').allTextContents()).toEqual(['kubelet ██', '█ ██']);
    expect(await card.locator('ul').count()).toBe(2);
    expect(await card.locator('ul.marked > li').allTextContents()).toEqual(['✓ A etcd 2', 'B kubelet ██']);
  });

  it('runs no script but its own, even if one got into the page', async () => {
    const page = await desk.open();
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = "document.title = 'owned'";
      document.body.append(script);
    });
    expect(await page.title()).toBe('Study bot');
    await expect
      .poll(() => desk.complaints.splice(0))
      .toEqual([expect.stringMatching(/Content Security Policy/)]);
  });

  it('keeps a long conversation within bounds over a reload', async () => {
    const page = await desk.open();
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
