import { CardId } from '../notes/model.js';
import type { Database } from './database.js';
import type { HiddenCards } from './store.js';

/** Cards that an admin took out of use. */
export function hiddenCardsIn(database: Database): HiddenCards {
  let known: Promise<ReadonlySet<CardId>> | undefined;
  const forget = () => {
    known = undefined;
  };
  return {
    hidden() {
      const reading = known ?? readHidden(database);
      known = reading;
      reading.catch(forget);
      return reading;
    },
    async hide(card, now) {
      // By hand: a condition on the row makes the first of two admins the one who did it.
      const changed = await database.write((sql) =>
        sql.execute('UPDATE "Card" SET "hiddenAt" = ? WHERE "id" = ? AND "hiddenAt" IS NULL', [now, card]),
      );
      forget();
      return changed > 0;
    },
    async restore(card) {
      const changed = await database.write((sql) =>
        sql.execute('UPDATE "Card" SET "hiddenAt" = NULL WHERE "id" = ? AND "hiddenAt" IS NOT NULL', [card]),
      );
      forget();
      return changed > 0;
    },
    async listHidden() {
      const rows = await database.read((client) =>
        client.card.findMany({
          where: { hiddenAt: { not: null } },
          orderBy: [{ hiddenAt: 'desc' }, { id: 'asc' }],
          select: { id: true, front: true, note: true, line: true, hiddenAt: true },
        }),
      );
      return rows.flatMap(({ id, hiddenAt, ...text }) =>
        hiddenAt === null ? [] : [{ ...text, hiddenAt, card: CardId.parse(id) }],
      );
    },
  };
}

async function readHidden(database: Database): Promise<ReadonlySet<CardId>> {
  const rows = await database.read((client) =>
    client.card.findMany({ where: { hiddenAt: { not: null } }, select: { id: true } }),
  );
  return new Set(rows.map(({ id }) => CardId.parse(id)));
}
