import type { Commands } from './commands.js';
import type { Gateway } from './gateway.js';
import { type Interaction, type Interactions, isEphemeral, type Kind } from './interactions.js';
import { messageJson, type StoredMessage } from './messages.js';
import {
  commandData,
  componentData,
  interactionEvent,
  type OptionValue,
  submissionData,
} from './payloads.js';
import { findComponent, Seen, type SeenMessage } from './seen.js';
import type { Json, Modal } from './shapes.js';
import type { Channel, User } from './world.js';

/** What a seat needs of the loopback. */
export interface Surroundings {
  readonly applicationId: string;
  readonly bot: Json;
  readonly commands: Commands;
  readonly interactions: Interactions;
  readonly gateway: Gateway;
  /** How long a person waits for something to be shown. */
  readonly patienceMs: number;
}

/** One person at one place: all that they can do there. */
export class Seat {
  readonly #user: User;
  readonly #channel: Channel;
  readonly #around: Surroundings;
  readonly #events = new WeakMap<Interaction, Json>();

  constructor(user: User, channel: Channel, around: Surroundings) {
    this.#user = user;
    this.#channel = channel;
    this.#around = around;
  }

  /** Types a command, such as 'explain' or 'eks explain'; resolves when the bot has shown something. */
  async runs(command: string, options: Readonly<Record<string, OptionValue>> = {}): Promise<Seen> {
    const path = this.#around.commands.typed(command, this.#user, this.#channel);
    return this.#does('command', commandData(path, options));
  }

  /** Types in an option that offers choices; `others` are the options already filled in. */
  async completes(
    command: string,
    option: string,
    text: string,
    others: Readonly<Record<string, OptionValue>> = {},
  ): Promise<Seen> {
    const path = this.#around.commands.typed(command, this.#user, this.#channel);
    if (!path.options.some(({ name, autocomplete }) => name === option && autocomplete)) {
      throw new Error(`/${command} does not complete ${option}`);
    }
    return this.#does('autocomplete', commandData(path, { ...others, [option]: text }, option));
  }

  /** Presses a button of any message, also an old one, by its label or custom id. */
  async presses(message: SeenMessage, button: string): Promise<Seen> {
    const component = findComponent(message, button);
    if (!component) throw new Error(`the message has no button ${button}`);
    if (component.disabled) throw new Error(`the button ${button} is disabled`);
    return this.#does('component', componentData(component), this.#visible(message.stored));
  }

  /** Chooses in a select of any message, by its custom id or placeholder. */
  async chooses(message: SeenMessage, select: string, values: readonly string[]): Promise<Seen> {
    const component = findComponent(message, select);
    if (!component) throw new Error(`the message has no select ${select}`);
    return this.#does('component', componentData(component, values), this.#visible(message.stored));
  }

  /** Sends a form that was opened. */
  async submits(
    modal: Modal,
    values: Readonly<Record<string, string | readonly string[]>>,
    source?: StoredMessage,
  ): Promise<Seen> {
    return this.#does('submission', submissionData(modal, values), source);
  }

  /** Delivers an interaction again, as it was. */
  redeliver(interaction: Interaction): void {
    this.#dispatch(interaction);
  }

  async #does(kind: Kind, data: Json, source?: StoredMessage): Promise<Seen> {
    const { applicationId, bot, interactions, patienceMs } = this.#around;
    const interaction = interactions.begin(kind, this.#user, this.#channel, source);
    const message = source && messageJson(source, bot, applicationId);
    this.#events.set(interaction, interactionEvent(interaction, applicationId, data, message));
    this.#dispatch(interaction);
    const seen = new Seen(interaction, this, interactions);
    const shown = () =>
      interaction.modal !== undefined ||
      interaction.choices !== undefined ||
      interaction.original?.deleted === true ||
      seen.messages.length > 0;
    const late = () =>
      interaction.answer === undefined
        ? `The application did not respond to ${this.#user.name}`
        : `The application answered ${this.#user.name} with type ${interaction.answer} and showed nothing`;
    await interactions.until(shown, patienceMs, late, interaction);
    return seen;
  }

  #dispatch(interaction: Interaction): void {
    const event = this.#events.get(interaction);
    const guildId = 'guild' in this.#channel ? this.#channel.guild.id : undefined;
    if (event) this.#around.gateway.dispatch('INTERACTION_CREATE', event, guildId);
  }

  /** Throws where the person cannot see the message. */
  #visible(message: StoredMessage): StoredMessage {
    if (message.deleted) throw new Error('the message is gone');
    if (message.channel !== this.#channel) throw new Error('the message is elsewhere');
    if (isEphemeral(message) && message.cause?.user.id !== this.#user.id) {
      throw new Error('only who asked can see the message');
    }
    return message;
  }
}
