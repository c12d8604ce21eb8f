import { z } from 'zod';
import { type HeldDeck, settleGone } from '../notes/edits/held.js';
import type { KnownCard } from '../notes/edits/known.js';
import { type Kept, type Matching, matchCards } from '../notes/edits/match.js';
import { cardId } from '../notes/identity.js';
import { type Card, CardId } from '../notes/model.js';
import { type Sql, type SqlValue, storable } from './sql.js';

/** What an edit of the notes did to the cards. */
export interface CardChanges {
  readonly added: number;
  /** Cards with another text, whatever the reason; the next two are among them. */
  readonly edited: number;
  /** Cards of a concept that has another name now. */
  readonly renamed: number;
  /** Cards that say something else now. */
  readonly changed: number;
  /** Cards whose text came back after they had been retired. */
  readonly returned: number;
  readonly retired: number;
}

/** What came of bringing the database to the notes. */
export interface Synced extends CardChanges {
  /** For cards of the notes that the database knows under another id: that id. */
  readonly ids: ReadonlyMap<CardId, CardId>;
  readonly held: readonly HeldDeck[];
}

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
  ].map((value) => (typeof value === 'string' ? storable(value) : value));
}

interface Row {
  readonly known: KnownCard;
  readonly content: Content;
}

/** Makes the table equal to the notes within a transaction; see Cards.sync. */
export async function syncCards(sql: Sql, cards: readonly Card[], now: Date): Promise<Synced> {
  const rows = await readRows(sql);
  const known = [...rows.values()].map((row) => row.known);
  const matching = matchCards(known, cards);
  const ids = idsOf(matching, rows);
  const { retired, held } = settleGone(matching.gone, known);
  const written = cards.flatMap((card, position) => {
    const id = ids.get(card.id) ?? card.id;
    const content = contentOf(card, position);
    const row = rows.get(id);
    const isSame = row !== undefined && !row.known.retired && isEqual(row.content, content);
    return isSame ? [] : [[id, content] as const];
  });
  const reworded = matching.kept.filter(({ card, known }) => card.hash !== known.hash);
  await inSlices(
    reworded.map(({ known }) => known.id),
    (some) => keepTexts(sql, some),
  );
  await inSlices(written, (some) => writeCards(sql, some, now));
  const texts = [...matching.added, ...reworded.map(({ card }) => card)];
  await inSlices(
    texts.map(({ id, hash, front, back }) => [ids.get(id) ?? id, hash, front, back, now]),
    (some) => writeTexts(sql, some),
  );
  const changed = matching.kept.filter(({ edit }) => edit === 'meaning').map(({ known }) => known.id);
  await inSlices(changed, (some) => stamp(sql, 'changedAt', some, now));
  await inSlices(retired, (some) => stamp(sql, 'retiredAt', some, now));
  return {
    ...counts(matching),
    retired: retired.length,
    ids,
    held,
  };
}

function counts({ kept, added }: Matching) {
  const of = (...edits: readonly Kept['edit'][]) => kept.filter(({ edit }) => edits.includes(edit)).length;
  return {
    added: added.length,
    edited: of('reworded', 'renamed', 'meaning'),
    renamed: of('renamed'),
    changed: of('meaning'),
    returned: kept.filter(({ known }) => known.retired).length,
  };
}

/** The id that each card of the notes has in the database; of those whose id it has already, nothing. */
function idsOf({ kept, added }: Matching, rows: ReadonlyMap<string, Row>): ReadonlyMap<CardId, CardId> {
  const ids = new Map<CardId, CardId>();
  const taken = new Set<string>(rows.keys());
  for (const { card, known } of kept) if (card.id !== known.id) ids.set(card.id, known.id);
  for (const { id, key } of added) {
    let free = id;
    // The id that the key gives may belong to a card that has gone on under another name.
    for (let n = 2; taken.has(free); n += 1) free = cardId(`${key}\n${n}`);
    taken.add(free);
    if (free !== id) ids.set(id, free);
  }
  return ids;
}

const isEqual = (a: Content, b: Content) => a.every((value, index) => value === b[index]);

const Columns = z.tuple([
  CardId,
  z.unknown(),
  z.string(),
  z.string(),
  z.string(),
  z.enum(['definition', 'list', 'fact', 'author']),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.number(),
  z.number(),
  z.string(),
  z.number(),
]);

async function readRows(sql: Sql): Promise<ReadonlyMap<string, Row>> {
  const rows = await sql.query(Columns, `SELECT "id", "retiredAt", ${quoted(CONTENT)} FROM "Card"`, []);
  const texts = await sql.query(
    z.tuple([z.string(), z.string()]),
    'SELECT t."cardId", t."hash" FROM "CardText" t JOIN "Card" c ON c."id" = t."cardId" WHERE t."hash" <> c."hash"',
    [],
  );
  const earlier = new Map<string, string[]>();
  for (const [id, hash] of texts) earlier.set(id, [...(earlier.get(id) ?? []), hash]);
  return new Map(
    rows.map(([id, retiredAt, ...content]) => {
      const [key, concept, deck, kind, front, back, , note, , , hash, position] = content;
      const retired = retiredAt !== null;
      const texts = { front, back, hash, earlier: earlier.get(id) ?? [] };
      return [id, { known: { id, key, concept, deck, kind, note, position, retired, ...texts }, content }];
    }),
  );
}

// By hand: a card added at the top moves all others by one, and the client updates one row at a time.
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

/** Keeps the present texts of cards about to get another one, where they are not kept yet. */
async function keepTexts(sql: Sql, ids: readonly CardId[]): Promise<void> {
  await sql.execute(
    `INSERT INTO "CardText" ("cardId", "hash", "front", "back", "since")
      SELECT "id", "hash", "front", "back", "editedAt" FROM "Card" WHERE "id" IN (${ids.map(() => '?')})
      ON CONFLICT ("cardId", "hash") DO NOTHING`,
    ids,
  );
}

/** Keeps new texts; one that the card had before holds anew from now on. */
async function writeTexts(sql: Sql, texts: readonly (readonly SqlValue[])[]): Promise<void> {
  await sql.execute(
    `INSERT INTO "CardText" ("cardId", "hash", "front", "back", "since")
      VALUES ${texts.map(() => '(?, ?, ?, ?, ?)')}
      ON CONFLICT ("cardId", "hash") DO UPDATE SET "since" = excluded."since"`,
    texts.flat(),
  );
}

/** Notes a moment on cards. */
export async function stamp(
  sql: Sql,
  column: 'changedAt' | 'retiredAt',
  ids: readonly CardId[],
  now: Date,
): Promise<void> {
  const marks = ids.map(() => '?');
  await sql.execute(`UPDATE "Card" SET "${column}" = ? WHERE "id" IN (${marks})`, [now, ...ids]);
}

/** Work on few enough rows for one statement at a time; none where there are no rows. */
export async function inSlices<T>(
  rows: readonly T[],
  work: (some: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS) await work(rows.slice(start, start + ROWS));
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
