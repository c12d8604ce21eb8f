import { z } from 'zod';
import type { Act, ActKind } from './acts.js';
import type { Dispatch, Sent } from './dispatch.js';
import { ApiError } from './errors.js';
import { type Filled, filledIn } from './form.js';
import { messageJson, type StoredMessage } from './messages.js';
import type { Ground } from './method.js';
import { type OpenView, viewJson } from './modals.js';
import { findPart } from './parts.js';
import { actionOf, commandPayload, eventPayload, pressPayload, viewPayload } from './payloads.js';
import type { ResponseUrls } from './responseurls.js';
import { Seen, SeenMessage, type SeenView } from './seen.js';
import type { Outcome } from './transport.js';
import { readView } from './viewmethods.js';
import { type Channel, type Json, newTs, type User } from './world.js';

/** What a seat needs of the loopback. */
export interface Surroundings {
  readonly ground: Ground;
  readonly dispatch: Dispatch;
  readonly responseUrls: ResponseUrls;
  /** The app's slash commands. */
  readonly commands: readonly string[];
  /** How long a person waits for something to be shown. */
  readonly patienceMs: number;
  subscribed(kind: string): boolean;
}

const SubmissionAnswer = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('clear') }),
]);

/** One person at one place: all that they can do there. */
export class Seat {
  readonly #user: User;
  readonly #channel: Channel;
  readonly #around: Surroundings;

  constructor(user: User, channel: Channel, around: Surroundings) {
    this.#user = user;
    this.#channel = channel;
    this.#around = around;
  }

  /** Types a slash command, such as '/eks explain etcd'; resolves when something is shown. */
  async runs(typed: string): Promise<Seen> {
    const { ground, responseUrls, commands } = this.#around;
    const [command = ''] = typed.split(' ');
    if (!commands.includes(command)) throw new Error(`${command} is not a valid command`);
    this.#needs('commands');
    const act = this.#begin('command');
    const links = { response_url: responseUrls.issue(act), trigger_id: ground.modals.newTrigger(act) };
    const sent: Sent = { type: 'slash_commands', payload: commandPayload(ground, act, typed, links) };
    return this.#does(act, sent, (body) => responseUrls.answer(act, body));
  }

  /** Writes a message that mentions the bot, where `@bot` stands or at its beginning; also in a thread. */
  async mentions(text: string, thread?: SeenMessage | string): Promise<Seen> {
    if (this.#channel.kind === 'direct')
      return this.writes(`<@${this.#user.team.botUserId}> ${text}`, thread);
    if (!this.#channel.hasBot) throw new Error('the bot is not in the channel: Slack offers to invite it');
    this.#needs('app_mentions:read');
    const mention = `<@${this.#user.team.botUserId}>`;
    const said = text.includes('@bot')
      ? escaped(text).replaceAll('@bot', mention)
      : `${mention} ${escaped(text)}`;
    return this.#says('mention', 'app_mention', said, thread);
  }

  /** Writes to the bot in their direct channel. */
  async writes(text: string, thread?: SeenMessage | string): Promise<Seen> {
    if (this.#channel.kind !== 'direct') throw new Error('the bot reads only what is written to it directly');
    this.#needs('im:history');
    return this.#says('message', 'message.im', text.startsWith('<@') ? text : escaped(text), thread);
  }

  /** Presses a button of any message or view, also an old one, by its label or action id. */
  async presses(place: SeenMessage | SeenView, button: string): Promise<Seen> {
    return this.#touches(place, button);
  }

  /** Chooses in a select of any message or view. */
  async chooses(place: SeenMessage | SeenView, select: string, options: readonly string[]): Promise<Seen> {
    return this.#touches(place, select, options);
  }

  /** Sends a form that is open. */
  async submits(modal: SeenView, values: Filled): Promise<Seen> {
    const view = modal.stored;
    this.#needs();
    if (!view.open) throw new Error('the form is closed');
    const state = filledIn(view, values);
    const act = this.#begin('submission', view.act?.source, view.act);
    const { ground } = this.#around;
    const links = { trigger_id: ground.modals.newTrigger(act, view) };
    const payload = viewPayload(ground, 'view_submission', view, links, state);
    const sent: Sent = { type: 'interactive', payload };
    const answered = ({ shown }: Act) => shown.some(({ how }) => how !== 'closed');
    return this.#does(act, sent, (body) => this.#answerForm(act, view, body), answered);
  }

  /** Puts a form away; the bot hears of it where it asked to. */
  async dismisses(modal: SeenView): Promise<void> {
    const { ground, dispatch } = this.#around;
    const view = modal.stored;
    ground.modals.close(view);
    if (!view.body.notify_on_close) return;
    const payload = viewPayload(ground, 'view_closed', view, {});
    await dispatch.act(this.#begin('submission', view.act?.source, view.act), {
      type: 'interactive',
      payload,
    });
  }

  /** Opens the app's home page; resolves when the bot has published it. */
  async opensHome(): Promise<Seen> {
    const { ground } = this.#around;
    this.#needs();
    const home = ground.modals.homeOf(this.#user);
    const act = this.#begin('home');
    const view = home && { view: viewJson(home, ground.appId) };
    const event = {
      type: 'app_home_opened',
      user: this.#user.id,
      channel: this.#channel.id,
      tab: 'home',
      ...view,
    };
    return this.#hears(act, 'app_home_opened', { ...event, event_ts: newTs() });
  }

  /** Sends to the bot what was sent before. */
  redelivers(sent: Sent): Promise<Outcome> {
    return this.#around.dispatch.again(sent);
  }

  #begin(kind: ActKind, source?: StoredMessage, parent?: Act, threadTs?: string): Act {
    const channel = parent?.channel ?? this.#channel;
    return this.#around.ground.acts.begin({ kind, user: this.#user, channel, source, parent, threadTs });
  }

  async #touches(place: SeenMessage | SeenView, what: string, options?: readonly string[]): Promise<Seen> {
    const { ground, responseUrls } = this.#around;
    this.#needs();
    const part = findPart(place.parts, what);
    if (!part)
      throw new Error(`there is no ${what}; there are: ${place.parts.map(({ label }) => label).join(', ')}`);
    const message = place instanceof SeenMessage ? this.#visible(place.stored) : undefined;
    const view = place instanceof SeenMessage ? undefined : place.stored;
    const act = this.#begin('press', message ?? view?.act?.source, view?.act);
    const trigger_id = ground.modals.newTrigger(act, view?.body.type === 'modal' ? view : undefined);
    const links = { trigger_id, ...(message && { response_url: responseUrls.issue(act) }) };
    const payload = pressPayload(ground, act, actionOf(part, options), links, view);
    return this.#does(act, { type: 'interactive', payload }, () => {
      ground.frown('acknowledgement', 'Slack ignores what is said in the acknowledgement of a press');
    });
  }

  async #says(kind: ActKind, event: string, text: string, thread?: SeenMessage | string): Promise<Seen> {
    const { ground } = this.#around;
    const threadTs = typeof thread === 'string' ? thread : (thread?.threadTs ?? thread?.ts);
    const place = { channel: this.#channel, author: this.#user, threadTs };
    const written = ground.messages.post(place, { text });
    const act = this.#begin(kind, undefined, undefined, threadTs ?? written.ts);
    return this.#hears(act, event, {
      ...messageJson(written, ground.appId),
      type: kind === 'mention' ? 'app_mention' : 'message',
      channel: this.#channel.id,
      ...(kind === 'message' && { channel_type: 'im' }),
      event_ts: written.ts,
    });
  }

  /** Sends an event of the person's doing; resolves when something is shown. */
  async #hears(act: Act, kind: string, event: Json): Promise<Seen> {
    const { ground, dispatch, subscribed } = this.#around;
    if (!subscribed(kind)) throw new Error(`the app is not subscribed to ${kind}`);
    const { team, home } = this.#user;
    const payload = eventPayload(ground, team, event, home);
    const seen = new Seen(act, { type: 'events_api', payload }, this, ground.acts);
    void dispatch.event(payload, act);
    await this.#waits(act);
    return seen;
  }

  /** Sends what the person did, takes the answer in the acknowledgement, and waits until something is shown. */
  async #does(
    act: Act,
    sent: Sent,
    answer: (body: unknown) => void,
    isDone?: (act: Act) => boolean,
  ): Promise<Seen> {
    const { ground, dispatch } = this.#around;
    const seen = new Seen(act, sent, this, ground.acts);
    void dispatch.act(act, sent).then((acknowledged) => {
      if (!acknowledged) return;
      const isForm = act.kind === 'submission';
      try {
        if (isForm || acknowledged.body !== undefined) answer(acknowledged.body);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        ground.frown('acknowledgement', `${error.code} ${JSON.stringify(error.more)}`);
      }
    });
    await this.#waits(act, isDone);
    return seen;
  }

  #waits(act: Act, isDone = ({ shown }: Act) => shown.length > 0): Promise<void> {
    const { ground, patienceMs } = this.#around;
    const late = () => `Nothing was shown to ${this.#user.name} within ${patienceMs} ms`;
    return ground.acts
      .until(act, () => isDone(act), patienceMs, late)
      .catch((error: unknown) => {
        if (act.shown.length === 0) throw error;
      });
  }

  /** Does what the bot's acknowledgement of a form says; nothing: the form closes. */
  #answerForm(act: Act, view: OpenView, body: unknown): void {
    const { acts, modals } = this.#around.ground;
    const answer = body === undefined ? undefined : SubmissionAnswer.safeParse(body).data;
    if (body !== undefined && !answer) throw new ApiError('invalid_response_action', { body });
    switch (answer?.response_action) {
      case undefined:
        modals.close(view);
        acts.show(act, { how: 'closed' });
        break;
      case 'clear':
        modals.closeAll(view);
        acts.show(act, { how: 'closed' });
        break;
      case 'errors':
        this.#refuseStray(view, answer.errors);
        acts.show(act, { how: 'errors', errors: answer.errors });
        break;
      case 'update':
        modals.update(view, readView(this.#around.ground, answer.view, 'modal'), undefined);
        acts.show(act, { how: 'modal', view });
        break;
      case 'push': {
        const pushed = modals.open(act, readView(this.#around.ground, answer.view, 'modal'), view);
        acts.show(act, { how: 'modal', view: pushed });
      }
    }
  }

  /** Slack shows nothing at all where an error names a block that the form does not have. */
  #refuseStray(view: OpenView, errors: Readonly<Record<string, string>>): void {
    const known = view.body.blocks.map(({ block_id }) => block_id);
    const stray = Object.keys(errors).filter((key) => !known.includes(key));
    if (stray.length > 0) throw new ApiError('invalid_response_action', { stray });
  }

  /** Throws where nothing reaches the app: it is not installed here, or lacks a scope. */
  #needs(scope?: string): void {
    const token = this.#around.ground.installs.reaching(this.#user.team);
    if (!token) throw new Error('the app is not installed here');
    if (scope !== undefined && !token.scopes.includes(scope)) {
      throw new Error(`the app was not given the scope ${scope}`);
    }
  }

  /** Throws where the person cannot see the message. */
  #visible(message: StoredMessage): StoredMessage {
    if (message.deleted) throw new Error('the message is gone');
    if (message.channel !== this.#channel) throw new Error('the message is elsewhere');
    if (message.ephemeralTo !== undefined && message.ephemeralTo !== this.#user.id) {
      throw new Error('only who asked can see the message');
    }
    return message;
  }
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
