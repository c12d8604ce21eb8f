import { parse } from 'yaml';
import { z } from 'zod';
import type { LineProblem } from './lines.js';

const names = z
  .union([z.string(), z.array(z.union([z.string(), z.number()]).transform(String))])
  .transform((value) => (typeof value === 'string' ? value.split(',') : value))
  .transform((value) => value.map((name) => name.trim()).filter((name) => name !== ''));

const FrontMatterShape = z.object({
  title: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
  aliases: names.optional().catch(undefined),
  tags: names.optional().catch(undefined),
  cards: z.union([z.boolean(), z.string()]).optional().catch(undefined),
});

/** What an author may say of a whole note, between two lines `---` at its top. */
export interface FrontMatter {
  readonly title: string | undefined;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  /** False: the note is explained but never asked. */
  readonly cards: boolean;
}

/** A note that says nothing of itself. */
export const noFrontMatter: FrontMatter = { title: undefined, aliases: [], tags: [], cards: true };

/** Reads the YAML of a note's front matter; what is not understood is a warning on line 1. */
export function readFrontMatter(yaml: string, problems: LineProblem[]): FrontMatter {
  let value: unknown;
  try {
    value = parse(yaml, { maxAliasCount: 10, logLevel: 'silent' });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    problems.push({
      severity: 'warning',
      line: 1,
      message: `The front matter is not valid YAML and is ignored. Correct it or remove it. ${reason}`.trim(),
    });
    return noFrontMatter;
  }
  const read = FrontMatterShape.safeParse(value);
  if (!read.success) return noFrontMatter;
  const { title, aliases, tags, cards } = read.data;
  const off = cards === false || (typeof cards === 'string' && /^(off|no|false)$/i.test(cards));
  return { title: title?.trim() || undefined, aliases: aliases ?? [], tags: tags ?? [], cards: !off };
}
