import { openStore } from '../../../src/store/open.js';
import { card, draft, NOW, person } from '../samples.js';

const store = await openStore(`file:${process.argv[2]}`);
const cards = Array.from({ length: 16 }, (_, line) => card(`card-${line}`, line));
await store.cards.sync(cards, NOW);
const { id } = await store.learners.signIn(person(), 'Ada', NOW);
// Several at once, so that the kill comes in the middle of shared transactions.
await Promise.all(
  cards.map(async (one) => {
    for (let seq = 0; ; seq += 1) {
      const idempotencyKey = `${one.id} ${seq + 1}`;
      await store.reviews.record(draft(id, one.id, seq, { idempotencyKey }));
      process.stdout.write(`${idempotencyKey}\n`);
    }
  }),
);
