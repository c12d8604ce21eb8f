import { randomUUID } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Bot, Origin } from '../../bot/platform.js';
import type { Reply } from '../../bot/reply.js';
import { type Markup, parseMarkdown } from '../markdown.js';
import { ownOriginOnly } from './guard.js';

/** A Reply's Markdown as the page draws it; `fields[i]` is the text of the Reply's field i. */
export interface Drawn {
  readonly text: readonly Markup[];
  readonly fields: readonly (readonly Markup[])[];
}

/** What `/api/messages` and `/api/presses` answer; `drawn[i]` belongs to `replies[i]`. */
export interface Answer {
  readonly replies: readonly Reply[];
  readonly drawn: readonly Drawn[];
}

export interface ApiOptions {
  /** The bot once the chat has started. */
  readonly bot: () => Bot | undefined;
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

const PressBody = Speaker.extend({
  press: z.string().min(1, 'must not be empty').max(200, 'must be at most 200 characters'),
  values: z
    .array(z.string().max(500, 'must be at most 500 characters'))
    .max(100, 'has too many items')
    .default([]),
  form: z.record(SafeId, z.string()).default({}),
  id: SafeId.default(() => randomUUID()),
});

const CompletionQuery = Speaker.extend({ text: z.string().max(500, 'must be at most 500 characters') });

/** The chat page's programming interface: JSON in, Replies out, a sentence where the request is at fault. */
export function chatApi({ bot, admin, guards }: ApiOptions): Hono {
  const api = new Hono();
  const originOf = ({ user, channel, name }: Speaker): Origin => {
    return { platform: 'web', workspace: 'local', channel, user, name, admin };
  };

  api.use('/api/*', ...guards, ownOriginOnly, notStored);
  api.use('/api/*', bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge }));

  api.post('/api/messages', async (context) => {
    const body = await parseBody(context, MessageBody);
    const running = bot();
    if (body instanceof Response) return body;
    if (running === undefined) return away(context);
    const replies = await running.message({ origin: originOf(body), id: idOf(body), text: body.text });
    return context.json(answer(replies));
  });

  api.post('/api/presses', async (context) => {
    const body = await parseBody(context, PressBody);
    const running = bot();
    if (body instanceof Response) return body;
    if (running === undefined) return away(context);
    const { press, values, form } = body;
    const replies = await running.press({ origin: originOf(body), id: idOf(body), press, values, form });
    return context.json(answer(replies));
  });

  api.get('/api/completions', async (context) => {
    const query = CompletionQuery.safeParse(context.req.query());
    const running = bot();
    if (!query.success) return context.json({ error: complaint(query.error) }, 400);
    if (running === undefined) return away(context);
    return context.json({ suggestions: await running.complete(originOf(query.data), query.data.text) });
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

function drawReply({ text, fields = [] }: Reply): Drawn {
  return { text: parseMarkdown(text), fields: fields.map((field) => parseMarkdown(field.text)) };
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
