import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from './pages.js';
import { BlocksRefused } from './trouble.js';

/** An answer by a response URL, as Slack's documentation names its fields. */
export interface Response extends Message {
  readonly response_type: 'ephemeral' | 'in_channel';
  readonly replace_original: boolean;
  readonly thread_ts?: string;
}

const TRIES = 4;
const LONGEST_WAIT_MS = 30_000;
const TIMEOUT_MS = 10_000;

/**
 * Answers by a response URL, which anyone who was let in may do, also in channels that the bot is not in.
 * @returns false where the URL is used up or too old, so that the answer must go another way
 * @throws BlocksRefused where Slack does not take what it says, such as a picture that it still works on
 * @throws Error where Slack cannot be reached after several tries
 */
export async function respond(url: string, response: Response): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const answered = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify(response),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      if (attempt === TRIES) throw error;
      return undefined;
    });
    if (answered?.ok) return true;
    const wait = answered === undefined ? pause(attempt) : waitFor(answered, attempt);
    if (wait === undefined) {
      if (await saysBlocksAreInvalid(answered)) throw new BlocksRefused();
      return false;
    }
    if (attempt === TRIES) throw new Error(`a response URL was refused with status ${answered?.status}`);
    await sleep(wait);
  }
}

/** Milliseconds until another try; undefined where none helps. */
function waitFor({ status, headers }: globalThis.Response, attempt: number): number | undefined {
  if (status === 429) return Math.min(LONGEST_WAIT_MS, 1000 * Number(headers.get('retry-after') ?? 1));
  return status >= 500 ? pause(attempt) : undefined;
}

async function saysBlocksAreInvalid(answered: globalThis.Response | undefined): Promise<boolean> {
  const said = await answered?.text().catch(() => '');
  return said?.includes('invalid_blocks') === true;
}

function pause(attempt: number): number {
  return 250 * 2 ** attempt;
}
