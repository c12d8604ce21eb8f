import { type Logger, pino } from 'pino';
import type { Config } from './config.js';
import type { Secret } from './secret.js';

/** JSON lines on standard error; what is secret in the configuration is blotted out wherever it turns up. */
export function createLog(config: Pick<Config, 'logLevel'>, secrets: readonly Secret[]): Logger {
  const texts = secrets.map((secret) => secret.reveal()).filter((text) => text.length >= 6);
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
