import { randomUUID } from 'node:crypto';
import { type Poster, PostRefused } from '../../bot/poster.js';
import type { Events } from './events.js';

/** The one workspace of the chat page. */
export const WORKSPACE = 'local';

/** Posts to all windows of a channel of the chat page, open now or within a day. */
export function webPoster(events: Events): Poster {
  return {
    post: async ({ workspace, channel }, reply, { key }) => {
      refuseOthers(workspace);
      const message = `${channel}/${key}`;
      if (!events.has(message)) events.post({ channel }, message, { ...reply, visibility: 'public' });
      return { message, thread: undefined };
    },
    // Windows know a post for longer than this process may: after a restart an edit is shown all the same.
    edit: async ({ workspace, channel }, { message }, reply) => {
      refuseOthers(workspace);
      events.post({ channel }, message, { ...reply, visibility: 'public' });
    },
    tell: async (workspace, user, reply) => {
      refuseOthers(workspace);
      events.post({ user }, randomUUID(), reply);
    },
  };
}

function refuseOthers(workspace: string): void {
  if (workspace !== WORKSPACE) throw new PostRefused('gone');
}
