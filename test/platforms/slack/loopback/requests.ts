import { createHmac } from 'node:crypto';
import type { EnvelopeType, Outcome, Retry, Transport } from './transport.js';
import type { Json } from './world.js';

/** How a request differs from what Slack would send. */
export interface Forgery {
  readonly signature?: 'bad' | 'missing';
  /** Seconds to add to the time of sending: less than -300 is too old, much more than 0 is in the future. */
  readonly timestampOffset?: number;
}

/** What a bot's server answered. */
export interface BotAnswer {
  readonly status: number;
  readonly text: string;
}

export interface RequestOptions {
  /** The bot's address for events, commands and presses. */
  readonly url: string;
  readonly signingSecret: string;
  readonly answerMs: number;
}

/** Slack without Socket Mode: signed requests to the bot's own server. */
export class Requests implements Transport {
  readonly #options: RequestOptions;

  constructor(options: RequestOptions) {
    this.#options = options;
  }

  async deliver(type: EnvelopeType, payload: Json, retry?: Retry): Promise<Outcome> {
    try {
      const { status, text } = await this.send(type, payload, {}, retry);
      if (status < 200 || status > 299) return { kind: 'failed', reason: 'http_error' };
      return { kind: 'acknowledged', body: bodyOf(text) };
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      return isLate ? { kind: 'timeout' } : { kind: 'failed', reason: 'connection_failed' };
    }
  }

  /** Sends anything, also what is forged, and resolves with the bot's answer as it is. */
  async send(type: EnvelopeType, payload: Json, forgery: Forgery = {}, retry?: Retry): Promise<BotAnswer> {
    const isEvent = type === 'events_api';
    const body = isEvent ? JSON.stringify(payload) : formOf(type, payload);
    const response = await fetch(this.#options.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...this.#signed(body, forgery),
        ...(retry && {
          'x-slack-retry-num': String(retry.attempt),
          'x-slack-retry-reason': retry.reason === 'timeout' ? 'http_timeout' : retry.reason,
        }),
      },
      signal: AbortSignal.timeout(this.#options.answerMs),
    });
    return { status: response.status, text: await response.text() };
  }

  /** True where the bot's server proves, as when its address is entered in Slack's settings, that it is the bot's. */
  async verifies(): Promise<boolean> {
    const challenge = 'loopback-challenge';
    const { status, text } = await this.send('events_api', {
      type: 'url_verification',
      token: 'x',
      challenge,
    });
    return status === 200 && text.includes(challenge);
  }

  #signed(body: string, { signature, timestampOffset = 0 }: Forgery): Record<string, string> {
    const timestamp = String(Math.floor(Date.now() / 1000) + timestampOffset);
    const key = signature === 'bad' ? 'not the secret' : this.#options.signingSecret;
    const digest = createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex');
    const proof: Record<string, string> =
      signature === 'missing' ? {} : { 'x-slack-signature': `v0=${digest}` };
    return { ...proof, 'x-slack-request-timestamp': timestamp };
  }
}

function formOf(type: EnvelopeType, payload: Json): string {
  const fields: [string, string][] =
    type === 'interactive'
      ? [['payload', JSON.stringify(payload)]]
      : Object.entries(payload).map(([key, value]) => [key, String(value)]);
  return new URLSearchParams(fields).toString();
}

/** An answer in JSON, or plain text as what a message would say. */
function bodyOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
