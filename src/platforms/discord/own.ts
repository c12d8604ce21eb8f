import { type Client, Routes, SnowflakeUtil } from 'discord.js';
import { z } from 'zod';
import type { Message } from './draw.js';

const Sent = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  embeds: z.array(z.object({ title: z.string().optional(), description: z.string().optional() })),
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
/** Clocks differ. */
const MARGIN_MS = 60_000;

/** Reads what Discord answers to a message that was sent. */
export function readSent(answer: unknown): Sent {
  return Sent.parse(answer);
}

/**
 * The message in a channel that the bot posted earlier, by what stands in it: Discord keeps no nonce. Undefined where
 * there is none, or where the bot may not read what was said before.
 */
export async function findOwn(
  client: Client<true>,
  channel: string,
  message: Message,
  since: Date,
): Promise<Sent | undefined> {
  const wanted = signOf(message);
  let after = idAt(since.getTime() - MARGIN_MS);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ after, limit: String(PAGE) });
    const found = z.array(Sent).parse(await client.rest.get(Routes.channelMessages(channel), { query }));
    const own = found.find((one) => isOwn(client, one) && signOf(one) === wanted);
    if (own !== undefined || found.length < PAGE) return own;
    after = found.reduce((latest, { id }) => (BigInt(id) > BigInt(latest) ? id : latest), after);
  }
  return undefined;
}

function isOwn({ user }: Client<true>, { author, interaction_metadata, webhook_id }: Sent): boolean {
  return author.id === user.id && (interaction_metadata ?? webhook_id) === undefined;
}

/** The id that Discord would give at a moment, in milliseconds. */
function idAt(time: number): string {
  const timestamp = Math.max(time, Number(SnowflakeUtil.epoch));
  return SnowflakeUtil.generate({ timestamp, increment: 0n, processId: 0n, workerId: 0n }).toString();
}

interface Signed {
  readonly embeds: readonly {
    readonly title?: string | undefined;
    readonly description?: string | undefined;
  }[];
  readonly components: readonly { readonly components?: readonly Pressable[] | undefined }[];
}

interface Pressable {
  readonly type?: unknown;
  readonly custom_id?: string | undefined;
}

/** What two tries at one message have in common: title and buttons; the text too where there are no buttons. */
function signOf({ embeds, components }: Signed): string {
  const ids = components.flatMap((row) => (row.components ?? []).map(({ custom_id }) => custom_id ?? ''));
  const [first] = embeds;
  const words = ids.length === 0 ? [first?.title, first?.description] : [first?.title];
  // Discord takes white space off both ends.
  return JSON.stringify([ids, words.map((text) => text?.replace(/\s+/g, ' ').trim() ?? '')]);
}
