import { expect, it } from 'vitest';
import { advise } from '../../../../src/advisor/advise.js';
import { compareTypes, comparisonText } from '../../../../src/advisor/comparison.js';
import { understandNeeds } from '../../../../src/advisor/understand.js';
import { comparisonTable } from '../../../../src/commands/which-node-table.js';
import { shippedFacts } from '../../../advisor/shipped.js';
import { chatDesk, picture, say } from './desk.js';

const facts = await shippedFacts();
const needs = [...facts.capabilities.keys()].filter((id) => ['windows', 'gpu', 'arm', 'spot'].includes(id));
const compared = compareTypes(facts, advise(facts, { ...understandNeeds(facts, ''), needs }));
const table = comparisonTable(compared, []) ?? expect.fail('no table');
const desk = chatDesk({
  compare: [{ title: 'Which node type?', text: comparisonText(compared), table, visibility: 'public' }],
});

it('a comparison of node types is a table of the page, and needs no picture', async () => {
  const page = await desk.open({ viewport: { width: 360, height: 740 } });
  await say(page, 'compare');
  await picture(page, 'comparison');
  const answer = page.locator('.message.bot').last();
  expect(await answer.getByRole('columnheader').allTextContents()).toEqual([
    'Node type',
    'A',
    'B',
    'C',
    'D',
    'All',
  ]);
  expect(await answer.getByRole('row').count()).toBe(6);
  expect(await answer.getByRole('img').count()).toBe(0);
});

it('a comparison of four needs is seen whole on a phone', async () => {
  const page = await desk.open({ viewport: { width: 360, height: 740 } });
  await say(page, 'compare');
  const hidden = await page
    .locator('.wide')
    .last()
    .evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(hidden).toBe(0);
});
