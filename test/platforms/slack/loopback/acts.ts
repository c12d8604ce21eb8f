import type { StoredMessage } from './messages.js';
import type { OpenView } from './modals.js';
import type { Channel, User } from './world.js';

/** What Slack tells a person whose command or press nobody has answered. */
export type Problem = 'operation_timeout' | 'dispatch_failed';

/** One thing that a person gets to see. */
export type Shown =
  | { readonly how: 'posted' | 'updated' | 'deleted'; readonly message: StoredMessage }
  | { readonly how: 'modal' | 'home'; readonly view: OpenView }
  | { readonly how: 'closed' }
  | { readonly how: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly how: 'problem'; readonly problem: Problem };

export type ActKind = 'command' | 'mention' | 'message' | 'press' | 'submission' | 'home';

/** Something that a person did, with all that came of it. */
export interface Act {
  readonly kind: ActKind;
  readonly user: User;
  readonly channel: Channel;
  /** The message whose button was pressed, or from which a form was opened. */
  readonly source: StoredMessage | undefined;
  /** What the person did to open the form that is sent here. */
  readonly parent: Act | undefined;
  /** The thread in which an answer belongs. */
  readonly threadTs: string | undefined;
  readonly shown: Shown[];
  readonly waiting: Set<() => void>;
  /** When the bot took note of it, in milliseconds after it was done. */
  acknowledgedAfter: number | undefined;
  readonly at: number;
}

/** All acts, and the finding out of which act something shown belongs to. */
export class Acts {
  readonly #byChannel = new Map<Channel, Act[]>();
  readonly #byUser = new Map<User, Act[]>();

  begin(about: Pick<Act, 'kind' | 'user' | 'channel' | 'source' | 'parent' | 'threadTs'>): Act {
    const fresh = { shown: [], waiting: new Set<() => void>(), acknowledgedAfter: undefined, at: Date.now() };
    const act: Act = { ...about, ...fresh };
    add(this.#byChannel, about.channel, act);
    add(this.#byUser, about.user, act);
    return act;
  }

  /** Shows what is known to come of one act. */
  show(act: Act, shown: Shown): void {
    act.shown.push(shown);
    for (const wake of act.waiting) wake();
  }

  /** Shows a message to everyone who waits for something where it stands and may see it. */
  showMessage(how: 'posted' | 'updated' | 'deleted', message: StoredMessage, cause?: Act): void {
    const { person } = message.channel;
    const near = person ? this.#byUser.get(person) : this.#byChannel.get(message.channel);
    const belongs = cause ? (act: Act) => descends(act, cause) : (act: Act) => concerns(act, message);
    for (const act of (near ?? []).filter(belongs)) this.show(act, { how, message });
  }

  /** Shows a changed modal where it was seen before, or a home page to who has opened it. */
  showView(view: OpenView): void {
    const how = view.body.type;
    const knows = (act: Act) => act.shown.some((shown) => 'view' in shown && shown.view === view);
    for (const act of this.#byUser.get(view.user) ?? []) {
      if (how === 'home' ? act.kind === 'home' : knows(act)) this.show(act, { how, view });
    }
  }

  /** Waits until a test holds; rejects with what `late` says. */
  until(act: Act, test: () => boolean, limitMs: number, late: () => string): Promise<void> {
    if (test()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        act.waiting.delete(look);
      };
      const look = () => {
        if (!test()) return;
        done();
        resolve();
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(late()));
      }, limitMs);
      act.waiting.add(look);
    });
  }
}

function descends(act: Act, from: Act): boolean {
  return act === from || (act.parent !== undefined && descends(act.parent, from));
}

/** A person who waits sees what comes in their own thread, or in the channel around it, or directly to them. */
function concerns(act: Act, message: StoredMessage): boolean {
  if (message.ephemeralTo !== undefined && message.ephemeralTo !== act.user.id) return false;
  if (message.channel.kind === 'direct' || message === act.source) return true;
  const { threadTs } = message;
  if (threadTs === undefined && message.ephemeralTo !== undefined) return true;
  if (act.threadTs !== undefined) return threadTs === act.threadTs;
  return threadTs === undefined || threadTs === act.source?.threadTs || threadTs === act.source?.ts;
}

function add<Key>(map: Map<Key, Act[]>, key: Key, act: Act): void {
  const earlier = map.get(key);
  if (earlier) earlier.push(act);
  else map.set(key, [act]);
}
