import type { Card } from '../notes/model.js';
import type { Database, Transaction } from './database.js';
import type { CardModel } from './generated/sqlite/models/Card.js';
import type { CardChanges, Cards } from './store.js';

/** Rows in one statement; SQLite takes 32,766 values at once. */
const ROWS = 500;

type Content = Omit<CardModel, 'id' | 'addedAt' | 'editedAt' | 'retiredAt'>;

function contentOf(card: Card, position: number): Content {
  return {
    key: card.key,
    conceptId: card.concept,
    deck: card.deck,
    kind: card.kind,
    front: card.front,
    back: card.back,
    keyPoints: JSON.stringify(card.keyPoints),
    note: card.source.note,
    line: card.source.line,
    endLine: card.source.endLine,
    hash: card.hash,
    position,
  };
}

function sameContent(row: CardModel, content: Content): boolean {
  return Object.entries(content).every(([name, value]) => Reflect.get(row, name) === value);
}

/** The cards of the notes, kept for good. */
export function cardsIn(database: Database): Cards {
  return {
    async sync(cards, now) {
      const contents = new Map(cards.map((card, position) => [card.id, contentOf(card, position)]));
      return database.change((tx) => syncCards(tx, contents, now));
    },
  };
}

async function syncCards(
  tx: Transaction,
  contents: ReadonlyMap<string, Content>,
  now: Date,
): Promise<CardChanges> {
  const rows = new Map((await tx.card.findMany()).map((row) => [row.id, row]));
  const changes = { added: 0, edited: 0, returned: 0, retired: 0 };
  const fresh: CardModel[] = [];
  for (const [id, content] of contents) {
    const row = rows.get(id);
    if (row === undefined) {
      changes.added += 1;
      fresh.push({ id, ...content, addedAt: now, editedAt: now, retiredAt: null });
      continue;
    }
    const edited = row.hash !== content.hash;
    const returned = row.retiredAt !== null;
    if (edited) changes.edited += 1;
    if (returned) changes.returned += 1;
    if (returned || !sameContent(row, content)) {
      const editedAt = edited ? now : row.editedAt;
      await tx.card.update({ where: { id }, data: { ...content, editedAt, retiredAt: null } });
    }
  }
  for (let start = 0; start < fresh.length; start += ROWS) {
    await tx.card.createMany({ data: fresh.slice(start, start + ROWS) });
  }
  const gone = [...rows.values()].filter((row) => row.retiredAt === null && !contents.has(row.id));
  for (let start = 0; start < gone.length; start += ROWS) {
    const ids = gone.slice(start, start + ROWS).map((row) => row.id);
    await tx.card.updateMany({ where: { id: { in: ids } }, data: { retiredAt: now } });
  }
  changes.retired = gone.length;
  return changes;
}
