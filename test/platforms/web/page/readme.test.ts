import { expect, it, onTestFinished } from 'vitest';
import { startWorld } from '../../../journeys/harness.js';
import { serve } from '../serve.js';
import { chatDesk, picture, say } from './desk.js';

const desk = chatDesk();

// Leaves a picture in artifacts/chat, of which .github/chat.png is a copy.
it('the shipped notes explain a concept and ask about it', async () => {
  const world = await startWorld();
  const { url, stop } = await serve(world.bot, { store: world.store });
  onTestFinished(stop);
  const page = await desk.open({ viewport: { width: 1000, height: 1170 }, locale: 'en-GB' }, url);
  await say(page, '/eks explain what stores cluster state?');
  await page.getByRole('heading', { name: 'etcd' }).waitFor();
  await say(page, '/eks quiz control plane');
  const question = page.locator('.message.bot').last();
  const option = question.getByRole('button', { name: /^A · / });
  // Chance may ask for an answer in writing.
  for (let tries = 0; (await option.count()) === 0 && tries < 20; tries += 1)
    await say(page, '/eks quiz control plane');
  await option.click();
  await question.getByText(/Right|Not quite/).waitFor();
  const options = question.locator('ul.marked > li');
  expect(await options.count()).toBeGreaterThan(1);
  await expect.poll(() => question.getAttribute('data-busy')).not.toBe('yes');
  await picture(page, 'chat');
  expect(world.failures).toEqual([]);
});
