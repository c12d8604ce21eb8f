import { type Client, Routes, SnowflakeUtil } from 'discord.js';
import { z } from 'zod';
import type { PostKey } from '../../bot/poster.js';

const Sent = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  components: z
    .array(z.object({ components: z.array(z.object({ custom_id: z.string().optional() })).optional() }))
    .default([]),
  /** Only answers to an interaction have these. */
  interaction_metadata: z.unknown().optional(),
  webhook_id: z.unknown().optional(),
  thread: z.object({ id: z.string() }).optional(),
});

/** A message as Discord tells of it, whether just sent or found. */
export type Sent = z.infer<typeof Sent>;

const PAGE = 100;
const MOST_PAGES = 20;
/** Clocks differ, and what is looked for cannot be taken for anything else. */
const MARGIN_MS = 15 * 60_000;

/** Reads what Discord answers to a message that was sent. */
export function readSent(answer: unknown): Sent {
  return Sent.parse(answer);
}

/**
 * The message in a channel that the bot posted earlier, by a button whose press carries the key: Discord keeps no nonce,
 * and words may have changed since. Undefined where there is none, or where the bot may not read what was said before.
 */
export async function findOwn(
  client: Client<true>,
  channel: string,
  { key, since, signal }: PostKey,
): Promise<Sent | undefined> {
  let after = idAt(since.getTime() - MARGIN_MS);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ after, limit: String(PAGE) });
    const asked = { query, ...(signal && { signal }) };
    const found = z.array(Sent).parse(await client.rest.get(Routes.channelMessages(channel), asked));
    const own = found.find(
      (one) => isOwn(client, one) && pressesOf(one).some((press) => press.includes(key)),
    );
    if (own !== undefined || found.length < PAGE) return own;
    after = found.reduce((latest, { id }) => (BigInt(id) > BigInt(latest) ? id : latest), after);
  }
  return undefined;
}

function pressesOf({ components }: Sent): readonly string[] {
  return components.flatMap((row) => (row.components ?? []).flatMap(({ custom_id }) => custom_id ?? []));
}

function isOwn({ user }: Client<true>, { author, interaction_metadata, webhook_id }: Sent): boolean {
  return author.id === user.id && (interaction_metadata ?? webhook_id) === undefined;
}

/** The id that Discord would give at a moment, in milliseconds. */
function idAt(time: number): string {
  const timestamp = Math.max(time, Number(SnowflakeUtil.epoch));
  return SnowflakeUtil.generate({ timestamp, increment: 0n, processId: 0n, workerId: 0n }).toString();
}
