import { randomUUID } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Bot, Origin } from '../../bot/platform.js';
import type { Reply } from '../../bot/reply.js';
import { type Drawn, drawReply } from './drawn.js';
import type { Events, Listener } from './events.js';
import { ownOriginOnly } from './guard.js';
import { WORKSPACE } from './poster.js';

/** What `/api/messages` and `/api/presses` answer; `drawn[i]` belongs to `replies[i]`. */
export interface Answer {
  readonly replies: readonly Reply[];
  readonly drawn: readonly Drawn[];
}

export interface ApiOptions {
  /** The bot once the chat has started. */
  readonly bot: () => Bot | undefined;
  /** Told of what all in a channel see. */
  readonly events: Events;
  /** Whether people on this page may change what belongs to everybody. */
  readonly admin: boolean;
  /** Run before anything else of a request. */
  readonly guards: readonly MiddlewareHandler[];
}

const LARGEST_BODY = 16 * 1024;

const SafeId = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,64}$/, 'must be 1 to 64 letters, digits or any of . _ : -');

const Speaker = z.object({
  user: SafeId,
  channel: SafeId.default('chat'),
  name: z
    .string()
    .max(200, 'must be at most 200 characters')
    .transform(
      (name) =>
        name
          .replace(/[\p{C}\s]+/gu, ' ')
          .trim()
          .slice(0, 64) || 'Guest',
    )
    .default('Guest'),
});
type Speaker = z.infer<typeof Speaker>;

const MessageBody = Speaker.extend({ text: z.string(), id: SafeId.default(() => randomUUID()) });

const Values = z.array(z.string().max(500, 'must be at most 500 characters')).max(100, 'has too many items');

const PressBody = Speaker.extend({
  press: z.string().min(1, 'must not be empty').max(200, 'must be at most 200 characters'),
  values: Values.default([]),
  form: z.record(SafeId, z.string()).default({}),
  choices: z.record(SafeId, Values).default({}),
  id: SafeId.default(() => randomUUID()),
});

const CompletionQuery = Speaker.extend({ text: z.string().max(500, 'must be at most 500 characters') });

const EventsQuery = z.object({ user: SafeId, channel: SafeId.default('chat'), after: z.string().optional() });

/** The chat page's programming interface: JSON in, Replies out, a sentence where the request is at fault. */
export function chatApi({ bot, events, admin, guards }: ApiOptions): Hono {
  const api = new Hono();
  const originOf = ({ user, channel, name }: Speaker): Origin => {
    return { platform: 'web', workspace: WORKSPACE, channel, user, name, admin };
  };

  api.use('/api/*', ...guards, ownOriginOnly, notStored);
  api.use('/api/*', bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge }));

  api.post('/api/messages', async (context) => {
    const body = await parseBody(context, MessageBody);
    const running = bot();
    if (body instanceof Response) return body;
    if (running === undefined) return away(context);
    const replies = await running.message({ origin: originOf(body), id: idOf(body), text: body.text });
    tellOthers(events, body, replies);
    return context.json(answer(replies));
  });

  api.post('/api/presses', async (context) => {
    const body = await parseBody(context, PressBody);
    const running = bot();
    if (body instanceof Response) return body;
    if (running === undefined) return away(context);
    const { press, values, form, choices } = body;
    const given = { press, values, form, choices };
    const replies = await running.press({ origin: originOf(body), id: idOf(body), ...given });
    tellOthers(events, body, replies);
    return context.json(answer(replies));
  });

  api.get('/api/completions', async (context) => {
    const query = CompletionQuery.safeParse(context.req.query());
    const running = bot();
    if (!query.success) return context.json({ error: complaint(query.error) }, 400);
    if (running === undefined) return away(context);
    return context.json({ suggestions: await running.complete(originOf(query.data), query.data.text) });
  });

  api.get('/api/events', (context) => {
    const query = EventsQuery.safeParse(context.req.query());
    if (!query.success) return context.json({ error: complaint(query.error) }, 400);
    if (bot() === undefined) return away(context);
    const after = context.req.header('last-event-id') ?? query.data.after;
    return context.body(streamOf(events, query.data, after), 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // Else the server would wait for the first parts to send them together.
      'Transfer-Encoding': 'chunked',
    });
  });

  api.on(['GET', 'PUT', 'PATCH', 'DELETE'], ['/api/messages', '/api/presses'], (context) =>
    context.json({ error: 'Send this as a POST request with a JSON body.' }, 405, { Allow: 'POST' }),
  );
  return api;
}

const notStored = async (context: Context, next: () => Promise<void>): Promise<void> => {
  await next();
  context.header('Cache-Control', 'no-store');
};

function tooLarge(context: Context): Response {
  return context.json({ error: 'The message is too large: at most 16 KB can be sent at once.' }, 413);
}

function away(context: Context): Response {
  return context.json({ error: 'The bot is starting or stopping. Please try again in a moment.' }, 503);
}

/** The request's id, made unique among learners, since a page chooses it; neither part can hold the slash. */
function idOf({ user, id }: { readonly user: string; readonly id: string }): string {
  return `${user}/${id}`;
}

function answer(replies: readonly Reply[]): Answer {
  return { replies, drawn: replies.map(drawReply) };
}

/**
 * What is public is shown in the channel's other windows too. Not what takes the place of a message, for each window
 * turns pages for itself, and no form, which is asked of one person.
 */
function tellOthers(
  events: Events,
  { channel, name, id }: Speaker & { readonly id: string },
  replies: readonly Reply[],
): void {
  for (const reply of replies) {
    if (reply.visibility !== 'public' || reply.replaces === true || reply.form !== undefined) continue;
    events.answer({ channel }, reply, name, id);
  }
}

function streamOf(events: Events, listener: Listener, after: string | undefined): ReadableStream {
  const leaving = new AbortController();
  const lines = events.follow(listener, after, leaving.signal);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => leaving.abort(),
  });
}

async function parseBody<T>(context: Context, schema: z.ZodType<T>): Promise<T | Response> {
  const type = context.req.header('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    return context.json({ error: 'Send JSON: set the header Content-Type to application/json.' }, 415);
  }
  const text = await context.req.text();
  const json = parseJson(text);
  if (json === undefined) return context.json({ error: 'The body is not valid JSON.' }, 400);
  const parsed = schema.safeParse(json);
  return parsed.success ? parsed.data : context.json({ error: complaint(parsed.error) }, 400);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function complaint(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'The request is not understood.';
  const where = issue.path.length === 0 ? 'The body' : `"${issue.path.join('.')}"`;
  return `${where}: ${issue.message}.`;
}
