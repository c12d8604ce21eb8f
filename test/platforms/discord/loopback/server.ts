import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError, type Problem, refusals } from './errors.js';
import type { Upload } from './messages.js';
import type { RateLimits } from './ratelimits.js';
import { type Answer, Troubles } from './troubles.js';

/** A request as it came in; for tests to look at. */
export interface SeenRequest {
  readonly method: string;
  /** Without the base and the version: '/channels/1/messages'. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly Upload[];
  readonly authorized: boolean;
  readonly at: number;
  status: number;
}

/** A body that Discord would refuse, a key that it would ignore, or a route that it does not have. */
export interface Violation {
  readonly request: string;
  readonly message: string;
  readonly problems: readonly Problem[];
}

/** What a route gets of a request. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly Upload[];
  /** Says what Discord would ignore though the bot should not have sent it. */
  ignore(problems: readonly Problem[]): void;
}

/** One thing that can be asked of Discord. `open`: also without a bot's token, as the path holds a secret. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly open?: boolean;
  answer(call: Call): Answer;
}

const BASE = '/api/v10';
/** Discord keeps an idle connection for minutes; Node's five seconds would end many just when they are used again. */
const KEEP_ALIVE_MS = 400_000;
/** Refusals that say that the bot sent what it should not have. */
const FAULTS: readonly number[] = [50035, 50006, 50109, 40005];

/** Discord's HTTP side: finds the route, remembers requests and violations, words refusals. */
export class Rest {
  readonly requests: SeenRequest[] = [];
  readonly violations: Violation[] = [];
  readonly troubles = new Troubles();
  readonly http: Server;
  readonly #token: string;
  readonly #routes: readonly (Route & { readonly pattern: RegExp })[];
  readonly #limits: RateLimits | undefined;

  constructor(token: string, routes: readonly Route[], limits: RateLimits | undefined) {
    this.#token = token;
    this.#limits = limits;
    this.#routes = routes.map((route) => ({ ...route, pattern: patternOf(route.path) }));
    this.http = createServer((request, response) => {
      this.#serve(request)
        .then((answer) => send(response, answer))
        .catch((error: unknown) => {
          this.#violate('the loopback itself', String(error));
          send(response, { status: 500, body: { message: '500: Internal Server Error', code: 0 } });
        });
    });
    this.http.keepAliveTimeout = KEEP_ALIVE_MS;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.http.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  async #serve(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', 'http://discord');
    const method = request.method ?? 'GET';
    const path = url.pathname.startsWith(BASE) ? url.pathname.slice(BASE.length) : url.pathname;
    const { body, files, broken } = await readBody(request);
    const seen: SeenRequest = {
      method,
      path,
      query: url.searchParams,
      body,
      files,
      authorized: request.headers.authorization === `Bot ${this.#token}`,
      at: Date.now(),
      status: 0,
    };
    this.requests.push(seen);
    const obey = () =>
      this.troubles.befall(`${method} ${path}`, async () => {
        try {
          return this.#obey(seen, url.pathname.startsWith(BASE), broken);
        } catch (error) {
          return this.#refuse(error, `${method} ${path}`);
        }
      });
    const answer = await (this.#limits === undefined ? obey() : this.#limits.hold(method, path, obey));
    seen.status = answer.status;
    return answer;
  }

  #obey(seen: SeenRequest, known: boolean, broken: boolean): Answer {
    const { method, path, query, body, files, authorized } = seen;
    const name = `${method} ${path}`;
    const matches = this.#routes.flatMap((route) => {
      const found = known ? route.pattern.exec(path) : null;
      return found ? [{ route, params: decoded(found.groups ?? {}) }] : [];
    });
    const match = matches.find(({ route }) => route.method === method);
    if (!match) {
      this.#violate(name, 'The loopback has no such route');
      throw matches.length > 0 ? refusals.methodNotAllowed() : refusals.noRoute();
    }
    if (!match.route.open && !authorized) throw refusals.unauthorized();
    if (broken) throw refusals.badJson();
    const ignore = (problems: readonly Problem[]) => {
      if (problems.length > 0) this.#violate(name, 'Unknown keys', problems);
    };
    return match.route.answer({ params: match.params, query, body, files, ignore });
  }

  #refuse(error: unknown, request: string): Answer {
    if (!(error instanceof ApiError)) throw error;
    if (FAULTS.includes(error.code)) this.#violate(request, error.message, error.problems);
    return { status: error.status, body: error.body };
  }

  #violate(request: string, message: string, problems: readonly Problem[] = []): void {
    this.violations.push({ request, message, problems });
  }
}

/** '/channels/:channel' becomes an expression with a group for each name. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}

interface ReadBody {
  readonly body: unknown;
  readonly files: readonly Upload[];
  readonly broken: boolean;
}

async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type);
  return { ...parseJson(bytes.toString()), files: [] };
}

/** A form of files and, as `payload_json`, the body. */
async function readForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<ReadBody> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const payload = form.get('payload_json');
  const files: Upload[] = [];
  for (const [field, value] of form) {
    const key = /^files\[(\d+)\]$/.exec(field)?.[1];
    if (key === undefined || typeof value === 'string') continue;
    files.push({ key, name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { ...parseJson(typeof payload === 'string' ? payload : ''), files };
}

function parseJson(text: string): { body: unknown; broken: boolean } {
  if (text === '') return { body: undefined, broken: false };
  try {
    return { body: JSON.parse(text), broken: false };
  } catch {
    return { body: undefined, broken: true };
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    via: '1.1 google',
    ...headers,
  });
  response.end(text);
}
