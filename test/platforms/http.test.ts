import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createHttpServer, type HttpServerOptions, isLoopback } from '../../src/platforms/http.js';

function make(options: Partial<HttpServerOptions> = {}) {
  return createHttpServer({
    host: '127.0.0.1',
    port: 0,
    ready: async () => {},
    log: { error: () => {} },
    ...options,
  });
}

describe('the HTTP server', () => {
  it('says that it is alive even while it is not ready, and then that it is ready', async () => {
    let broken = true;
    const ready = async () => {
      if (broken) throw new Error('the password is hunter2');
    };
    const server = make({ ready });
    const url = await server.listen();
    try {
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      const down = await fetch(`${url}/readyz`);
      expect(down.status).toBe(503);
      expect(await down.text()).not.toContain('hunter2');
      broken = false;
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    } finally {
      await server.close();
    }
  });

  it('names the port and the way out when the port is taken', async () => {
    const first = make();
    const port = Number(new URL(await first.listen()).port);
    try {
      await expect(make({ port }).listen()).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
    } finally {
      await first.close();
    }
  });

  it('explains a HOST that is no address of this computer', async () => {
    await expect(make({ host: '203.0.113.9' }).listen()).rejects.toThrow(/HOST is "203.0.113.9"/);
  });

  it('answers what is under way before it closes, and nothing after', async () => {
    const server = make();
    const routes = new Hono();
    let begun: () => void = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    routes.get('/slow', async (context) => {
      begun();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return context.text('done');
    });
    server.mount(routes);
    const url = await server.listen();
    const slow = fetch(`${url}/slow`);
    await running;
    const closed = server.close();
    expect(await (await slow).text()).toBe('done');
    await closed;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it.each(['', 'GET / HTTP/1.1\r\nHo'])(
    'does not wait for a connection that has sent no whole request: %j',
    async (begun) => {
      const server = make();
      const url = await server.listen();
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(begun);
      // Connections are taken in order: once this is answered, the server knows of the other.
      await fetch(`${url}/healthz`);
      const began = performance.now();
      await server.close();
      expect(performance.now() - began).toBeLessThan(2_000);
    },
  );

  it('tells a failure of ours apart by an id, and keeps its reason to the log', async () => {
    const logged: object[] = [];
    const server = make({ log: { error: (details) => void logged.push(details) } });
    const routes = new Hono();
    routes.get('/broken', () => {
      throw new Error('secret reason');
    });
    server.mount(routes);
    const url = await server.listen();
    try {
      const answer = await fetch(`${url}/broken`);
      const text = await answer.text();
      expect(answer.status).toBe(500);
      expect(text).not.toContain('secret reason');
      const [entry] = logged;
      expect(entry).toMatchObject({ err: { message: 'secret reason' } });
      expect(text).toContain(String(Object.entries(entry ?? {}).find(([key]) => key === 'id')?.[1]));
    } finally {
      await server.close();
    }
  });
});

describe('this computer', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    '127.0.0.1',
    '127.9.9.9',
    '127.1',
    '::1',
    '[::1]',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
  ])('is reached as %s', (name) => expect(isLoopback(name)).toBe(true));

  it.each([
    '0.0.0.0',
    '::',
    '',
    '128.0.0.1',
    '127.0.0.1.nip.io',
    'localhost.evil.example',
    '::2',
    '::ffff:10.0.0.1',
    'a b',
    '127.0.0.1:80@evil.example',
  ])('is not reached as %s', (name) => expect(isLoopback(name)).toBe(false));
});
