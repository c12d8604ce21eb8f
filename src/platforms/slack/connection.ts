import { setTimeout as sleep } from 'node:timers/promises';
import { type App, SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import { forLog } from './trouble.js';
import { askingOnce, quietLogger, type Reach } from './webclient.js';

export interface ConnectionOptions extends Reach {
  readonly appToken: { reveal(): string };
}

/** What of a frame from Slack matters here; the rest is for Bolt. */
const Frame = z.object({
  type: z.string(),
  reason: z.string().optional(),
  envelope_id: z.string().optional(),
});

const HELLO_WITHIN_MS = 20_000;
/** Slack warns about ten seconds before the end. */
const WARNED_FOR_MS = 30_000;
const ACKNOWLEDGED_WITHIN_MS = 2_500;
const CLOSED_WITHIN_MS = 1_000;

/**
 * One connection of Socket Mode, from its opening to its end. It is never opened again: Slack's client waits for seconds
 * before it does that, and another connection can be there at once.
 */
export class Connection {
  /** Resolves with Slack's reason when another connection must take over: this one ends soon, or has ended. */
  readonly ending: Promise<string>;
  /** Resolves when nothing comes in any more. */
  readonly over: Promise<void>;
  readonly #receiver: SocketModeReceiver;
  readonly #unacknowledged = new Set<string>();
  #acknowledged: () => void = () => {};
  #end: (reason: string) => void = () => {};
  #closing = false;

  constructor(app: App, { appToken, ...reach }: ConnectionOptions) {
    this.ending = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#receiver = new SocketModeReceiver({
      appToken: appToken.reveal(),
      autoReconnectEnabled: false,
      logger: quietLogger(reach.log),
      installerOptions: { clientOptions: askingOnce(reach) },
      // What failed before it was acknowledged stays so: Slack sends an event again, and tells a person that it failed.
      processEventErrorHandler: async ({ error }) => {
        reach.log.error({ err: forLog(error) }, "one of Slack's requests failed");
        return false;
      },
    });
    this.over = new Promise((resolve) => this.#receiver.client.once('disconnected', () => resolve()));
    this.#receiver.init(app);
    this.#listen();
  }

  /** Resolves when Slack sends what people do; rejects where it does not within 20 s. */
  async open(): Promise<void> {
    const late = new AbortController();
    try {
      await Promise.race([
        this.#receiver.client.start(),
        sleep(HELLO_WITHIN_MS, undefined, { signal: late.signal }).then(() => {
          throw new Error('no hello from Slack');
        }),
      ]);
    } catch (error) {
      this.#closing = true;
      void this.#receiver.client.disconnect();
      throw error ?? new Error('closed before the hello');
    } finally {
      late.abort();
    }
  }

  /** Resolves when what came in is acknowledged and the connection is closed; after four seconds in any case. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#settled();
    await Promise.race([this.#receiver.client.disconnect(), sleep(CLOSED_WITHIN_MS)]);
  }

  /**
   * Stands before the client's own listener for frames. That one closes the connection the moment Slack announces its
   * end, and what is not acknowledged by then is lost to the person who sent it.
   */
  #listen(): void {
    const { client } = this.#receiver;
    const clientsOwn = client.listeners('ws_message');
    client.removeAllListeners('ws_message');
    client.on('ws_message', (data: unknown, isBinary: unknown) => {
      const pass = async () => {
        for (const listener of clientsOwn) await listener(data, isBinary);
      };
      // The client fails on frames that it does not know; that must not end the process.
      this.#hear(data, pass).catch(() => {});
    });
    client.on('outgoing_message', (message: unknown) => {
      this.#unacknowledged.delete(envelopeOf(message));
      if (this.#unacknowledged.size === 0) this.#acknowledged();
    });
    client.on('connected', () => {
      if (this.#closing) void client.disconnect();
    });
    void this.over.then(() => this.#end('closed'));
  }

  async #hear(data: unknown, pass: () => Promise<void>): Promise<void> {
    const frame = readFrame(data);
    if (frame?.envelope_id !== undefined) this.#unacknowledged.add(frame.envelope_id);
    if (frame?.type === 'disconnect') {
      this.#end(frame.reason ?? 'disconnect');
      // Until Slack closes it, a connection that is only warned is still sent to.
      if (frame.reason === 'warning') await sleep(WARNED_FOR_MS, undefined, { ref: false });
      await this.#settled();
    }
    await pass();
  }

  /** Resolves when what came in is acknowledged, or waits no longer. */
  async #settled(): Promise<void> {
    if (this.#unacknowledged.size === 0) return;
    const acknowledged = new Promise<void>((resolve) => {
      this.#acknowledged = resolve;
    });
    await Promise.race([acknowledged, sleep(ACKNOWLEDGED_WITHIN_MS, undefined, { ref: false })]);
  }
}

function readFrame(data: unknown): z.infer<typeof Frame> | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    return Frame.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}

function envelopeOf(message: unknown): string {
  return z.object({ envelope_id: z.string() }).safeParse(message).data?.envelope_id ?? '';
}
