import { createHmac, timingSafeEqual } from 'node:crypto';

/** What Slack proves a request with: the headers `X-Slack-Request-Timestamp` and `X-Slack-Signature`, and the body. */
export interface Signed {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: Uint8Array;
}

const LARGEST_DIFFERENCE_SECONDS = 5 * 60;

/** True where Slack signed the request, no more than five minutes before or after `now`. */
export function isFromSlack(secret: string, { timestamp, signature, body }: Signed, now: Date): boolean {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  const difference = Math.abs(now.getTime() / 1000 - Number(timestamp));
  if (difference > LARGEST_DIFFERENCE_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  const [, hex = ''] = /^v0=([0-9a-f]{64})$/.exec(signature ?? '') ?? [];
  const given = Buffer.from(hex, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
