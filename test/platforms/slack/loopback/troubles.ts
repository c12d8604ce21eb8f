import { setTimeout as sleep } from 'node:timers/promises';

interface Times {
  /** Which requests, by their 'chat.postMessage C1' or 'response_url'; all where absent. */
  readonly on?: RegExp;
  /** How many of them; 1 where absent. */
  readonly times?: number;
}

export interface RateLimit extends Times {
  readonly retryAfterSeconds: number;
}

export interface Failure extends Times {
  readonly status: 500 | 502 | 503 | 504;
  /** True: the request is obeyed and only the answer is lost. */
  readonly obeyed?: boolean;
}

export interface Refusal extends Times {
  /** A code of Slack's own, such as 'internal_error' or 'fatal_error'. */
  readonly code: string;
}

export interface Delay extends Times {
  readonly ms: number;
}

type Trouble =
  | ({ readonly kind: 'limit' } & RateLimit)
  | ({ readonly kind: 'failure' } & Failure)
  | ({ readonly kind: 'refusal' } & Refusal)
  | ({ readonly kind: 'delay' } & Delay);

/** An answer as it goes out. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The troubles that a test has asked for: rate limits, failures, refusals, slow answers. */
export class Troubles {
  readonly #pending: { readonly trouble: Trouble; left: number }[] = [];

  rateLimit(limit: RateLimit): void {
    this.#add({ kind: 'limit', ...limit });
  }

  fail(failure: Failure): void {
    this.#add({ kind: 'failure', ...failure });
  }

  refuse(refusal: Refusal): void {
    this.#add({ kind: 'refusal', ...refusal });
  }

  slow(delay: Delay): void {
    this.#add({ kind: 'delay', ...delay });
  }

  /** Lets the trouble that is due for a request befall its answer. */
  async befall(request: string, obey: () => Answer): Promise<Answer> {
    const trouble = this.#take(request);
    switch (trouble?.kind) {
      case undefined:
        return obey();
      case 'limit': {
        const headers = { 'retry-after': String(trouble.retryAfterSeconds) };
        return { status: 429, headers, body: { ok: false, error: 'ratelimited' } };
      }
      case 'failure':
        if (trouble.obeyed) obey();
        return { status: trouble.status, headers: { 'content-type': 'text/html' } };
      case 'refusal':
        return { status: 200, body: { ok: false, error: trouble.code } };
      case 'delay':
        await sleep(trouble.ms);
        return obey();
    }
  }

  #add(trouble: Trouble): void {
    this.#pending.push({ trouble, left: trouble.times ?? 1 });
  }

  #take(request: string): Trouble | undefined {
    const found = this.#pending.find(({ trouble, left }) => left > 0 && (trouble.on?.test(request) ?? true));
    if (found) found.left -= 1;
    return found?.trouble;
  }
}
