import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { ApiError } from './errors.js';
import type { Files } from './files.js';
import type { Installs, Token } from './installs.js';
import { type Method, needScopes } from './method.js';
import type { Consent } from './oauth.js';
import type { ResponseUrls } from './responseurls.js';
import { type Answer, Troubles } from './troubles.js';
import type { Json } from './world.js';

/** A request as it came in; for tests to look at. */
export interface SeenRequest {
  /** A method such as 'chat.postMessage', 'response_url', 'upload' or 'oauth/v2/authorize'. */
  readonly method: string;
  readonly args: Json;
  readonly at: number;
  /** Slack's code where it refused, 'ok' where it did not; a status such as '429' in trouble. */
  result: string;
}

/** What the bot sent and Slack would refuse or ignore, or a person would miss. */
export interface Violation {
  readonly request: string;
  readonly message: string;
}

/** What the HTTP side needs of the rest. */
export interface Served {
  readonly appToken: string;
  readonly methods: readonly Method[];
  readonly installs: Installs;
  readonly files: Files;
  readonly responseUrls: ResponseUrls;
  readonly consent: Consent;
}

const Args = z.record(z.string(), z.unknown());
const GONE: readonly string[] = ['used_url', 'expired_url', 'no_service', 'message_not_found'];

/** Slack's HTTP side: finds the method, checks the token, remembers requests and violations, words refusals. */
export class Rest {
  readonly requests: SeenRequest[] = [];
  readonly violations: Violation[] = [];
  readonly troubles = new Troubles();
  readonly http: Server;
  #served: Served | undefined;

  constructor() {
    this.http = createServer((request, response) => {
      this.#serve(request)
        .then((answer) => send(response, answer))
        .catch((error: unknown) => {
          this.violate('the loopback itself', error instanceof Error ? String(error.stack) : String(error));
          send(response, { status: 500 });
        });
    });
  }

  listen(served: Served): Promise<void> {
    this.#served = served;
    return new Promise((resolve) => this.http.listen(0, '127.0.0.1', resolve));
  }

  get base(): string {
    const address = this.http.address();
    if (typeof address !== 'object' || address === null) throw new Error('the loopback is not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  violate(request: string, message: string): void {
    this.violations.push({ request, message });
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  async #serve(request: IncomingMessage): Promise<Answer> {
    const served = this.#served;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://slack');
    const bytes = await bytesOf(request);
    if (!served) return { status: 503 };
    if (pathname === '/oauth/v2/authorize') {
      return this.#noted('oauth/v2/authorize', Object.fromEntries(searchParams), () =>
        served.consent.page(searchParams),
      );
    }
    if (pathname.startsWith('/upload/')) {
      const upload = await uploadOf(bytes, request.headers['content-type'] ?? '');
      const id = pathname.slice('/upload/'.length);
      return this.#noted('upload', { id, length: upload.length }, () =>
        served.files.receive(id, upload) ? { status: 200, body: `OK - ${upload.length}` } : { status: 400 },
      );
    }
    const args = argsOf(bytes, request.headers['content-type'] ?? '', searchParams);
    if (/^\/(commands|actions)\//.test(pathname)) {
      return this.#noted('response_url', args ?? {}, () => this.#respond(served, pathname, args));
    }
    const method = /^\/api\/([\w.]+)$/.exec(pathname)?.[1] ?? pathname;
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    return this.#noted(method, args ?? {}, () => this.#call(served, method, args, bearer));
  }

  /** Remembers a request and its result, and lets trouble befall it. */
  async #noted(method: string, args: Json, obey: () => Answer): Promise<Answer> {
    const seen: SeenRequest = { method, args, at: Date.now(), result: 'ok' };
    this.requests.push(seen);
    const name = typeof args['channel'] === 'string' ? `${method} ${args['channel']}` : method;
    const answer = await this.troubles.befall(name, obey);
    const refusal = z.looseObject({ ok: z.literal(false), error: z.string() }).safeParse(answer.body).data;
    seen.result =
      answer.status > 399 && answer.status !== 404 ? String(answer.status) : (refusal?.error ?? 'ok');
    return answer;
  }

  #call(served: Served, name: string, args: Json | undefined, bearer: string | undefined): Answer {
    const method = served.methods.find((one) => one.name === name);
    try {
      if (!method) throw new ApiError('unknown_method', { req_method: name });
      if (!args) throw new ApiError('invalid_json');
      const token = this.#authorize(served, method, bearer ?? textOf(args['token']));
      const body = { ok: true, ...method.answer(args, token) };
      return { status: 200, headers: scopeHeaders(method, token), body };
    } catch (error) {
      return this.#refuse(error, name, 200);
    }
  }

  #authorize({ installs, appToken }: Served, { auth, scopes }: Method, value?: string): Token | undefined {
    if (auth === 'none') return undefined;
    if (value === undefined) throw new ApiError('not_authed');
    const isApp = value.startsWith('xapp-');
    if (isApp && value !== appToken) throw new ApiError('invalid_auth');
    if (isApp !== (auth === 'app')) throw new ApiError('not_allowed_token_type');
    if (isApp) return undefined;
    const token = installs.check(value);
    needScopes(token, scopes);
    return token;
  }

  #respond({ responseUrls }: Served, path: string, args: Json | undefined): Answer {
    try {
      responseUrls.take(path, args);
      return { status: 200, body: { ok: true } };
    } catch (error) {
      const code = error instanceof ApiError ? error.code : '';
      return this.#refuse(error, 'response_url', GONE.includes(code) ? 404 : 400);
    }
  }

  #refuse(error: unknown, request: string, status: number): Answer {
    if (!(error instanceof ApiError)) throw error;
    const { code, more, isFault } = error;
    if (isFault) this.violate(request, `${code} ${JSON.stringify(more)}`);
    return { status, body: { ok: false, error: code, ...more } };
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

function scopeHeaders({ scopes }: Method, token: Token | undefined): Record<string, string> {
  return token
    ? { 'x-oauth-scopes': token.scopes.join(','), 'x-accepted-oauth-scopes': scopes.join(',') }
    : {};
}

async function bytesOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The bytes of a file, sent as they are or as the one file of a form. */
async function uploadOf(bytes: Buffer<ArrayBuffer>, type: string): Promise<Uint8Array> {
  if (!type.startsWith('multipart/form-data')) return bytes;
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((value) => typeof value !== 'string');
  return new Uint8Array(typeof file === 'object' ? await file.arrayBuffer() : []);
}

/** Arguments of a query, a form or a JSON body; undefined where the JSON is broken. */
function argsOf(bytes: Buffer, type: string, query: URLSearchParams): Json | undefined {
  if (!type.startsWith('application/json')) {
    const form = new URLSearchParams(bytes.toString());
    return Object.fromEntries([...query, ...form]);
  }
  try {
    return Args.safeParse(JSON.parse(bytes.toString())).data;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const isText = typeof body === 'string' || body === undefined;
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
