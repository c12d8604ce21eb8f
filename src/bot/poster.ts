import type { Reply } from './reply.js';

/** A channel of a workspace, in the platform's own opaque ids. */
export interface Place {
  readonly workspace: string;
  readonly channel: string;
}

/** What the platform calls a message that it took. */
export interface Posted {
  readonly message: string;
  /** The thread below it, where one was asked for. */
  readonly thread: string | undefined;
}

/** By what a message is found again. */
export interface PostKey {
  /**
   * The same for every try to send one message, and at most 25 characters. The press of one of its buttons carries it
   * too, since a platform may keep nothing else.
   */
  readonly key: string;
  /** When it was first tried; an earlier message is not looked for. */
  readonly since: Date;
  /** Once it is aborted, nothing more is sent: a try that has taken too long cannot run into the next one. */
  readonly signal?: AbortSignal;
}

export interface PostOptions extends PostKey {
  /** True where an earlier try may have sent it: it is looked for, and sent where it is not found. */
  readonly isRepeat?: boolean;
  /** Opens a thread with this name below the message. */
  readonly thread?: string;
}

/** How many channels a platform is asked to serve at once. */
export interface PostWidth {
  readonly atOnce: number;
  /** Of one workspace. */
  readonly inWorkspace: number;
}

/** Posts where nobody has asked just now: a daily quiz, its reveal. */
export interface Poster {
  /** How many channels are best served at once, where that is not what suits most platforms. */
  readonly width?: PostWidth;
  /** @throws PostRefused where trying again is of no use; any other error where it may be. */
  post(place: Place, reply: Reply, options: PostOptions): Promise<Posted>;
  /** What an earlier try sent; undefined where nothing arrived. @throws as `post` does */
  find(place: Place, options: PostKey): Promise<Posted | undefined>;
  /** Puts a reply in the place of a message that was posted. @throws as `post` does */
  edit(place: Place, posted: Posted, reply: Reply, signal?: AbortSignal): Promise<void>;
  /** Tells a person something in private, such as an admin that a schedule was paused. @throws as `post` does */
  tell(workspace: string, user: string, reply: Reply): Promise<void>;
}

/** The platform will not take it: `gone`: there is no such channel or message any more; `forbidden`: the bot may not write there. */
export class PostRefused extends Error {
  override readonly name = 'PostRefused';
  readonly reason: 'gone' | 'forbidden';

  constructor(reason: 'gone' | 'forbidden') {
    super(reason === 'gone' ? 'the channel or the message is gone' : 'the bot may not write there');
    this.reason = reason;
  }
}
