import type { App, Receiver } from '@slack/bolt';
import { WebAPIRateLimitedError } from '@slack/web-api';
import { OperatorError } from '../trouble.js';
import { Connection, type ConnectionOptions } from './connection.js';
import { forLog, remedyFor } from './trouble.js';

export interface SocketOptions extends ConnectionOptions {
  /** How many connections are held; Slack allows an app ten, those of all its processes and of takeovers included. */
  readonly connections?: number;
  /** Between the openings of two connections, so that Slack does not end both at once. */
  readonly staggerMs?: number;
}

const LONGEST_PAUSE_MS = 30_000;
/** A connection that ended sooner than this counts as one that could not be had. */
const SHORT_LIFE_MS = 1_000;

/**
 * Socket Mode by several connections: Slack ends each of them every few hours, networks break, and what is sent while
 * none is up is lost to the person who sent it.
 */
export class SocketReceiver implements Receiver {
  readonly #options: SocketOptions;
  readonly #timers: NodeJS.Timeout[] = [];
  #lines: readonly Line[] = [];

  constructor(options: SocketOptions) {
    this.#options = options;
  }

  init(app: App): void {
    const { connections = 2 } = this.#options;
    this.#lines = Array.from({ length: connections }, () => new Line(app, this.#options));
  }

  /**
   * Resolves when the first connection is up, or is being tried again since Slack cannot be reached.
   * @throws OperatorError where Slack refuses the token
   */
  async start(): Promise<void> {
    const { staggerMs = 10_000 } = this.#options;
    const [first, ...others] = this.#lines;
    await first?.begin();
    for (const [at, line] of others.entries()) {
      this.#timers.push(setTimeout(() => line.resume(), (at + 1) * staggerMs));
    }
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#lines.map((line) => line.close()));
  }
}

/** One connection after the other: the next is opened when the end of the last is announced, not after it. */
class Line {
  readonly #app: App;
  readonly #options: ConnectionOptions;
  readonly #open = new Set<Connection>();
  /** Connections in a row that could not be had or did not last. */
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(app: App, options: ConnectionOptions) {
    this.#app = app;
    this.#options = options;
  }

  /** As `resume`, but throws an OperatorError where Slack refuses the token at once. */
  async begin(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      const remedy = remedyFor(error, 'SLACK_APP_TOKEN');
      if (remedy !== undefined) throw new OperatorError(remedy);
      this.#fail(error);
    }
  }

  /** Holds a connection from now on. */
  resume(): void {
    if (!this.#closed) this.#connect().catch((error: unknown) => this.#fail(error));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.all([...this.#open].map((connection) => connection.close()));
  }

  async #connect(): Promise<void> {
    const { log } = this.#options;
    const connection = new Connection(this.#app, this.#options);
    this.#open.add(connection);
    void connection.over.then(() => this.#open.delete(connection));
    await connection.open();
    const openedAt = performance.now();
    log.info('connected to Slack');
    void connection.ending.then((reason) => {
      if (this.#closed) return;
      log.info({ reason }, 'the connection to Slack ends; opening another');
      if (reason === 'link_disabled') log.error(SOCKET_MODE_OFF);
      this.#failures = performance.now() - openedAt < SHORT_LIFE_MS ? this.#failures + 1 : 0;
      this.#again();
    });
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.#failures += 1;
    const remedy = remedyFor(error, 'SLACK_APP_TOKEN');
    if (remedy !== undefined) this.#options.log.error(remedy);
    else this.#options.log.warn({ err: forLog(error) }, 'Slack cannot be reached; trying again');
    this.#again(error instanceof WebAPIRateLimitedError ? error.retryAfter * 1_000 : 0);
  }

  /** Once at once, then after longer and longer. */
  #again(leastMs = 0): void {
    const pauseMs = this.#failures < 2 ? 0 : Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** (this.#failures - 2));
    this.#timer = setTimeout(() => this.resume(), Math.max(pauseMs, leastMs));
  }
}

const SOCKET_MODE_OFF = 'Socket Mode is off for this app. Turn it on on the page "Socket Mode" of your app.';
