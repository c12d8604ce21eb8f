import type { Image, Reply } from '../reply.js';
import { loadPainter, type Painter } from './paint.js';
import type { Table } from './table.js';

/** How many pictures are kept; one takes some 50 KB. */
const KEPT = 60;

/** Turns a reply's table into its picture, where the reply shows none. */
export type AddPicture = (reply: Reply) => Promise<Reply>;

/**
 * For a platform that draws tables badly. What paints is loaded for the first picture. Where it cannot be loaded, or
 * lacks a character, the reply stays as it is: its text holds the table too. Pictures are kept, for who compares goes
 * to and fro.
 */
export function addingPictures(load: () => Promise<Painter>): AddPicture {
  const kept = new Map<string, Promise<Image | undefined>>();
  let painter: Promise<Painter | undefined> | undefined;
  async function paint(table: Table): Promise<Image | undefined> {
    painter ??= load().catch(warn);
    const png = await (await painter)?.paint(table).catch(warn);
    return png && { alt: table.alt, png: png.toString('base64') };
  }
  return async (reply) => {
    const { table, image, page = 0 } = reply;
    if (table === undefined || image !== undefined || page > 0) return reply;
    const key = JSON.stringify(table);
    const picture = kept.get(key) ?? paint(table);
    // The one that was asked for last stands last.
    kept.delete(key);
    kept.set(key, picture);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    const shown = await picture;
    return shown === undefined ? reply : { ...reply, image: shown };
  };
}

/** An operator may want to know why there are no pictures; for who asked, the text says it all. */
function warn(error: unknown): undefined {
  const why = error instanceof Error ? error.message : String(error);
  process.emitWarning(`a table is shown without its picture: ${why}`);
}

/** The pictures of this process. */
export const withPicture: AddPicture = addingPictures(loadPainter);
