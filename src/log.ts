import { type Logger, pino } from 'pino';
import type { Config } from './config.js';
import type { Secret } from './secret.js';

/** A shorter one would blot out ordinary words, and no token is that short. */
const SHORTEST_SECRET = 6;

/** JSON lines on standard error; what is secret in the configuration is blotted out wherever it turns up. */
export function createLog(config: Pick<Config, 'logLevel'>, secrets: readonly Secret[]): Logger {
  const texts = spellings(secrets);
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: {
        streamWrite: (line) => texts.reduce((shown, text) => shown.replaceAll(text, '[secret]'), line),
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** How each secret may stand in a line of JSON; the longest first, for one may hold another. */
function spellings(secrets: readonly Secret[]): readonly string[] {
  const texts = secrets
    .map((secret) => secret.reveal())
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])
    .filter((text) => text.length >= SHORTEST_SECRET);
  return [...new Set(texts)].sort((left, right) => right.length - left.length);
}
