import type { Json } from './world.js';

/** What is sent to a bot: a typed command, a press or a form, or an event. */
export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';

/** Why an event is sent again. */
export interface Retry {
  readonly attempt: number;
  readonly reason: 'timeout' | 'http_timeout' | 'http_error' | 'connection_failed';
}

/** What came of sending something: an answer in time (its body, where it has one), or none. */
export type Outcome =
  | { readonly kind: 'acknowledged'; readonly body: unknown }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'failed'; readonly reason: 'http_error' | 'connection_failed' };

/** A way to a bot: Socket Mode, or requests to the bot's own server. */
export interface Transport {
  deliver(type: EnvelopeType, payload: Json, retry?: Retry): Promise<Outcome>;
}
