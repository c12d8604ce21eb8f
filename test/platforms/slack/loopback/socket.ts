import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { EnvelopeType, Outcome, Retry, Transport } from './transport.js';
import { type Json, secret } from './world.js';

const Ack = z.strictObject({ envelope_id: z.string(), payload: z.unknown().optional() });

export interface SocketOptions {
  readonly appId: string;
  /** How long a bot has to acknowledge. */
  readonly answerMs: number;
  readonly pingMs: number;
  /** How long after its announcement Slack closes a connection that the bot has not closed itself. */
  readonly closeMs: number;
  violate(message: string): void;
}

/** One open connection of a bot. */
interface Connection {
  readonly number: number;
  readonly socket: WebSocket;
  readonly pings: NodeJS.Timeout;
  silent: boolean;
  /** True after its end was announced: nothing is sent on it any more. */
  leaving: boolean;
}

interface Pending {
  readonly accepts: boolean;
  answer(body: unknown): void;
}

const MOST_CONNECTIONS = 10;
const TICKET_MS = 30_000;

/** Slack's side of Socket Mode: each envelope goes to one of the open connections. */
export class SocketMode implements Transport {
  /** What has happened, such as 'open 1', 'refresh_requested 1', 'close 1'; for tests to look at. */
  readonly log: string[] = [];
  /** How many envelopes each connection has got, by its number from 1. */
  readonly delivered = new Map<number, number>();
  readonly #options: SocketOptions;
  readonly #server: WebSocketServer;
  readonly #tickets = new Map<string, number>();
  readonly #connections: Connection[] = [];
  readonly #pending = new Map<string, Pending>();
  readonly #closings = new Set<NodeJS.Timeout>();
  #opened = 0;
  #turn = 0;

  constructor(http: Server, options: SocketOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({ server: http, path: '/link', autoPong: false });
    this.#server.on('connection', (socket, request) => this.#welcome(socket, request.url ?? ''));
  }

  /** A ticket for one connection, as the query of the address that `apps.connections.open` answers. */
  newTicket(): string {
    const ticket = secret();
    this.#tickets.set(ticket, Date.now() + TICKET_MS);
    return `ticket=${ticket}&app_id=${this.#options.appId}`;
  }

  /** How many connections are open, as far as Slack knows. */
  get open(): number {
    return this.#connections.length;
  }

  deliver(type: EnvelopeType, payload: Json, retry?: Retry): Promise<Outcome> {
    const connection = this.#next();
    if (!connection) return Promise.resolve({ kind: 'failed', reason: 'connection_failed' });
    this.delivered.set(connection.number, (this.delivered.get(connection.number) ?? 0) + 1);
    const envelope_id = randomUUID();
    const accepts = type !== 'events_api';
    const again = { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' };
    const envelope = { envelope_id, payload, type, accepts_response_payload: accepts };
    transmit(connection, type === 'events_api' ? { ...envelope, ...again } : envelope);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#pending.delete(envelope_id);
        resolve({ kind: 'timeout' });
      }, this.#options.answerMs);
      const answer = (body: unknown) => {
        clearTimeout(timer);
        this.#pending.delete(envelope_id);
        resolve({ kind: 'acknowledged', body });
      };
      this.#pending.set(envelope_id, { accepts, answer });
    });
  }

  /** Slack's routine: asks one connection (the oldest) or all to come anew, and closes them a little later. */
  refresh(which: 'one' | 'all' = 'one'): void {
    this.#announce('refresh_requested', which);
  }

  /** Warns one connection or all that they end soon. */
  warn(which: 'one' | 'all' = 'one'): void {
    this.#announce('warning', which);
  }

  /** Cuts connections off without a word, as a broken network does. */
  drop(which: 'one' | 'all' = 'all'): void {
    for (const { socket } of this.#some(which)) socket.terminate();
  }

  /** Goes silent: connections stay open, but nothing gets through any more, in no direction. */
  silence(which: 'one' | 'all' = 'one'): void {
    for (const connection of this.#some(which)) connection.silent = true;
  }

  async stop(): Promise<void> {
    for (const timer of this.#closings) clearTimeout(timer);
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Connections take turns; one that is leaving is left out. */
  #next(): Connection | undefined {
    const present = this.#connections.filter(({ leaving }) => !leaving);
    this.#turn += 1;
    return present[this.#turn % Math.max(1, present.length)];
  }

  #some(which: 'one' | 'all'): readonly Connection[] {
    const present = this.#connections.filter(({ leaving, silent }) => !leaving && !silent);
    return which === 'all' ? present : present.slice(0, 1);
  }

  #announce(reason: 'refresh_requested' | 'warning', which: 'one' | 'all'): void {
    for (const connection of this.#some(which)) this.#leave(connection, reason);
  }

  #leave(connection: Connection, reason: string): void {
    this.log.push(`${reason} ${connection.number}`);
    transmit(connection, { type: 'disconnect', reason, debug_info: { host: 'applink-loopback' } });
    connection.leaving = reason !== 'warning';
    const timer = setTimeout(() => {
      this.#closings.delete(timer);
      connection.socket.close(1000);
    }, this.#options.closeMs);
    this.#closings.add(timer);
  }

  #welcome(socket: WebSocket, address: string): void {
    const ticket = new URL(address, 'ws://slack').searchParams.get('ticket') ?? '';
    const until = this.#tickets.get(ticket) ?? 0;
    this.#tickets.delete(ticket);
    if (until < Date.now()) {
      this.#options.violate('A connection without a fresh ticket');
      socket.close(1008, 'invalid ticket');
      return;
    }
    this.#opened += 1;
    const pings = setInterval(() => {
      if (!connection.silent) socket.ping('Ping from loopback');
    }, this.#options.pingMs);
    const connection: Connection = { number: this.#opened, socket, pings, silent: false, leaving: false };
    this.log.push(`open ${connection.number}`);
    this.#listen(connection);
    if (this.#connections.length < MOST_CONNECTIONS) this.#greet(connection);
    else this.#leave(connection, 'too_many_websockets');
  }

  #greet(connection: Connection): void {
    this.#connections.push(connection);
    transmit(connection, {
      type: 'hello',
      num_connections: this.#connections.length,
      debug_info: { host: 'applink-loopback', build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: this.#options.appId },
    });
  }

  #listen(connection: Connection): void {
    const { socket, number, pings } = connection;
    socket.on('error', () => socket.terminate());
    socket.on('ping', (data) => {
      if (!connection.silent) socket.pong(data);
    });
    socket.on('close', () => {
      clearInterval(pings);
      this.log.push(`close ${number}`);
      const at = this.#connections.indexOf(connection);
      if (at !== -1) this.#connections.splice(at, 1);
    });
    socket.on('message', (data) => {
      if (!connection.silent) this.#acknowledge(String(data));
    });
  }

  #acknowledge(text: string): void {
    const ack = readAck(text);
    const pending = this.#pending.get(ack?.envelope_id ?? '');
    const empty = Object.keys(Object(ack?.payload ?? {})).length === 0;
    if (!ack) this.#options.violate(`Not an acknowledgement: ${text}`);
    if (pending && !pending.accepts && !empty) {
      this.#options.violate('A payload in the acknowledgement of an event');
    }
    pending?.answer(empty ? undefined : ack?.payload);
  }
}

function transmit({ socket, silent }: Connection, frame: Json): void {
  if (!silent && socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
}

function readAck(text: string): z.infer<typeof Ack> | undefined {
  try {
    return Ack.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
