import { setTimeout as sleep } from 'node:timers/promises';

interface Times {
  /** Which requests, by their 'POST /channels/1/messages'; all where absent. */
  readonly on?: RegExp;
  /** How many of them; 1 where absent. */
  readonly times?: number;
}

export interface RateLimit extends Times {
  readonly retryAfterSeconds: number;
  readonly global?: boolean;
}

export interface Failure extends Times {
  readonly status: 500 | 502 | 503 | 504;
  /** True: the request is obeyed and only the answer is lost. */
  readonly obeyed?: boolean;
}

export interface Delay extends Times {
  readonly ms: number;
}

type Trouble =
  | ({ readonly kind: 'limit' } & RateLimit)
  | ({ readonly kind: 'failure' } & Failure)
  | ({ readonly kind: 'delay' } & Delay);

/** An answer as it goes out. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The troubles that a test has asked for: rate limits, failures, slow answers. */
export class Troubles {
  readonly #pending: { readonly trouble: Trouble; left: number }[] = [];

  rateLimit(limit: RateLimit): void {
    this.#pending.push({ trouble: { kind: 'limit', ...limit }, left: limit.times ?? 1 });
  }

  fail(failure: Failure): void {
    this.#pending.push({ trouble: { kind: 'failure', ...failure }, left: failure.times ?? 1 });
  }

  slow(delay: Delay): void {
    this.#pending.push({ trouble: { kind: 'delay', ...delay }, left: delay.times ?? 1 });
  }

  /** Takes back what has not befallen anything yet. */
  clear(): void {
    this.#pending.length = 0;
  }

  /** Lets the trouble that is due for a request befall its answer. */
  async befall(request: string, obey: () => Promise<Answer>): Promise<Answer> {
    const trouble = this.#take(request);
    switch (trouble?.kind) {
      case undefined:
        return obey();
      case 'limit':
        return limited(request, trouble);
      case 'failure':
        if (trouble.obeyed) await obey();
        return failed(trouble.status);
      case 'delay': {
        const answer = await obey();
        await sleep(trouble.ms);
        return answer;
      }
    }
  }

  #take(request: string): Trouble | undefined {
    const found = this.#pending.find(({ trouble, left }) => left > 0 && (trouble.on?.test(request) ?? true));
    if (found) found.left -= 1;
    return found?.trouble;
  }
}

/** Refused for its rate. Discord rounds Retry-After up to whole seconds; a test may give less, so that it need not wait. */
export function limited(request: string, { retryAfterSeconds, global = false }: RateLimit): Answer {
  const reset = (Date.now() / 1000 + retryAfterSeconds).toFixed(3);
  return {
    status: 429,
    headers: {
      'retry-after': String(retryAfterSeconds),
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global
        ? { 'x-ratelimit-global': 'true' }
        : {
            'x-ratelimit-limit': '5',
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': reset,
            'x-ratelimit-reset-after': String(retryAfterSeconds),
            'x-ratelimit-bucket': Buffer.from(request.replace(/\d{16,}/g, 'id'))
              .toString('hex')
              .slice(0, 32),
          }),
    },
    body: { message: 'You are being rate limited.', retry_after: retryAfterSeconds, global },
  };
}

function failed(status: number): Answer {
  return status === 500
    ? { status, body: { message: '500: Internal Server Error', code: 0 } }
    : { status, headers: { 'content-type': 'text/html' }, body: undefined };
}
