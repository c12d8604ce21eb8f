import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Picture } from './draw.js';

const Place = z.object({ upload_url: z.url(), file_id: z.string() });

/** Uploads a picture for messages to show; its id. Undefined where Slack does not take it: the message then says it in words. */
export async function upload(
  client: WebClient,
  { png, filename, alt }: Picture,
): Promise<string | undefined> {
  try {
    const about = { filename, length: png.length, alt_text: alt };
    const { upload_url, file_id } = Place.parse(await client.files.getUploadURLExternal(about));
    const sent = await fetch(upload_url, { method: 'POST', body: new Uint8Array(png) });
    if (!sent.ok) return undefined;
    await client.files.completeUploadExternal({ files: [{ id: file_id, title: alt.slice(0, 200) }] });
    return file_id;
  } catch {
    return undefined;
  }
}
