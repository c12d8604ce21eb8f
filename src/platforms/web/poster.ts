import { randomUUID } from 'node:crypto';
import { type Poster, PostRefused } from '../../bot/poster.js';
import type { Posts } from './posts.js';

/** The one workspace of the chat page. */
export const WORKSPACE = 'local';

/** Posts to all windows of a channel of the chat page, open now or within two days. */
export function webPoster(posts: Posts): Poster {
  return {
    post: async ({ workspace, channel }, reply, { key }) => {
      refuseOthers(workspace);
      const message = `${channel}/${key}`;
      const post = { audience: { channel }, message, reply: { ...reply, visibility: 'public' as const } };
      if (!posts.has(message)) await posts.show(post);
      return { message, thread: undefined };
    },
    find: async ({ workspace, channel }, { key }) => {
      refuseOthers(workspace);
      const message = `${channel}/${key}`;
      return posts.has(message) ? { message, thread: undefined } : undefined;
    },
    // Windows know a post for longer than the page does: an edit of an old one is shown all the same.
    edit: async ({ workspace, channel }, { message }, reply) => {
      refuseOthers(workspace);
      await posts.show({ audience: { channel }, message, reply: { ...reply, visibility: 'public' } });
    },
    tell: async (workspace, user, reply) => {
      refuseOthers(workspace);
      await posts.show({ audience: { user }, message: randomUUID(), reply });
    },
  };
}

function refuseOthers(workspace: string): void {
  if (workspace !== WORKSPACE) throw new PostRefused('gone');
}
