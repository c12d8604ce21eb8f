import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Input, Reply } from '../../../../src/bot/reply.js';
import { startWorld } from '../../../journeys/harness.js';
import { serve } from '../serve.js';
import { faintParts } from './contrast.js';
import { chatDesk, line, picture, say } from './desk.js';

const script = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

function asking(...inputs: readonly Input[]): Reply {
  const form = { title: 'Needs', press: 'needs', submit: 'Ask', inputs };
  return { text: '', visibility: 'private', form };
}

const form = asking(
  {
    name: 'needs',
    label: 'What is needed?',
    kind: 'choices',
    hint: 'Any number',
    options: [
      { label: 'EBS', value: 'ebs', group: 'disks', description: 'Blocks' },
      { label: 'GPU', value: 'gpu', group: 'chips' },
      { label: script, value: script, group: script },
      { label: 'w'.repeat(300), value: 'wide', group: 'disks' },
    ],
    values: ['ebs', 'wide'],
  },
  {
    name: 'days',
    label: 'Days',
    kind: 'choices',
    options: [
      { label: 'Monday', value: 'mo' },
      { label: 'Friday', value: 'fr' },
    ],
    values: [],
  },
  { name: 'goal', label: 'Goal', kind: 'text', required: true },
);

const ticked = asking({
  name: 'needs',
  label: 'What is needed?',
  kind: 'choices',
  options: [{ label: 'Windows containers', value: 'windows', group: 'operating system' }],
  values: ['windows'],
});

const desk = chatDesk({ needs: [form], ticked: [ticked] });

/** A real bot behind the page. */
async function realPage(width = 1000): Promise<Page> {
  const { bot } = await startWorld();
  const served = await serve(bot);
  const page = await desk.open({ viewport: { width, height: 800 } }, served.url);
  page.once('close', () => void served.stop());
  return page;
}

const heading = (page: Page, name: string) => page.locator('summary').filter({ hasText: name }).last();
const answers = (page: Page) => page.getByText(/Needed: /);

it('sends what is ticked in all lists with the rest of the form', async () => {
  const page = await desk.open();
  await say(page, 'needs');
  await heading(page, 'chips').click();
  await page.getByLabel('GPU').check();
  await heading(page, 'disks').click();
  await page.getByLabel('EBS').uncheck();
  await page.getByLabel('Friday').check();
  await page.getByRole('button', { name: 'Ask' }).click();
  expect(desk.bot.presses).toEqual([]);
  await page.getByLabel('Goal').fill('x');
  await page.getByRole('button', { name: 'Ask' }).click();
  await page.getByText('Got needs').waitFor();
  expect(desk.bot.presses).toMatchObject([
    { form: { goal: 'x' }, choices: { needs: ['wide', 'gpu'], days: ['fr'] } },
  ]);
});

it('says on a folded heading what is ticked below it, and shows hostile options as text', async () => {
  const page = await desk.open();
  await say(page, 'needs');
  expect(await heading(page, 'disks').textContent()).toBe(`disksEBS, ${'w'.repeat(300)}`);
  await heading(page, 'chips').click();
  await page.getByLabel('GPU').check();
  await heading(page, 'chips').click();
  expect(await heading(page, 'chips').textContent()).toBe('chipsGPU');
  expect(await page.getByLabel('GPU').isVisible()).toBe(false);
  await heading(page, script).click();
  await page.getByRole('checkbox', { name: script }).check();
  expect(await page.locator('.message.bot').locator('script, img:not(.avatar)').count()).toBe(0);
});

it.each(['light', 'dark'] as const)('can be read, %s', async (colorScheme) => {
  const page = await desk.open({ colorScheme, viewport: { width: 360, height: 740 } });
  await say(page, 'needs');
  for (const name of ['disks', 'chips']) await heading(page, name).click();
  const inside = await page.evaluate(() => document.getElementById('log')?.scrollWidth ?? 0);
  expect(inside).toBeLessThanOrEqual(360);
  expect(await faintParts(page)).toEqual([]);
});

it('keeps the words whole that say on a phone what is ticked', async () => {
  const page = await desk.open({ viewport: { width: 360, height: 740 } });
  await say(page, 'ticked');
  const words = await page.locator('.ticked').evaluateAll((spans) =>
    spans.flatMap(({ firstChild }) => {
      const text = firstChild?.textContent ?? '';
      return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => {
        const range = document.createRange();
        if (firstChild) range.setStart(firstChild, index);
        if (firstChild) range.setEnd(firstChild, index + word.length);
        return `${word}: ${range.getClientRects().length}`;
      });
    }),
  );
  expect(words).toEqual(['Windows: 1', 'containers: 1']);
});

it('picks needs for a node type by keyboard alone', async () => {
  const page = await realPage();
  await line(page).fill('/eks which-node');
  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: 'What must the nodes support?' }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(focused).toBe('cost');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1);
  await picture(page, 'needs');
  await page.getByLabel('What matters most?').focus();
  await page.keyboard.type('Lowest');
  await page.keyboard.press('Tab');
  await page.keyboard.type('not hybrid');
  await page.keyboard.press('Enter');
  await answers(page).waitFor();
  expect(await answers(page).textContent()).toContain('Needed: GPU workloads (NVIDIA).');
  await page.getByText('best first for lowest cost').waitFor();
});

it('opens the needs again as they were sent, on a phone and after a reload', async () => {
  const page = await realPage(400);
  await say(page, '/eks which-node windows, gpu, ideally spot');
  await page.reload();
  await page.getByRole('button', { name: 'Change needs' }).click();
  await page.getByRole('button', { name: 'Ask' }).waitFor();
  await picture(page, 'phone-needs');
  expect(await heading(page, 'operating system').textContent()).toContain('Windows containers');
  expect(await heading(page, 'hardware').textContent()).toContain('GPU workloads');
  expect(await page.getByLabel('Anything else, in words').inputValue()).toBe('ideally spot');
  await heading(page, 'hardware').click();
  await page.getByLabel('GPU workloads').uncheck();
  await page.getByRole('button', { name: 'Ask' }).click();
  await expect.poll(() => answers(page).count()).toBe(2);
  expect(await answers(page).last().textContent()).toMatch(/Needed: Windows containers\.\s*Nice to have/);
});
