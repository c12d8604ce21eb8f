import type { AskGroups } from '../store/team-groups.js';
import type { Poster } from './poster.js';
import type { Reply } from './reply.js';

/** Who speaks, and where, in a platform's own opaque ids. */
export interface Origin {
  /** 'web', 'terminal', 'discord', 'slack'. */
  readonly platform: string;
  /** A Discord guild, a Slack team; 'local' on the chat page. */
  readonly workspace: string;
  readonly channel: string;
  readonly user: string;
  /** What the platform calls the user, for greeting; untrusted. */
  readonly name: string;
  /** True where the platform knows a person by one id in every workspace, as Discord does. */
  readonly userIsGlobal?: boolean;
  /** False where nothing can be posted that nobody has asked for just now, as in a terminal. */
  readonly takesPosts?: boolean;
  /** May change what belongs to the whole workspace. */
  readonly admin: boolean;
  /** Undefined where the platform has neither roles nor user groups, or does not say who has them. */
  readonly groups?: Groups | undefined;
}

/** What a platform says of the roles or user groups of a workspace, asked on behalf of one person. */
export interface Groups {
  /** What the platform calls one, such as 'role'. */
  readonly called: string;
  /** Those among some that the person has. */
  readonly theirs: AskGroups;
  /**
   * The id of the one that was typed, by its mention, name or id; undefined where there is none.
   * @throws UserError where the platform cannot say, with what can be done about it
   */
  find(typed: string): Promise<string | undefined>;
}

/** A text message or slash command; `text` is all that was typed, such as '/eks explain etcd'. */
export interface Message {
  readonly origin: Origin;
  /** The platform's id of this interaction: the same id means the same message, delivered again. */
  readonly id: string;
  readonly text: string;
}

/** A command with its arguments by name, where a platform asks for them one by one. */
export interface Invocation {
  readonly origin: Origin;
  readonly id: string;
  readonly command: string;
  readonly args: Readonly<Record<string, string | number | boolean>>;
}

/** A press on a button, a choice in a select, or a form sent. */
export interface Press {
  readonly origin: Origin;
  readonly id: string;
  readonly press: string;
  readonly values: readonly string[];
  /** The answers of a form that was sent, by the inputs' names. */
  readonly form: Readonly<Record<string, string>>;
  /** What was chosen in the form's inputs that take several options, by their names. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
}

/** An argument that someone is typing. */
export interface Typing {
  readonly origin: Origin;
  readonly command: string;
  readonly argument: string;
  readonly text: string;
}

/** What an argument could become. */
export interface Proposal {
  readonly value: string;
  readonly description: string;
}

export interface Suggestion {
  /** The whole text after accepting, such as '/eks explain etcd'. */
  readonly text: string;
  readonly label: string;
  readonly description: string;
}

/** A conversation on no platform. Never throws for what a user sends: errors become private replies. */
export interface Bot {
  message(message: Message): Promise<readonly Reply[]>;
  run(invocation: Invocation): Promise<readonly Reply[]>;
  press(press: Press): Promise<readonly Reply[]>;
  /** What could follow the text typed so far; at most 25, best first. */
  complete(origin: Origin, text: string): Promise<readonly Suggestion[]>;
  /** What an argument could become; at most 25, best first: what is due where nothing is typed yet. */
  propose(typing: Typing): Promise<readonly Proposal[]>;
  /**
   * Keeps a reply that does not fit one message, and returns the id for its buttons: `keptPage` turns to another page
   * of it, `keptForm` opens its form. A private reply is only given back to the person of the origin.
   */
  keep(origin: Origin, reply: Reply): Promise<string>;
}

/** Connects a bot to where people chat. */
export interface Platform {
  readonly name: string;
  /** Posts unasked; undefined where the platform cannot. Usable once started. */
  readonly poster?: Poster;
  /** Resolves when people can reach it. */
  start(bot: Bot): Promise<void>;
  /** Resolves when what was under way is done. */
  stop(): Promise<void>;
}
