import { createServer, type Server } from 'node:http';
import { BlockList, isIP, type Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';

/** Where a platform writes what an operator should know; a pino logger is one. */
export interface Log {
  error(details: object, message: string): void;
}

/** The process's one HTTP server: health, and whatever platforms mount on it. */
export interface HttpServer {
  /** True where only this computer can reach it. */
  readonly loopback: boolean;
  /** Adds routes; only before `listen`. */
  mount(routes: Hono): void;
  /** Resolves with the address people open; fails with a sentence for the operator if the port cannot be had. */
  listen(): Promise<string>;
  /** Takes no new requests and resolves when those under way are answered, 5 s at most. */
  close(): Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Resolves when bot and database can answer; `/readyz` asks it. */
  readonly ready: () => Promise<void>;
  readonly log: Log;
}

const READY_WITHIN_MS = 2_000;
const CLOSE_WITHIN_MS = 5_000;

/** Makes the server with `/healthz` (the process is alive) and `/readyz` (it can answer); `listen` opens it. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const app = new Hono();
  addHealth(app, options);
  const server = createServer(
    { requestTimeout: 15_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    getRequestListener(app.fetch, { overrideGlobalObjects: false }),
  );
  const cutUnused = watchConnections(server);
  return {
    loopback: isLoopback(options.host),
    mount: (routes) => void app.route('/', routes),
    listen: () => listen(server, options),
    close: () => close(server, cutUnused),
  };
}

const ownAddresses = new BlockList();
ownAddresses.addSubnet('127.0.0.0', 8);
ownAddresses.addAddress('::1', 'ipv6');

/** True for the names and addresses by which a computer reaches itself, in any of their spellings. */
export function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  const address = `http://${isIP(bare) === 6 ? `[${bare}]` : bare}`;
  const name = URL.canParse(address) ? new URL(address).hostname.replace(/^\[(.*)\]$/, '$1') : bare;
  const family = isIP(name);
  return family === 0
    ? /^localhost\.?$/.test(name)
    : ownAddresses.check(name, family === 6 ? 'ipv6' : 'ipv4');
}

function addHealth(app: Hono, { ready, log }: HttpServerOptions): void {
  app.use(async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
  });
  app.get('/healthz', (context) => context.json({ alive: true }));
  app.get('/readyz', async (context) => {
    try {
      await within(READY_WITHIN_MS, ready());
      return context.json({ ready: true });
    } catch (error) {
      log.error({ err: error }, 'not ready');
      return context.json({ ready: false, error: 'The bot cannot answer yet; its log says why.' }, 503);
    }
  });
  app.notFound((context) => context.json({ error: 'There is nothing at this address.' }, 404));
  app.onError((error, context) => {
    const id = crypto.randomUUID().slice(0, 8);
    log.error({ err: error, id, path: context.req.path }, 'request failed');
    return context.json({ error: `Something went wrong on our side (${id}). Please try again.` }, 500);
  });
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function listen(server: Server, { host, port }: HttpServerOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(explain(error, host, port))));
    server.listen(port, host, () => resolve(addressOf(server, host)));
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program. Stop that program or set PORT to another number.`;
    case 'EACCES':
      return `Port ${port} may not be opened by this user. Set PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is "${host}", which is not an address of this computer. Set it to 127.0.0.1 or 0.0.0.0.`;
    default:
      return `The HTTP server cannot listen on ${host}, port ${port}: ${error.message}`;
  }
}

function addressOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/**
 * Answers with a function that cuts the connections on which no request is being answered. Node's own closes only
 * those that have had one: browsers open some ahead of need, and each would hold up the end of the process.
 */
function watchConnections(server: Server): () => void {
  const requests = new Map<Socket, number>();
  const count = (socket: Socket, more: number) => requests.set(socket, (requests.get(socket) ?? 0) + more);
  server.on('connection', (socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => requests.has(socket) && count(socket, -1));
  });
  return () => {
    for (const [socket, open] of requests) if (open === 0) socket.destroy();
  };
}

async function close(server: Server, cutUnused: () => void): Promise<void> {
  if (!server.listening) return;
  const force = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  // A connection whose last answer goes out after this point would otherwise be kept open for the next request.
  const tidy = setInterval(cutUnused, 50);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    cutUnused();
  });
  clearInterval(tidy);
  clearTimeout(force);
}
