import { type Interaction, type Interactions, isEphemeral } from './interactions.js';
import { LOADING } from './limits.js';
import { pingsOf, type StoredFile, type StoredMessage } from './messages.js';
import type { Seat } from './seat.js';
import { allComponents, type Choice, type Component, type Embed, type Modal } from './shapes.js';

const BUTTON = 2;
const STRING_SELECT = 3;

/** A message as a person sees it at this moment. */
export class SeenMessage {
  readonly stored: StoredMessage;

  constructor(stored: StoredMessage) {
    this.stored = stored;
  }

  get id(): string {
    return this.stored.id;
  }

  get content(): string {
    return this.stored.content;
  }

  get embeds(): readonly Embed[] {
    return this.stored.embeds;
  }

  get components(): readonly Component[] {
    return this.stored.components;
  }

  get flags(): number {
    return this.stored.flags;
  }

  get files(): readonly StoredFile[] {
    return this.stored.files;
  }

  get ephemeral(): boolean {
    return isEphemeral(this.stored);
  }

  get deleted(): boolean {
    return this.stored.deleted;
  }

  /** Whom it calls, such as '<@1>' or '@everyone'. */
  get pings(): readonly string[] {
    return pingsOf(this.stored);
  }

  get buttons(): readonly Component[] {
    return allComponents(this.components).filter(({ type }) => type === BUTTON);
  }

  get selects(): readonly Component[] {
    return allComponents(this.components).filter(({ type }) => type === STRING_SELECT);
  }

  /** All words in it, for a test that asks only whether something is said. */
  get text(): string {
    const embeds = this.embeds.flatMap(({ title, description, fields, footer, author }) => [
      author?.name,
      title,
      description,
      ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
      footer?.text,
    ]);
    const displayed = allComponents(this.components).map(({ content }) => content);
    return [this.content, ...embeds, ...displayed].filter((part) => part).join('\n');
  }
}

/** What came of something that a person did, and what they can do next. */
export class Seen {
  readonly interaction: Interaction;
  readonly #seat: Seat;
  readonly #interactions: Interactions;

  constructor(interaction: Interaction, seat: Seat, interactions: Interactions) {
    this.interaction = interaction;
    this.#seat = seat;
    this.#interactions = interactions;
  }

  /** Everything shown in answer: the message made or changed, then the follow-ups. Live: later ones appear too. */
  get messages(): readonly SeenMessage[] {
    const { original, followUps, source, changedSource } = this.interaction;
    const first = original === source && !changedSource ? undefined : original;
    return [first, ...followUps].flatMap((message) =>
      message && !message.deleted && (message.flags & LOADING) === 0 ? [new SeenMessage(message)] : [],
    );
  }

  /** The first message shown; throws where there is none. */
  get message(): SeenMessage {
    const [first] = this.messages;
    if (!first) throw new Error('no message was shown');
    return first;
  }

  /** The form that was opened; throws where there is none. */
  get modal(): Modal {
    const { modal } = this.interaction;
    if (!modal) throw new Error('no form was opened');
    return modal;
  }

  /** What could be chosen while typing. */
  get choices(): readonly Choice[] {
    return this.interaction.choices ?? [];
  }

  /** Which of Discord's callback types the bot has answered with; undefined before that. */
  get answer(): number | undefined {
    return this.interaction.answer;
  }

  /** Milliseconds from what the person did to the bot's first answer. */
  get answeredAfterMs(): number {
    return (this.interaction.acknowledgedAt ?? Number.NaN) - this.interaction.sentAt;
  }

  /** Presses a button by its label or its custom id; the last message that has it counts. */
  async presses(button: string): Promise<Seen> {
    return this.#seat.presses(this.#messageWith(button), button);
  }

  /** Chooses in a select by its custom id or its placeholder. */
  async chooses(select: string, values: readonly string[]): Promise<Seen> {
    return this.#seat.chooses(this.#messageWith(select), select, values);
  }

  /** Fills in the open form and sends it. What is not named keeps what the form had. */
  async submits(values: Readonly<Record<string, string | readonly string[]>>): Promise<Seen> {
    return this.#seat.submits(this.modal, values, this.interaction.source);
  }

  /** Delivers the same interaction again, with the same id and token. */
  redelivered(): void {
    this.#seat.redeliver(this.interaction);
  }

  /** Waits for what comes after the first answer, such as a second follow-up. */
  until(test: (seen: Seen) => boolean, limitMs = 5000): Promise<void> {
    const late = () =>
      `not within ${limitMs} ms; seen so far: ${this.messages.map(({ text }) => text).join(' | ')}`;
    return this.#interactions.until(() => test(this), limitMs, late);
  }

  #messageWith(what: string): SeenMessage {
    const found = this.messages.findLast((message) => findComponent(message, what));
    if (found) return found;
    const known = this.messages.flatMap(({ buttons, selects }) => [...buttons, ...selects]);
    throw new Error(`there is no ${what}; there are: ${known.map(nameOf).join(', ') || 'none'}`);
  }
}

/** A button or select by what a person reads on it, or by its custom id. */
export function findComponent(message: SeenMessage, what: string): Component | undefined {
  const all = [...message.buttons, ...message.selects];
  return (
    all.find(({ custom_id }) => custom_id === what) ?? all.find((component) => nameOf(component) === what)
  );
}

const nameOf = ({ label, placeholder, custom_id }: Component) => label ?? placeholder ?? custom_id ?? '';
