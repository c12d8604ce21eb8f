import { type ApiError, refusals } from './errors.js';
import { EPHEMERAL, LOADING } from './limits.js';
import type { Cause, Messages, StoredMessage, Upload } from './messages.js';
import {
  type Choice,
  callbackShape,
  choicesShape,
  type Json,
  type MessageBody,
  type Modal,
  messageShape,
  modalShape,
} from './shapes.js';
import { type Channel, secret, snowflake, type User } from './world.js';

/** What a person did, by Discord's numbers. */
export const KINDS = { command: 2, component: 3, autocomplete: 4, submission: 5 } as const;
export type Kind = keyof typeof KINDS;

/** One thing that a person did, and all that the bot has answered. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: Kind;
  readonly user: User;
  readonly channel: Channel;
  /** The message whose button was pressed, or from which a form was opened. */
  readonly source: StoredMessage | undefined;
  readonly sentAt: number;
  acknowledgedAt: number | undefined;
  /** The answer's type, once there is one. */
  answer: number | undefined;
  /** The message that '@original' names. */
  original: StoredMessage | undefined;
  readonly followUps: StoredMessage[];
  /** True once the message with the button has been changed by this interaction. */
  changedSource: boolean;
  modal: Modal | undefined;
  choices: readonly Choice[] | undefined;
}

export interface Deadlines {
  /** How long a bot has until it must answer; Discord gives it 3 s. */
  readonly answerMs: number;
  /** How long a token can be used; on Discord 15 minutes. */
  readonly tokenMs: number;
}

const PONG = 1;
const MESSAGE = 4;
const DEFERRED_MESSAGE = 5;
const DEFERRED_UPDATE = 6;
const UPDATE = 7;
const CHOICES = 8;
const MODAL = 9;

/** The interactions under way, and the rules by which a bot may answer them. */
export class Interactions {
  readonly #all = new Map<string, Interaction>();
  readonly #messages: Messages;
  readonly #deadlines: Deadlines;
  /** What waits for changes of an interaction; under undefined, for any change. */
  readonly #watchers = new Map<Interaction | undefined, Set<() => void>>();

  constructor(messages: Messages, deadlines: Deadlines) {
    this.#messages = messages;
    this.#deadlines = deadlines;
  }

  begin(kind: Kind, user: User, channel: Channel, source?: StoredMessage): Interaction {
    const interaction: Interaction = {
      id: snowflake(),
      token: secret(),
      kind,
      user,
      channel,
      source,
      sentAt: Date.now(),
      acknowledgedAt: undefined,
      answer: undefined,
      original: undefined,
      followUps: [],
      changedSource: false,
      modal: undefined,
      choices: undefined,
    };
    this.#all.set(interaction.token, interaction);
    return interaction;
  }

  /**
   * Resolves when the test holds, which is tried whenever the interaction changes, or any where none is named.
   * Rejects with what `late` says when it has not within the time.
   */
  until(test: () => boolean, limitMs: number, late: () => string, interaction?: Interaction): Promise<void> {
    const watchers = this.#watchers.get(interaction) ?? new Set();
    this.#watchers.set(interaction, watchers);
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => {
        clearTimeout(timer);
        watchers.delete(watch);
        if (interaction && watchers.size === 0) this.#watchers.delete(interaction);
        if (error) reject(error);
        else resolve();
      };
      const watch = () => test() && settle();
      const timer = setTimeout(() => settle(new Error(late())), limitMs);
      watchers.add(watch);
      watch();
    });
  }

  /** Takes a bot's first answer. */
  answer(id: string, token: string, body: unknown, files: readonly Upload[]): Interaction {
    const interaction = this.#all.get(token);
    if (interaction?.id !== id) throw refusals.unknownInteraction();
    if (interaction.answer !== undefined) throw refusals.alreadyAcknowledged();
    if (Date.now() - interaction.sentAt > this.#deadlines.answerMs) throw refusals.unknownInteraction();
    const { type, data } = callbackShape.parse(body);
    if (!allowedAnswers(interaction).includes(type)) throw wrongAnswer(allowedAnswers(interaction));
    this.#apply(interaction, type, data ?? {}, files);
    interaction.answer = type;
    interaction.acknowledgedAt = Date.now();
    this.#changed(interaction);
    return interaction;
  }

  /** Posts a follow-up; the first one after a deferral fills it and is seen by whom the deferral is. */
  followUp(token: string, body: MessageBody, files: readonly Upload[]): StoredMessage {
    const interaction = this.#usable(token);
    const { original } = interaction;
    if (original && (original.flags & LOADING) !== 0 && !original.deleted) {
      this.#messages.edit(original, body, files);
      this.#changed(interaction);
      return original;
    }
    const message = this.#messages.post(interaction.channel, body, files, causeOf(interaction));
    interaction.followUps.push(message);
    this.#changed(interaction);
    return message;
  }

  /** The message that a token gives access to; `name` is '@original' or an id. */
  messageOf(token: string, name: string): StoredMessage {
    const interaction = this.#usable(token);
    const { original, followUps } = interaction;
    const found = name === '@original' ? original : [original, ...followUps].find((one) => one?.id === name);
    if (!found || found.deleted) throw refusals.unknownMessage();
    return found;
  }

  edit(token: string, name: string, body: MessageBody, files: readonly Upload[]): StoredMessage {
    const message = this.messageOf(token, name);
    this.#messages.edit(message, body, files);
    const interaction = this.#usable(token);
    if (message === interaction.source) interaction.changedSource = true;
    this.#changed(interaction);
    return message;
  }

  remove(token: string, name: string): void {
    this.messageOf(token, name).deleted = true;
    this.#changed(this.#usable(token));
  }

  /** By a token that is known and in time, of an interaction that has been answered. */
  #usable(token: string): Interaction {
    const interaction = this.#all.get(token);
    if (!interaction || interaction.answer === undefined) throw refusals.unknownWebhook();
    if (Date.now() - interaction.sentAt > this.#deadlines.tokenMs) throw refusals.expiredToken();
    return interaction;
  }

  #apply(interaction: Interaction, type: number, data: unknown, files: readonly Upload[]): void {
    const { channel, source } = interaction;
    switch (type) {
      case MESSAGE:
        interaction.original = this.#messages.post(
          channel,
          messageShape.parse(data),
          files,
          causeOf(interaction),
        );
        return;
      case DEFERRED_MESSAGE: {
        const flags = messageShape.parse(data).flags ?? 0;
        interaction.original = this.#messages.postLoading(channel, flags, causeOf(interaction));
        return;
      }
      case DEFERRED_UPDATE:
        interaction.original = source;
        return;
      case UPDATE:
        if (source) this.#messages.edit(source, messageShape.parse(data), files);
        interaction.original = source;
        interaction.changedSource = true;
        return;
      case CHOICES:
        interaction.choices = choicesShape.parse(data).choices ?? [];
        return;
      case MODAL:
        interaction.modal = modalShape.parse(data);
        return;
    }
  }

  #changed(interaction: Interaction): void {
    for (const key of [interaction, undefined]) {
      for (const watch of [...(this.#watchers.get(key) ?? [])]) watch();
    }
  }
}

/** An interaction as the answer to a callback `with_response` shows it. */
export function interactionJson({ id, kind, original }: Interaction): Json {
  return {
    id,
    type: KINDS[kind],
    ...(original && {
      response_message_id: original.id,
      response_message_loading: (original.flags & LOADING) !== 0,
      response_message_ephemeral: isEphemeral(original),
    }),
  };
}

/** True: only the person who asked sees it. */
export const isEphemeral = ({ flags }: StoredMessage) => (flags & EPHEMERAL) !== 0;

function allowedAnswers({ kind, source }: Interaction): readonly number[] {
  if (kind === 'autocomplete') return [PONG, CHOICES];
  const replies = [PONG, MESSAGE, DEFERRED_MESSAGE];
  const updates = source ? [DEFERRED_UPDATE, UPDATE] : [];
  return [...replies, ...updates, ...(kind === 'submission' ? [] : [MODAL])];
}

function wrongAnswer(allowed: readonly number[]): ApiError {
  const message = `Value must be one of {${allowed.join(', ')}}.`;
  return refusals.invalidForm([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message }]);
}

const causeOf = ({ id, user, kind }: Interaction): Cause => ({ interactionId: id, user, type: KINDS[kind] });
