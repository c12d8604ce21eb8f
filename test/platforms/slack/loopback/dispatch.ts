import { setTimeout as sleep } from 'node:timers/promises';
import type { Act, Acts } from './acts.js';
import type { EnvelopeType, Outcome, Retry, Transport } from './transport.js';
import type { Json } from './world.js';

/** Something that was sent to the bot, so that it can be sent again as it was. */
export interface Sent {
  readonly type: EnvelopeType;
  readonly payload: Json;
}

/** Sends to the bot, shows a person who gets no answer what Slack shows, and sends events again. */
export class Dispatch {
  transport: Transport;
  readonly #acts: Acts;
  readonly #retryMs: readonly number[];
  readonly #stopped = new AbortController();

  /** `retryMs`: how long after a failure an event is sent again, once for each. */
  constructor(transport: Transport, acts: Acts, retryMs: readonly number[]) {
    this.transport = transport;
    this.#acts = acts;
    this.#retryMs = retryMs;
  }

  /** Sends what a person did and waits for an answer; resolves with its body, or undefined where there is none. */
  async act(act: Act, { type, payload }: Sent): Promise<{ readonly body: unknown } | undefined> {
    const outcome = await this.transport.deliver(type, payload);
    if (outcome.kind === 'acknowledged') {
      act.acknowledgedAfter ??= Date.now() - act.at;
      return { body: outcome.body };
    }
    const problem = outcome.kind === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
    this.#acts.show(act, { how: 'problem', problem });
    return undefined;
  }

  /** Sends an event until it is acknowledged or Slack gives up. */
  async event(payload: Json, act?: Act): Promise<void> {
    let outcome = await this.transport.deliver('events_api', payload);
    for (const [at, ms] of this.#retryMs.entries()) {
      if (outcome.kind === 'acknowledged') break;
      await sleep(ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
      if (this.#stopped.signal.aborted) return;
      const retry = { attempt: at + 1, reason: reasonOf(outcome) };
      outcome = await this.transport.deliver('events_api', payload, retry);
    }
    if (act && outcome.kind === 'acknowledged') act.acknowledgedAfter ??= Date.now() - act.at;
  }

  /** Sends the same once more, as after a lost acknowledgement. */
  async again({ type, payload }: Sent): Promise<Outcome> {
    const retry: Retry = { attempt: 1, reason: 'timeout' };
    return this.transport.deliver(type, payload, type === 'events_api' ? retry : undefined);
  }

  stop(): void {
    this.#stopped.abort();
  }
}

function reasonOf(outcome: Outcome): Retry['reason'] {
  return outcome.kind === 'failed' ? outcome.reason : 'timeout';
}
