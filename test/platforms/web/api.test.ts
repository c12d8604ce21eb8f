import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fixtureBot } from '../fixture-bot.js';
import { type Served, serve } from './serve.js';

const bot = fixtureBot();
let served: Served;

beforeAll(async () => {
  served = await serve(bot);
});
afterAll(() => served.stop());

const Body = z.looseObject({ error: z.string().optional() });

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

interface Got {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly body: z.infer<typeof Body>;
}

/** Plain node:http, since fetch hides Host. */
function send(path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, served.url), { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const json = String(answer.headers['content-type']).startsWith('application/json');
        const parsed = Body.parse(json ? JSON.parse(text) : {});
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, body: parsed });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Got> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: text,
  });
}

describe('a message', () => {
  it('reaches the bot with who said it, and is answered with replies and their drawings', async () => {
    const sent = { user: 'ada', name: ' Ada\u0000\nLovelace ', text: '/eks explain etcd', id: 'm-1' };
    const { status, body } = await post('/api/messages', sent);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      replies: [{ title: 'etcd', visibility: 'public' }],
      drawn: [{ fields: [[{ tag: 'p' }], [{ tag: 'p' }]] }],
    });
    expect(bot.messages.at(-1)).toEqual({
      id: 'ada/m-1',
      text: '/eks explain etcd',
      origin: {
        platform: 'web',
        workspace: 'local',
        channel: 'chat',
        user: 'ada',
        name: 'Ada Lovelace',
        admin: true,
      },
    });
  });

  it('gets an id of its own where the sender gives none', async () => {
    await post('/api/messages', { user: 'ada', text: 'one' });
    await post('/api/messages', { user: 'ada', text: 'two' });
    const [one, two] = bot.messages.slice(-2);
    expect(one?.id).not.toBe(two?.id);
  });

  it('of one learner never carries the id of another learner', async () => {
    for (const [user, id] of [
      ['ada', 'same'],
      ['bob', 'same'],
      ['ada:b', 'c'],
      ['ada', 'b:c'],
    ]) {
      await post('/api/messages', { user, text: 'one', id });
    }
    expect(new Set(bot.messages.slice(-4).map(({ id }) => id)).size).toBe(4);
  });
});

describe('a press', () => {
  it('reaches the bot with values and form', async () => {
    const { status } = await post('/api/presses', {
      user: 'ada',
      channel: 'team',
      press: 'plan',
      values: ['a', 'b'],
      form: { goal: 'CKA' },
      id: 'p-1',
    });
    expect(status).toBe(200);
    expect(bot.presses.at(-1)).toMatchObject({
      id: 'ada/p-1',
      press: 'plan',
      values: ['a', 'b'],
      form: { goal: 'CKA' },
      origin: { channel: 'team' },
    });
  });

  it('reaches the bot with what was chosen in lists, and is refused where that is no list', async () => {
    const press = { user: 'ada', press: 'plan', form: { goal: 'CKA' } };
    await post('/api/presses', { ...press, choices: { days: ['mo', 'fr'], none: [] } });
    expect(bot.presses.at(-1)?.choices).toEqual({ days: ['mo', 'fr'], none: [] });
    for (const days of ['mo', [1], Array(101).fill('mo'), ['x'.repeat(501)]]) {
      const { status, body } = await post('/api/presses', { ...press, choices: { days } });
      expect(status).toBe(400);
      expect(body.error).toContain('"choices.days');
    }
  });

  it('cannot change the prototype of a form', async () => {
    await post('/api/presses', '{"user":"ada","press":"plan","form":{"__proto__":"x","goal":"y"}}');
    const form = bot.presses.at(-1)?.form ?? {};
    expect(Object.getPrototypeOf(form)).toBe(Object.prototype);
    expect(form['goal']).toBe('y');
  });
});

describe('a request at fault is refused with one sentence', () => {
  const faults: readonly [string, unknown, number, RegExp][] = [
    ['no user', { text: 'x' }, 400, /"user"/],
    ['a user with a slash', { user: '../x', text: 'x' }, 400, /"user": must be 1 to 64 letters/],
    ['a user of 65 letters', { user: 'u'.repeat(65), text: 'x' }, 400, /"user"/],
    ['an empty channel', { user: 'u', channel: '', text: 'x' }, 400, /"channel"/],
    ['an id with a blank', { user: 'u', text: 'x', id: 'a b' }, 400, /"id"/],
    ['no text', { user: 'u' }, 400, /"text"/],
    ['a text that is a number', { user: 'u', text: 1 }, 400, /"text"/],
    ['a list', [], 400, /The body/],
    ['no JSON', '{"user":', 400, /not valid JSON/],
    ['17 KB', { user: 'u', text: 'x'.repeat(17 * 1024) }, 413, /16 KB/],
  ];
  it.each(faults)('%s', async (_name, body, status, words) => {
    const before = bot.messages.length;
    const got = await post('/api/messages', body);
    expect(got.status).toBe(status);
    expect(got.body.error).toMatch(words);
    expect(bot.messages).toHaveLength(before);
  });

  it('17 KB without a stated length', async () => {
    const got = await send('/api/messages', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
      body: JSON.stringify({ user: 'u', text: 'x'.repeat(17 * 1024) }),
    });
    expect(got.status).toBe(413);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'type %s',
    async (type) => {
      const got = await post('/api/messages', { user: 'u', text: 'x' }, { 'Content-Type': type });
      expect(got.status).toBe(415);
      expect(got.body.error).toMatch(/application\/json/);
    },
  );

  it('GET where POST is meant, and an unknown address', async () => {
    expect((await send('/api/messages')).status).toBe(405);
    expect((await send('/api/nothing')).status).toBe(404);
    expect((await send('/../../package.json')).status).toBe(404);
    expect((await send('/tsconfig.json')).status).toBe(404);
  });

  it('any JSON at all: 200 or 400, never a failure of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        const { status } = await post('/api/presses', text);
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 60 },
    );
  });
});

describe('other pages are kept out', () => {
  const good = { user: 'u', text: 'x' };
  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io:3000',
    '192.168.0.7',
    '127.evil.com',
    '@',
  ])('Host %s is refused, as a rebound name would send it', async (host) => {
    expect((await post('/api/messages', good, { Host: host })).status).toBeGreaterThanOrEqual(400);
    expect((await send('/', { headers: { Host: host } })).status).toBeGreaterThanOrEqual(400);
  });

  it.each(['localhost', 'LOCALHOST:8080', '127.0.0.1:3000', '[::1]:3000'])(
    'Host %s is let in',
    async (host) => {
      expect((await post('/api/messages', good, { Host: host })).status).toBe(200);
    },
  );

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://127.0.0.1.evil.example', 'x'])(
    'Origin %s is refused',
    async (origin) => {
      const got = await post('/api/messages', good, { Origin: origin });
      expect(got.status).toBe(403);
      expect(got.body.error).toMatch(/chat page itself/);
    },
  );

  it('its own origin is let in; a request that the browser calls foreign is not', async () => {
    expect((await post('/api/messages', good, { Origin: served.url })).status).toBe(200);
    expect((await post('/api/messages', good, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    const completions = '/api/completions?user=u&text=/';
    expect((await send(completions, { headers: { 'Sec-Fetch-Site': 'same-site' } })).status).toBe(403);
    expect((await send(completions)).status).toBe(200);
  });

  it('an operator who opens the server to the network decides about names; origins stay checked', async () => {
    const open = await serve(bot, { host: '0.0.0.0' });
    const port = new URL(open.url).port;
    const ask = (headers: Record<string, string>) =>
      post(`http://127.0.0.1:${port}/api/messages`, { user: 'u', text: 'x' }, headers);
    try {
      expect((await ask({ Host: 'chat.example' })).status).toBe(200);
      expect(bot.messages.at(-1)?.origin.admin).toBe(false);
      expect((await ask({ Host: 'chat.example', Origin: 'https://chat.example' })).status).toBe(200);
      expect((await ask({ Host: 'chat.example', Origin: 'https://evil.example' })).status).toBe(403);
    } finally {
      await open.stop();
    }
  });
});

describe('what is served', () => {
  it('carries a policy that allows nothing but its own files', async () => {
    const { headers, text } = await send('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it('is not sent again while the browser has it', async () => {
    const { headers } = await send('/chat.js');
    const again = await send('/chat.js', { headers: { 'If-None-Match': String(headers['etag']) } });
    expect(again.status).toBe(304);
  });

  it('is never kept where it holds answers', async () => {
    const { headers } = await post('/api/messages', { user: 'u', text: 'x' });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('completes what is typed', async () => {
    const { body } = await send('/api/completions?user=u&text=%2Feks%20explain%20et');
    expect(body['suggestions']).toEqual([{ text: '/eks explain etcd', label: 'etcd', description: '' }]);
    expect((await send('/api/completions?user=u')).status).toBe(400);
  });
});
