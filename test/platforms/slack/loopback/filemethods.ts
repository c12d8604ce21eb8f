import { z } from 'zod';
import { visibleChannel } from './chatmethods.js';
import { ApiError } from './errors.js';
import { fileJson } from './files.js';
import { type Ground, json, type Method, method, whole } from './method.js';

/** The two calls around the upload of a file. */
export function fileMethods(ground: Ground): Method[] {
  const { files, messages, acts } = ground;
  const about = (name: string) => ({ name, auth: 'bot', scopes: ['files:write'] }) as const;
  const announce = method(
    {
      ...about('files.getUploadURLExternal'),
      args: {
        filename: z.string().min(1),
        length: whole,
        alt_text: z.string().max(1000).optional(),
        snippet_type: z.string().optional(),
      },
    },
    (args, token) => {
      const { filename: name, length, alt_text: altText } = args;
      const file = files.announce({ name, length, altText, team: token.home.team });
      return { upload_url: `${ground.base()}/upload/${file.id}`, file_id: file.id };
    },
  );
  const complete = method(
    {
      ...about('files.completeUploadExternal'),
      args: {
        files: json(
          z
            .array(
              z.strictObject({
                id: z.string(),
                title: z.string().optional(),
                highlight_type: z.string().optional(),
              }),
            )
            .min(1),
        ),
        channel_id: z.string().optional(),
        channels: z.string().optional(),
        thread_ts: z.string().optional(),
        initial_comment: z.string().optional(),
        blocks: json(z.array(z.record(z.string(), z.unknown()))).optional(),
      },
    },
    (args, token) => {
      const done = args.files.map(({ id, title }) => files.complete(id, title, token.home.team));
      for (const id of [args.channel_id, ...(args.channels?.split(',') ?? [])]) {
        if (id === undefined) continue;
        const channel = visibleChannel(ground, token, id);
        if (!channel.hasBot) throw new ApiError('not_in_channel');
        const place = { channel, threadTs: args.thread_ts, files: done };
        const { initial_comment: text, blocks } = args;
        acts.showMessage('posted', messages.post(place, { text, blocks }));
      }
      return { files: done.map(fileJson) };
    },
  );
  return [announce, complete];
}
