import { z } from 'zod';
import type { Card } from '../notes/model.js';
import type { Database } from './database.js';
import { hiddenCardsIn } from './hidden.js';
import type { Sql, SqlValue } from './sql.js';
import type { CardChanges, Cards } from './store.js';

/** Rows in one statement; SQLite takes 32,766 values at once. */
const ROWS = 500;

const CONTENT = [
  'key',
  'conceptId',
  'deck',
  'kind',
  'front',
  'back',
  'keyPoints',
  'note',
  'line',
  'endLine',
  'hash',
  'position',
] as const;

/** Values in the order of CONTENT. */
type Content = readonly SqlValue[];

const HASH = CONTENT.indexOf('hash');

function contentOf(card: Card, position: number): Content {
  return [
    card.key,
    card.concept,
    card.deck,
    card.kind,
    card.front,
    card.back,
    JSON.stringify(card.keyPoints),
    card.source.note,
    card.source.line,
    card.source.endLine,
    card.hash,
    position,
  ];
}

/** The cards of the notes, kept for good. */
export function cardsIn(database: Database): Cards {
  return {
    ...hiddenCardsIn(database),
    async sync(cards, now) {
      const contents = new Map<string, Content>(
        cards.map((card, position) => [card.id, contentOf(card, position)]),
      );
      return database.write((sql) => syncCards(sql, contents, now));
    },
  };
}

// By hand: a card added at the top moves all others by one, and the client updates one row at a time.
async function syncCards(sql: Sql, contents: ReadonlyMap<string, Content>, now: Date): Promise<CardChanges> {
  const rows = await readCards(sql);
  const changes = { added: 0, edited: 0, returned: 0, retired: 0 };
  const wanted: (readonly [string, Content])[] = [];
  for (const [id, content] of contents) {
    const row = rows.get(id);
    if (row === undefined) changes.added += 1;
    else {
      if (row.content[HASH] !== content[HASH]) changes.edited += 1;
      if (row.retired) changes.returned += 1;
    }
    const same = row?.content.every((value, index) => value === content[index]) ?? false;
    if (!same || row?.retired) wanted.push([id, content]);
  }
  const gone = [...rows].filter(([id, { retired }]) => !retired && !contents.has(id)).map(([id]) => id);
  changes.retired = gone.length;
  for (let start = 0; start < wanted.length; start += ROWS) {
    await writeCards(sql, wanted.slice(start, start + ROWS), now);
  }
  for (let start = 0; start < gone.length; start += ROWS) {
    const ids = gone.slice(start, start + ROWS);
    await sql.execute(`UPDATE "Card" SET "retiredAt" = ? WHERE "id" IN (${ids.map(() => '?')})`, [
      now,
      ...ids,
    ]);
  }
  return changes;
}

const Row = z.tuple([z.string(), z.unknown()]).rest(z.union([z.string(), z.number()]));

async function readCards(sql: Sql) {
  const rows = await sql.query(Row, `SELECT "id", "retiredAt", ${quoted(CONTENT)} FROM "Card"`, []);
  return new Map(rows.map(([id, retiredAt, ...content]) => [id, { retired: retiredAt !== null, content }]));
}

async function writeCards(sql: Sql, cards: readonly (readonly [string, Content])[], now: Date) {
  const columns = ['id', ...CONTENT, 'addedAt', 'editedAt'];
  const row = `(${columns.map(() => '?')})`;
  await sql.execute(
    `INSERT INTO "Card" (${quoted(columns)}) VALUES ${cards.map(() => row)}
      ON CONFLICT ("id") DO UPDATE SET ${CONTENT.map((name) => `"${name}" = excluded."${name}"`)},
        "editedAt" = CASE WHEN "Card"."hash" = excluded."hash" THEN "Card"."editedAt" ELSE excluded."editedAt" END,
        "retiredAt" = NULL`,
    cards.flatMap(([id, content]) => [id, ...content, now, now]),
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
