import { LogLevel, type Logger as SlackLogger, type WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { forLog } from './trouble.js';

export interface Reach {
  /** Base of the Web API, with a slash at the end. */
  readonly apiUrl: string;
  readonly log: Logger;
}

const TIMEOUT_MS = 10_000;

/**
 * How a client of the Web API asks: an object of its own for each client, for Slack's libraries write into it. The
 * default would try again for half an hour; an answer so late is worth nothing.
 */
export function clientOptions({ apiUrl, log }: Reach): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 3, factor: 2, minTimeout: 300, maxTimeout: 3_000 },
    logger: quietLogger(log),
  };
}

/** How a client asks where the one who asks tries again in its own time. */
export function askingOnce(reach: Reach): WebClientOptions {
  return { ...clientOptions(reach), retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
}

/**
 * A logger for Slack's libraries. They write whole requests and answers into their messages, tokens and what people
 * said included: only that there was trouble, and of what kind, goes to our log.
 */
export function quietLogger(log: Logger): SlackLogger {
  const note = (severity: 'warn' | 'error') => {
    return (...said: unknown[]) => {
      const errors = said.filter((one) => one instanceof Error).map(forLog);
      log.debug({ severity, errors }, "Slack's library reports trouble");
    };
  };
  const nothing = () => {};
  return {
    debug: nothing,
    info: nothing,
    warn: note('warn'),
    error: note('error'),
    setLevel: nothing,
    setName: nothing,
    getLevel: () => LogLevel.ERROR,
  };
}
