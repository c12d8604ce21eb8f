import type { Act } from './acts.js';
import { ApiError } from './errors.js';
import { withIds } from './messages.js';
import type { ViewBody } from './views.js';
import { type Json, newId, secret, type User } from './world.js';

/** A modal or a home page as a person sees it now. */
export interface OpenView {
  readonly id: string;
  readonly user: User;
  /** What the person did to open it; undefined for a home page. */
  readonly act: Act | undefined;
  readonly rootId: string;
  readonly previousId: string | undefined;
  body: ViewBody;
  hash: string;
  open: boolean;
}

interface Trigger {
  readonly act: Act;
  readonly until: number;
  /** The modal in which the person pressed; further ones may be pushed upon it. */
  readonly view: OpenView | undefined;
  used: boolean;
}

const MOST_PUSHED = 3;

/** Who looks at which modals and home pages, and the trigger ids that open them. */
export class Modals {
  readonly #views = new Map<string, OpenView>();
  readonly #homes = new Map<User, OpenView>();
  readonly #triggers = new Map<string, Trigger>();
  readonly #triggerMs: number;

  constructor(triggerMs: number) {
    this.#triggerMs = triggerMs;
  }

  newTrigger(act: Act, view?: OpenView): string {
    const id = `${Date.now()}.${newId('')}.${secret(16)}`;
    this.#triggers.set(id, { act, view, until: Date.now() + this.#triggerMs, used: false });
    return id;
  }

  /** The trigger behind an id, which can be used once and for a short time. */
  useTrigger(id: string): { readonly act: Act; readonly view: OpenView | undefined } {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new ApiError('invalid_trigger_id');
    if (trigger.used) throw new ApiError('exchanged_trigger_id');
    if (trigger.until < Date.now()) throw new ApiError('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }

  /** Opens a modal, upon another one where `below` is given. */
  open(act: Act, body: ViewBody, below?: OpenView): OpenView {
    const { user } = act;
    this.#refuseTwin(user, body);
    const id = newId('V');
    const view: OpenView = {
      id,
      user,
      act: below?.act ?? act,
      rootId: below?.rootId ?? id,
      previousId: below?.id,
      body: filled(body),
      hash: newHash(),
      open: true,
    };
    if (this.stackOf(view).length > MOST_PUSHED) throw new ApiError('push_limit_reached');
    this.#views.set(id, view);
    return view;
  }

  /** Changes a view; refuses where it has changed since `hash` was read. */
  update(view: OpenView, body: ViewBody, hash: string | undefined): void {
    if (hash !== undefined && hash !== view.hash) throw new ApiError('hash_conflict');
    view.body = filled(body);
    view.hash = newHash();
  }

  find(id: string | undefined, externalId: string | undefined, user?: User): OpenView {
    const found =
      id === undefined
        ? [...this.#views.values()].findLast(
            ({ body, open, user: whose }) =>
              open && body.external_id === externalId && (user === undefined || user === whose),
          )
        : this.#views.get(id);
    if (!found?.open) throw new ApiError('not_found');
    return found;
  }

  publish(user: User, body: ViewBody, hash: string | undefined): OpenView {
    const before = this.#homes.get(user);
    if (before) {
      this.update(before, body, hash);
      return before;
    }
    const id = newId('V');
    const common = { id, user, act: undefined, rootId: id, previousId: undefined };
    const home = { ...common, body: filled(body), hash: newHash(), open: true };
    this.#homes.set(user, home);
    this.#views.set(id, home);
    return home;
  }

  homeOf(user: User): OpenView | undefined {
    return this.#homes.get(user);
  }

  /** Closes a modal; returns the one beneath, which the person sees again. */
  close(view: OpenView): OpenView | undefined {
    view.open = false;
    return this.#views.get(view.previousId ?? '');
  }

  closeAll(view: OpenView): void {
    for (const one of this.stackOf(view)) one.open = false;
  }

  /** A modal and all beneath it. */
  stackOf(view: OpenView): OpenView[] {
    const below = this.#views.get(view.previousId ?? '');
    return below ? [...this.stackOf(below), view] : [view];
  }

  #refuseTwin(user: User, { external_id: externalId }: ViewBody): void {
    if (externalId === undefined) return;
    const twin = [...this.#views.values()].some(
      ({ open, body, user: other }) => open && body.external_id === externalId && other.team === user.team,
    );
    if (twin) throw new ApiError('duplicate_external_id');
  }
}

const newHash = () => `${Date.now()}.${secret(4)}`;

const filled = (body: ViewBody): ViewBody => ({ ...body, blocks: withIds(body.blocks) });

/** A view as Slack's answers and payloads show it; `values` is what the person has filled in. */
export function viewJson(view: OpenView, appId: string, values: Json = {}): Json {
  const { body, user } = view;
  return {
    id: view.id,
    team_id: user.team.id,
    type: body.type,
    blocks: body.blocks,
    private_metadata: body.private_metadata ?? '',
    callback_id: body.callback_id ?? '',
    external_id: body.external_id ?? '',
    state: { values },
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    app_id: appId,
    app_installed_team_id: user.team.id,
    bot_id: user.team.botId,
    title: body.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    close: body.close ?? null,
    submit: body.submit ?? null,
    clear_on_close: body.clear_on_close ?? false,
    notify_on_close: body.notify_on_close ?? false,
  };
}
