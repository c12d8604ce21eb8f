import { expect, test } from 'vitest';
import { understandNeeds } from '../../src/advisor/understand.js';
import { writeSaid } from '../../src/commands/which-node-words.js';
import { shippedFacts } from '../advisor/shipped.js';

const facts = await shippedFacts();
const nothing = understandNeeds(facts, '');

test.each(facts.lookalikes)('$name is written so that it is read again', (lookalike) => {
  const said = { ...nothing, lookalikes: [lookalike] };
  expect(understandNeeds(facts, writeSaid(said))).toMatchObject({ ...said, query: expect.anything() });
});

test.each(facts.wideWords)('a word is written so that it asks again: $ask', (wide) => {
  const said = { ...nothing, wideWords: [wide] };
  expect(understandNeeds(facts, writeSaid(said))).toMatchObject({ ...said, query: expect.anything() });
});

test('words that mean nothing stay apart', () => {
  const said = { ...nothing, notUnderstood: ['frobnicators', 'zork', 'quux'] };
  expect(understandNeeds(facts, writeSaid(said)).notUnderstood).toEqual(said.notUnderstood);
});
