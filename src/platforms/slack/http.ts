import type { App, Receiver } from '@slack/bolt';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import { z } from 'zod';
import { NotInstalled } from './installations.js';
import { PATHS } from './manifest.js';
import { isFromSlack } from './signature.js';
import { forLog } from './trouble.js';

export interface HttpOptions {
  readonly signingSecret: { reveal(): string };
  readonly now: () => Date;
  readonly log: Logger;
  /** Done with every body before anything else; a failure lets Slack send it again. */
  readonly first?: (body: unknown) => Promise<void>;
}

/** Slack's largest are forms and presses that carry a whole message; they stay below a tenth of this. */
const LARGEST_BODY = 1024 * 1024;

const Body = z.record(z.string(), z.unknown());
const Challenge = z.object({ type: z.literal('url_verification'), challenge: z.string().max(1_000) });

/** Slack's requests over HTTP, on the process's own server: events, commands and interactivity at one address. */
export class HttpReceiver implements Receiver {
  readonly routes = new Hono();
  readonly #options: HttpOptions;
  readonly #underWay = new Set<Promise<void>>();
  #app: App | undefined;
  #stopped = false;
  #warnedAt = Number.NEGATIVE_INFINITY;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.routes.post(
      PATHS.events,
      bodyLimit({ maxSize: LARGEST_BODY, onError: (context) => refuse(context, 413, 'too large') }),
      (context) => this.#receive(context),
    );
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  /** Resolves when what came in has been handed on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#underWay);
  }

  async #receive(context: Context): Promise<Response> {
    const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json' && type !== 'application/x-www-form-urlencoded') {
      return refuse(context, 415, 'neither JSON nor a form');
    }
    const raw = new Uint8Array(await context.req.arrayBuffer());
    const isForm = type !== 'application/json';
    // Slack tries out the certificate of a command's address unsigned; there is nothing in it to obey.
    if (isForm && new URLSearchParams(Buffer.from(raw).toString()).get('ssl_check') === '1') {
      return context.body(null);
    }
    const timestamp = context.req.header('x-slack-request-timestamp');
    const signature = context.req.header('x-slack-signature');
    const { signingSecret, now } = this.#options;
    if (!isFromSlack(signingSecret.reveal(), { timestamp, signature, body: raw }, now())) {
      this.#warn();
      return refuse(context, 401, 'not signed by Slack, or not now');
    }
    const body = bodyOf(Buffer.from(raw).toString(), isForm);
    if (body === undefined) return refuse(context, 400, 'not readable');
    const challenge = Challenge.safeParse(body).data?.challenge;
    if (challenge !== undefined) return context.json({ challenge });
    return this.#process(context, body);
  }

  /** Once a minute: anybody can send such requests, as many as they like. */
  #warn(): void {
    const now = this.#options.now().getTime();
    if (now - this.#warnedAt < 60_000) return;
    this.#warnedAt = now;
    this.#options.log.warn(
      'a request was refused: its signature is not of SLACK_SIGNING_SECRET, or its time is not ours',
    );
  }

  /** Resolves with what the bot acknowledges with, while it goes on working. */
  #process(context: Context, body: z.infer<typeof Body>): Promise<Response> {
    const app = this.#app;
    if (this.#stopped || app === undefined) return Promise.resolve(context.body(null, 503));
    const { first = async () => {}, log } = this.#options;
    const retryNum = context.req.header('x-slack-retry-num');
    const retryReason = context.req.header('x-slack-retry-reason');
    return new Promise((resolve) => {
      const ack = async (answer?: unknown) => resolve(acknowledgement(context, answer));
      const event = {
        body,
        ack,
        ...(retryNum !== undefined && /^\d{1,4}$/.test(retryNum) && { retryNum: Number(retryNum) }),
        ...(retryReason !== undefined && { retryReason }),
      };
      const work = first(body)
        .then(() => app.processEvent(event))
        .then(
          () => resolve(refuse(context, 404, 'nothing here takes this')),
          (error: unknown) => {
            log.error({ err: forLog(error) }, "one of Slack's requests failed");
            resolve(isNotInstalled(error) ? refuse(context, 401, 'not installed') : context.body(null, 500));
          },
        );
      this.#underWay.add(work);
      void work.finally(() => this.#underWay.delete(work));
    });
  }
}

/** An answer after which Slack does not send the same again. */
function refuse(context: Context, status: 400 | 401 | 404 | 413 | 415, error: string): Response {
  return context.json({ error }, status, { 'X-Slack-No-Retry': '1' });
}

function acknowledgement(context: Context, answer: unknown): Response {
  if (answer === undefined || answer === '') return context.body(null, 200);
  return typeof answer === 'string' ? context.text(answer) : new Response(JSON.stringify(answer), JSON_OK);
}

const JSON_OK = { headers: { 'Content-Type': 'application/json' } };

/** A workspace that took the app out: to send again is no help. Slack's libraries wrap what they were told. */
function isNotInstalled(error: unknown): boolean {
  if (error instanceof NotInstalled) return true;
  return error instanceof Error && 'original' in error && isNotInstalled(error.original);
}

/** A JSON body, or a form's fields; presses and forms stand as JSON in the field `payload`. */
function bodyOf(text: string, isForm: boolean): z.infer<typeof Body> | undefined {
  try {
    const fields = isForm ? new URLSearchParams(text) : undefined;
    const json = isForm ? fields?.get('payload') : text;
    return Body.parse(json == null ? Object.fromEntries(fields ?? []) : JSON.parse(json));
  } catch {
    return undefined;
  }
}
