import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Json } from './shapes.js';
import { secret } from './world.js';

const HEARTBEAT = 1;
const IDENTIFY = 2;
const RESUME = 6;
const RECONNECT = 7;
const INVALID_SESSION = 9;
const HELLO = 10;
const HEARTBEAT_ACK = 11;
/** What a bot may tell Discord without an answer: presence, voice state, asking for members. */
const IGNORED: readonly number[] = [3, 4, 8, 31];

/** Why Discord closes a socket. */
export const CLOSE_CODES = {
  unknownError: 4000,
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSequence: 4007,
  rateLimited: 4008,
  sessionTimedOut: 4009,
  invalidShard: 4010,
  shardingRequired: 4011,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;
export type CloseReason = keyof typeof CLOSE_CODES;

const frameShape = z.object({ op: z.int(), d: z.unknown().optional() });
const identifyShape = z.looseObject({
  token: z.string(),
  intents: z.int().nonnegative(),
  properties: z.looseObject({ os: z.string() }),
  shard: z.tuple([z.int().nonnegative(), z.int().positive()]).optional(),
});
const resumeShape = z.looseObject({ token: z.string(), session_id: z.string(), seq: z.int() });

interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  readonly events: { readonly s: number; readonly t: string; readonly d: Json }[];
  socket: WebSocket | undefined;
}

export interface GatewayOptions {
  readonly token: string;
  readonly heartbeatMs: number;
  readonly shards: number;
  /** Intents that the application may not use, as bits. */
  readonly disallowedIntents: number;
  /** What READY says beside the session. */
  ready(): Json;
  /** Guilds that a session with these intents and this shard is told of. */
  guilds(session: { readonly shard: readonly [number, number]; readonly intents: number }): readonly Json[];
}

/** Discord's side of the socket: sessions that outlive sockets, heartbeats, and all the ways of losing one. */
export class Gateway {
  /** What has happened, such as 'identify', 'resume', 'close 4004'; for tests to look at. */
  readonly log: string[] = [];
  readonly #options: GatewayOptions;
  readonly #server: WebSocketServer;
  readonly #http: Server;
  readonly #sessions = new Map<string, Session>();
  /** Sockets through which nothing goes any more, though they are open. */
  readonly #stalled = new WeakSet<WebSocket>();

  constructor(http: Server, options: GatewayOptions) {
    this.#http = http;
    this.#options = options;
    this.#server = new WebSocketServer({ server: http, path: '/gateway' });
    this.#server.on('connection', (socket) => this.#welcome(socket));
  }

  get url(): string {
    const address = this.#http.address();
    if (!isAddress(address)) throw new Error('the gateway is not listening');
    return `ws://127.0.0.1:${address.port}/gateway`;
  }

  /** How many sessions have a socket now. */
  get connected(): number {
    return [...this.#sessions.values()].filter(({ socket }) => socket !== undefined).length;
  }

  /** Sends an event to the session of a guild's shard; without a guild to the first shard. False: nobody was there. */
  dispatch(t: string, d: Json, guildId?: string): boolean {
    const sessions = [...this.#sessions.values()].filter(({ shard: [number, of] }) =>
      guildId === undefined ? number === 0 : Number((BigInt(guildId) >> 22n) % BigInt(of)) === number,
    );
    for (const session of sessions) this.#send(session, t, d);
    return sessions.length > 0;
  }

  /** Cuts the sockets off without a word, as a broken network does; sessions can be resumed. */
  drop(): void {
    for (const { socket } of this.#sessions.values()) socket?.terminate();
  }

  /** Lets nothing through the sockets any more, and keeps them open: only missing heartbeats tell the bot. */
  stall(): void {
    for (const { socket } of this.#sessions.values()) if (socket) this.#stalled.add(socket);
  }

  /** Closes the sockets with Discord's code for the reason; some reasons end the session as well. */
  close(reason: CloseReason): void {
    for (const { id, socket } of [...this.#sessions.values()]) {
      if (reason === 'sessionTimedOut' || reason === 'invalidSequence') this.#sessions.delete(id);
      if (socket) this.#close(socket, reason);
    }
  }

  /** Asks the bot to connect anew, as Discord does before it restarts a gateway. */
  askToReconnect(): void {
    for (const { socket } of this.#sessions.values()) this.#transmit(socket, { op: RECONNECT, d: null });
  }

  /** Tells the bot that its session is invalid; one that cannot be resumed is forgotten. */
  invalidate(resumable: boolean): void {
    for (const session of [...this.#sessions.values()]) {
      const { id, socket } = session;
      if (!resumable) this.#sessions.delete(id);
      session.socket = undefined;
      this.#transmit(socket, { op: INVALID_SESSION, d: resumable });
    }
  }

  /** Cuts the sockets off and forgets the sessions: the resume that follows is told that there is none. */
  forget(): void {
    this.drop();
    this.#sessions.clear();
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #welcome(socket: WebSocket): void {
    let session: Session | undefined;
    this.#transmit(socket, { op: HELLO, d: { heartbeat_interval: this.#options.heartbeatMs } });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = undefined;
    });
    socket.on('message', (data) => {
      if (this.#stalled.has(socket)) return;
      const frame = parseFrame(String(data));
      if (!frame) return this.#close(socket, 'decodeError');
      if (frame.op === HEARTBEAT) return this.#transmit(socket, { op: HEARTBEAT_ACK });
      if (frame.op === IDENTIFY || frame.op === RESUME) {
        if (session?.socket === socket) return this.#close(socket, 'alreadyAuthenticated');
        session = frame.op === IDENTIFY ? this.#identify(socket, frame.d) : this.#resume(socket, frame.d);
        return;
      }
      if (session?.socket !== socket) return this.#close(socket, 'notAuthenticated');
      if (!IGNORED.includes(frame.op)) this.#close(socket, 'unknownOpcode');
    });
  }

  #identify(socket: WebSocket, data: unknown): Session | undefined {
    const identity = identifyShape.safeParse(data).data;
    const reason = this.#refusal(identity);
    if (!identity || reason) {
      this.#close(socket, reason ?? 'decodeError');
      return undefined;
    }
    this.log.push('identify');
    const { shard = [0, 1], intents } = identity;
    for (const old of this.#sessions.values()) {
      if (old.shard[0] === shard[0] && !old.socket) this.#sessions.delete(old.id);
    }
    const session: Session = { id: secret(16), shard, intents, events: [], socket };
    this.#sessions.set(session.id, session);
    const ready = { ...this.#options.ready(), session_id: session.id, resume_gateway_url: this.url, shard };
    const guilds = this.#options.guilds(session);
    this.#send(session, 'READY', {
      v: 10,
      ...ready,
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    });
    for (const guild of guilds) this.#send(session, 'GUILD_CREATE', guild);
    return session;
  }

  #refusal(identity: z.infer<typeof identifyShape> | undefined): CloseReason | undefined {
    if (!identity) return 'decodeError';
    const [number, of] = identity.shard ?? [0, 1];
    if (identity.token !== this.#options.token) return 'authenticationFailed';
    if (number >= of) return 'invalidShard';
    if (of < this.#options.shards) return 'shardingRequired';
    if (identity.intents >= 2 ** 26) return 'invalidIntents';
    return (identity.intents & this.#options.disallowedIntents) !== 0 ? 'disallowedIntents' : undefined;
  }

  #resume(socket: WebSocket, data: unknown): Session | undefined {
    const wish = resumeShape.safeParse(data).data;
    if (!wish) this.#close(socket, 'decodeError');
    else if (wish.token !== this.#options.token) this.#close(socket, 'authenticationFailed');
    const session = this.#sessions.get(wish?.session_id ?? '');
    if (!wish || wish.token !== this.#options.token) return undefined;
    if (!session) {
      this.log.push('resume refused');
      this.#transmit(socket, { op: INVALID_SESSION, d: false });
      return undefined;
    }
    if (wish.seq > session.events.length) {
      this.#close(socket, 'invalidSequence');
      return undefined;
    }
    this.log.push('resume');
    session.socket = socket;
    for (const event of session.events.slice(wish.seq)) this.#transmit(socket, { op: 0, ...event });
    this.#send(session, 'RESUMED', {});
    return session;
  }

  #send(session: Session, t: string, d: Json): void {
    const event = { s: session.events.length + 1, t, d };
    session.events.push(event);
    this.#transmit(session.socket, { op: 0, ...event });
  }

  #transmit(socket: WebSocket | undefined, frame: Json): void {
    if (!socket || this.#stalled.has(socket) || socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(frame));
  }

  #close(socket: WebSocket, reason: CloseReason): void {
    const code = CLOSE_CODES[reason];
    this.log.push(`close ${code}`);
    socket.close(code, reason);
  }
}

function parseFrame(text: string): z.infer<typeof frameShape> | undefined {
  try {
    return frameShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;
