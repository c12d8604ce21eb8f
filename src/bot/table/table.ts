import { z } from 'zod';

/** How a cell answers; shown by a shape beside the word, so that it can be told without colours. */
export const Sign = z.enum(['yes', 'partly', 'no']);
export type Sign = z.infer<typeof Sign>;

const Cell = z.object({
  /** Undefined where nothing is known. */
  sign: Sign.exactOptional(),
  word: z.string(),
  /** A word of reservation beneath. */
  remark: z.string().exactOptional(),
});

/** A table of few words in a cell, such as what supports what. Its texts are plain, and may be hostile. */
export const Table = z.object({
  /** What the table says, in sentences, for who cannot see it; what matters most first. */
  alt: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.object({ name: z.string(), cells: z.array(Cell), isTotal: z.boolean() })),
  /** Lines beneath the table. */
  notes: z.array(z.string()),
});
export type Table = z.infer<typeof Table>;
