import { z } from 'zod';
import { ApiError, invalid } from './errors.js';
import { covers } from './installs.js';
import { type Ground, json, type Method, method } from './method.js';
import { viewJson } from './modals.js';
import { checkView, isTooLarge, ViewBody } from './views.js';

const view = json(z.record(z.string(), z.unknown()));

/** The view that a bot has sent; refuses what Slack would not show. */
export function readView(ground: Ground, sent: unknown, where: 'modal' | 'home'): ViewBody {
  const problems = ground.validates ? checkView(sent, where) : [];
  const parsed = ViewBody.safeParse(sent);
  if (problems.length > 0 || !parsed.success) throw invalid('invalid_arguments', problems);
  if (isTooLarge(sent)) throw new ApiError('view_too_large');
  return parsed.data;
}

/** Opening, pushing and changing modals, and publishing home pages. */
export function viewMethods(ground: Ground): Method[] {
  const { modals, acts, appId, world } = ground;
  const about = (name: string) => ({ name, auth: 'bot', scopes: [] }) as const;
  const open = method({ ...about('views.open'), args: { view, trigger_id: z.string() } }, (args) => {
    const body = readView(ground, args.view, 'modal');
    const { act } = modals.useTrigger(args.trigger_id);
    const opened = modals.open(act, body);
    acts.show(act, { how: 'modal', view: opened });
    return { view: viewJson(opened, appId) };
  });
  const push = method({ ...about('views.push'), args: { view, trigger_id: z.string() } }, (args) => {
    const body = readView(ground, args.view, 'modal');
    const { act, view: below } = modals.useTrigger(args.trigger_id);
    if (!below) throw new ApiError('not_found');
    const opened = modals.open(act, body, below);
    acts.show(act, { how: 'modal', view: opened });
    return { view: viewJson(opened, appId) };
  });
  const update = method(
    {
      ...about('views.update'),
      args: {
        view,
        view_id: z.string().optional(),
        external_id: z.string().optional(),
        hash: z.string().optional(),
      },
    },
    (args) => {
      const found = modals.find(args.view_id, args.external_id);
      const body = readView(ground, args.view, 'modal');
      modals.update(found, body, args.hash);
      acts.showView(found);
      return { view: viewJson(found, appId) };
    },
  );
  const publish = method(
    { ...about('views.publish'), args: { view, user_id: z.string(), hash: z.string().optional() } },
    (args, token) => {
      const user = world.users.get(args.user_id);
      if (!user || !covers(token.home, user.team)) throw new ApiError('invalid_arguments');
      const home = modals.publish(user, readView(ground, args.view, 'home'), args.hash);
      acts.showView(home);
      return { view: viewJson(home, appId) };
    },
  );
  return [open, push, update, publish];
}
