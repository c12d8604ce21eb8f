import { type Config, readConfig } from '../config.js';

/** What every command that reads notes is given. */
export interface ContentOptions {
  readonly content?: string;
  readonly json?: boolean;
}

/** What a command that touches data is given beside it. */
export interface DataOptions extends ContentOptions {
  readonly database?: string;
}

/** The environment with what the command line says instead. @throws ConfigError naming every problem */
export function configOf({ content, database }: DataOptions): Config {
  return readConfig({
    ...(content !== undefined && { CONTENT_DIR: content }),
    ...(database !== undefined && { DATABASE_URL: database }),
  });
}
