import { describe, expect, it } from 'vitest';
import { chatDesk, line, picture, say } from './desk.js';

const desk = chatDesk();

describe('typing', () => {
  it('greets, and an example is said with one click', async () => {
    const page = await desk.open();
    await picture(page, 'welcome');
    await page.getByRole('button', { name: '/eks explain etcd' }).click();
    await page.getByRole('heading', { name: 'etcd' }).waitFor();
    expect(desk.bot.messages.map(({ text }) => text)).toEqual(['/eks explain etcd']);
    await picture(page, 'explain');
  });

  it('completes by keyboard: arrows, Tab, Enter, Escape; what was typed is sent as typed', async () => {
    const page = await desk.open();
    await page.keyboard.type('/eks');
    const options = page.getByRole('option');
    await options.first().waitFor();
    await picture(page, 'completion');
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
    expect(desk.bot.messages).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'etcd' }).waitFor();
    await page.keyboard.type('what stores cluster state?');
    await page.keyboard.press('Enter');
    await page.getByText('You said: what stores cluster state?').waitFor();
    expect(desk.bot.messages.map(({ text }) => text)).toEqual([
      '/eks explain kubelet',
      'what stores cluster state?',
    ]);
  });

  it('completes by mouse', async () => {
    const page = await desk.open();
    await page.keyboard.type('/eks explain ');
    await page.getByRole('option', { name: 'Pods' }).click();
    expect(await line(page).inputValue()).toBe('/eks explain Pods');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'etcd' }).waitFor();
  });

  it('brings earlier messages back with the arrows, and then what was being typed', async () => {
    const page = await desk.open();
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

/** A slow double click: its second half comes down on the button that has just taken the place of the first. */
function clickWhatComes(label: string): void {
  const watching = new MutationObserver(() => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label);
    if (button === undefined) return;
    watching.disconnect();
    setTimeout(() => button.click(), 200);
  });
  watching.observe(document.body, { childList: true, subtree: true });
}

describe('pressing', () => {
  it('a double click is one press, and does not reach the buttons that take its place', async () => {
    const page = await desk.open();
    await say(page, '/eks review');
    const reveal = page.getByRole('button', { name: 'Show the answer' });
    const { x = 0 } = (await reveal.boundingBox()) ?? {};
    await page.evaluate(clickWhatComes, 'Again · 1 min');
    await reveal.dblclick();
    const again = page.getByRole('button', { name: 'Again' });
    await again.waitFor();
    expect(Math.abs(((await again.boundingBox())?.x ?? 0) - x)).toBeLessThan(5);
    await page.waitForTimeout(500);
    expect(desk.bot.presses.map(({ press }) => press)).toEqual(['reveal/1']);
    expect(await reveal.count()).toBe(0);
    await picture(page, 'review');
  });

  it('a key held down presses no button of the answer that it brings', async () => {
    const page = await desk.open();
    await say(page, '/eks review');
    await page.getByRole('button', { name: 'Show the answer' }).focus();
    await page.keyboard.down('Enter');
    await page.getByRole('button', { name: 'Again' }).focus();
    await page.waitForTimeout(500);
    await page.keyboard.down('Enter');
    await page.waitForTimeout(100);
    expect(desk.bot.presses.map(({ press }) => press)).toEqual(['reveal/1']);
  });

  it('a whole review goes by keyboard alone', async () => {
    const page = await desk.open();
    await page.keyboard.type('/eks review');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Show the answer' }).waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Good' }).waitFor();
    await page.waitForTimeout(450);
    await page.keyboard.press('3');
    await page.getByText('Got rate/3').waitFor();
    expect(desk.bot.presses.map(({ press }) => press)).toEqual(['reveal/1', 'rate/3']);
    await page.keyboard.type('next');
    expect(await line(page).inputValue()).toBe('next');
  });

  it('answers follow the message unless they replace it, and private ones say so', async () => {
    const page = await desk.open();
    await say(page, '/eks explain etcd');
    await page.getByRole('button', { name: 'Explain more' }).click();
    await page.getByText('Got more/etcd').waitFor();
    expect(await page.getByRole('heading', { name: 'etcd' }).count()).toBe(1);
    expect(await page.getByText('Only you can see this').count()).toBe(1);
  });

  it('selects send what was chosen, and nothing before a choice', async () => {
    const page = await desk.open();
    await say(page, '/eks settings');
    await picture(page, 'settings');
    const choose = page
      .locator('.select', { has: page.getByLabel('Remind me on') })
      .getByRole('button', { name: 'Choose' });
    expect(await choose.isDisabled()).toBe(true);
    await page.getByLabel('Remind me on').selectOption('friday');
    await choose.click();
    await page.getByText('Got days friday').waitFor();
    await say(page, '/eks settings');
    await page.getByLabel('Deck').selectOption('net');
    await page.locator('.select').first().getByRole('button', { name: 'Choose' }).click();
    await page.getByText('Got deck net').waitFor();
  });

  it('a form asks for what is required and sends every field', async () => {
    const page = await desk.open();
    await say(page, '/eks form');
    await picture(page, 'form');
    expect(await page.getByLabel('Goal').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Save plan' }).click();
    expect(desk.bot.presses).toEqual([]);
    await page.getByLabel('Goal').fill('CKA');
    await page.getByLabel('Time of day').selectOption('pm');
    await page.getByLabel('Notes').fill('line one\nline two');
    await page.getByRole('button', { name: 'Save plan' }).click();
    await page.getByText('Got plan').waitFor();
    expect(desk.bot.presses[0]?.form).toEqual({
      goal: 'CKA',
      cards: '5',
      time: 'pm',
      notes: 'line one\nline two',
    });
  });

  it('a picture is shown with its words', async () => {
    const page = await desk.open();
    await say(page, '/eks picture');
    const shown = await page
      .getByRole('img', { name: 'A bar for each day' })
      .evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0));
    expect(shown).toBe(1);
  });
});
