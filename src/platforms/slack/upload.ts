import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Reply } from '../../bot/reply.js';
import { withPicture } from '../../bot/table/picture.js';
import { type Picture, pictureOf } from './draw.js';
import { LIMITS } from './limits.js';
import { oneLine } from './plain.js';
import { areBlocksRefused } from './trouble.js';

const Place = z.object({ upload_url: z.url(), file_id: z.string() });
const TIMEOUT_MS = 10_000;
/**
 * Slack works on an upload for a second or two, in which no message may show it. A response URL can be used five times,
 * so that a few tries and a last one are all there are.
 */
const WAITS_MS = [400, 1_000, 2_000];

/** Sends a reply: `picture` is Slack's id of the reply's picture, where it shows one. */
type Send<T> = (reply: Reply, picture: string | undefined) => Promise<T>;

/**
 * Sends a reply with its picture, or with its table as one. A picture that Slack does not take, or does not show in
 * time, keeps nobody from the reply: it is sent without.
 */
export async function sendWithPicture<T>(client: WebClient, reply: Reply, send: Send<T>): Promise<T> {
  const pictured = await withPicture(reply);
  const found = pictureOf(pictured);
  if (found === undefined) return send(reply, undefined);
  const shown = shownBefore(client);
  const key = createHash('sha256').update(found.png).update(found.alt).digest('base64');
  const known = shown.get(key);
  const again = known === undefined ? undefined : await unlessRefused(() => send(pictured, known));
  if (again !== undefined) return again.sent;
  shown.delete(key);
  const picture = await upload(client, found);
  if (picture === undefined) return send(reply, undefined);
  // Known from now on, for who must send the reply to another place.
  shown.set(key, picture);
  for (const waitMs of WAITS_MS) {
    await sleep(waitMs);
    const first = await unlessRefused(() => send(pictured, picture));
    if (first !== undefined) return first.sent;
  }
  shown.delete(key);
  return send(reply, undefined);
}

/** The ids of pictures that a workspace has, by what they show. */
const shownIn = new WeakMap<WebClient, Map<string, string>>();
const MOST_SHOWN = 200;

/** So that who goes to and fro neither waits each time nor fills the workspace with copies. */
function shownBefore(client: WebClient): Map<string, string> {
  const shown = shownIn.get(client) ?? new Map<string, string>();
  shownIn.set(client, shown);
  const [oldest] = shown.keys();
  if (shown.size > MOST_SHOWN && oldest !== undefined) shown.delete(oldest);
  return shown;
}

/** Undefined where Slack does not take the blocks. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<{ readonly sent: T } | undefined> {
  try {
    return { sent: await work() };
  } catch (error) {
    if (areBlocksRefused(error)) return undefined;
    throw error;
  }
}

/** Uploads a picture for messages to show; its id. Undefined where Slack does not take it: the message then says it in words. */
export async function upload(
  client: WebClient,
  { png, filename, alt }: Picture,
): Promise<string | undefined> {
  try {
    const about = { filename, length: png.length, alt_text: oneLine(alt, LIMITS.file.alt) };
    const { upload_url, file_id } = Place.parse(await client.files.getUploadURLExternal(about));
    const body = new Uint8Array(png);
    const sent = await fetch(upload_url, { method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!sent.ok) return undefined;
    await client.files.completeUploadExternal({ files: [{ id: file_id, title: alt.slice(0, 200) }] });
    return file_id;
  } catch {
    return undefined;
  }
}
