import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Reply } from '../../../src/bot/reply.js';
import { Events } from '../../../src/platforms/web/events.js';
import { OWNER } from '../../../src/platforms/web/posts.js';
import { fixtureBot } from '../fixture-bot.js';
import { openOwn, type Served, serve } from './serve.js';

const words = (text: string): Reply => ({ text, visibility: 'public' });

const bot = fixtureBot({
  page: [{ text: 'page 2', visibility: 'public', replaces: true }],
  secret: [{ text: 'for you', visibility: 'private' }],
  open: [words('for all')],
});

let served: Served;
const leaving: (() => void)[] = [];
beforeAll(async () => {
  served = await serve(bot);
});
afterEach(() => {
  for (const leave of leaving.splice(0)) leave();
});
afterAll(() => served.stop());

const Told = z.object({
  at: z.number(),
  message: z.string(),
  by: z.string().optional(),
  answers: z.string().optional(),
  reply: z.looseObject({ text: z.string() }),
  drawn: z.object({ text: z.array(z.unknown()) }),
});

/** A connection that listens: what it was told, and the id of the last of it. */
class Ear {
  status = 0;
  type = '';
  text = '';
  ended = false;

  get told() {
    return [...this.text.matchAll(/^data: (.+)$/gm)].map(([, data]) => Told.parse(JSON.parse(data ?? '')));
  }

  get words() {
    return this.told.map(({ reply }) => reply.text);
  }

  get last() {
    return [...this.text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? '';
  }

  async hears(...texts: readonly string[]) {
    await expect.poll(() => this.words).toEqual(texts);
  }
}

async function listen(query: string, headers: Record<string, string> = {}, url = served.url): Promise<Ear> {
  const ear = new Ear();
  await new Promise<void>((resolve, reject) => {
    const sent = request(new URL(`/api/events?${query}`, url), { headers }, (answer) => {
      ear.status = answer.statusCode ?? 0;
      ear.type = String(answer.headers['content-type']);
      answer.on('data', (part: Buffer) => {
        ear.text += part.toString();
        resolve();
      });
      answer.on('end', () => {
        ear.ended = true;
      });
      answer.on('error', () => {});
    });
    sent.on('error', reject);
    sent.end();
    leaving.push(() => sent.destroy());
  });
  return ear;
}

function say(text: string, channel: string, id: string): Promise<Response> {
  return fetch(`${served.url}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user: 'ada', name: 'Ada', channel, text, id }),
  });
}

const options = (key: string) => ({ key, since: new Date() });

describe('events of a channel', () => {
  it('tell its windows what the bot answered to all there, with whom, and nothing else', async () => {
    const [bea, other] = await Promise.all([listen('user=bea&channel=one'), listen('user=cid&channel=two')]);
    expect([bea?.status, bea?.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    for (const text of ['secret', 'page', 'open']) await say(text, 'one', `m-${text}`);
    await bea?.hears('for all');
    expect(bea?.told[0]).toMatchObject({ by: 'Ada', answers: 'm-open', drawn: { text: [{ tag: 'p' }] } });
    expect(other?.words).toEqual([]);
    expect(bea?.text).not.toContain('"ada"');
  });

  it.each(['header', 'query'])('go on where a window was, by its %s', async (way) => {
    const channel = `gap-${way}`;
    const ear = await listen(`user=bea&channel=${channel}`);
    await say('open', channel, 'm-1');
    await ear.hears('for all');
    const { last } = ear;
    await served.poster.post({ workspace: 'local', channel }, words('a post'), options(channel));
    await say('open', channel, 'm-2');
    const again =
      way === 'header'
        ? await listen(`user=bea&channel=${channel}&after=older.1`, { 'Last-Event-ID': last })
        : await listen(`user=bea&channel=${channel}&after=${last}`);
    await again.hears('a post', 'for all');
    await ear.hears('for all', 'a post', 'for all');
  });

  it('begin with the latest posts for a window that opens later, each as it stands now', async () => {
    const place = { workspace: 'local', channel: 'late' };
    const posted = await served.poster.post(place, words('a quiz'), options('late-1'));
    await served.poster.post(place, words('another'), options('late-2'));
    await say('open', 'late', 'm-1');
    await served.poster.edit(place, posted, words('the reveal'));
    const ear = await listen('user=bea&channel=late&after=made.up');
    await ear.hears('the reveal', 'another');
    expect(ear.told[0]?.message).toBe(posted.message);
  });

  it('tell a person alone what is for them', async () => {
    const [bea, cid] = await Promise.all([listen('user=bea'), listen('user=cid')]);
    await served.poster.tell('local', 'bea', { text: 'paused', visibility: 'private' });
    await bea?.hears('paused');
    expect(cid?.words).toEqual([]);
  });

  it('are refused to other pages, and where the request says not who listens', async () => {
    expect((await listen('user=bea', { Origin: 'http://evil.example' })).status).toBe(403);
    expect((await listen('user=bea', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await listen('user=bea', { Host: 'evil.example' })).status).toBe(403);
    expect((await listen('channel=one')).status).toBe(400);
    expect((await listen('user=a%20b')).status).toBe(400);
  });

  it('end when the chat stops, at once', async () => {
    const another = await serve(bot);
    const ear = await listen('user=bea', {}, another.url);
    const began = performance.now();
    await another.stop();
    expect(performance.now() - began).toBeLessThan(4_000);
    await expect.poll(() => ear.ended).toBe(true);
  });
});

describe('posts', () => {
  it('are shown once for each key, and an edit of one that is not remembered is shown', async () => {
    const place = { workspace: 'local', channel: 'posts' };
    const ear = await listen('user=eve&channel=posts');
    const first = await served.poster.post(place, words('a quiz'), options('p-1'));
    expect(await served.poster.post(place, words('a quiz'), options('p-1'))).toEqual(first);
    await served.poster.edit(place, { message: 'of-yesterday', thread: undefined }, words('the reveal'));
    await ear.hears('a quiz', 'the reveal');
  });

  it('belong to the one workspace of the page', async () => {
    const elsewhere = { workspace: 'T1', channel: 'C1' };
    await expect(served.poster.post(elsewhere, words('x'), options('x'))).rejects.toMatchObject({
      reason: 'gone',
    });
  });
});

describe('after a restart', () => {
  const place = { workspace: 'local', channel: 'chat' };
  let own: Awaited<ReturnType<typeof openOwn>>;
  let now = new Date('2026-03-02T09:00:00Z');
  const start = () => serve(bot, { store: own.store, now: () => now });
  beforeAll(async () => {
    own = await openOwn();
  });
  afterAll(() => own.close());

  it('a post is there with its time, is one for its key, and is edited in its place', async () => {
    const first = await start();
    const posted = await first.poster.post(place, words('a quiz'), options('k-1'));
    now = new Date('2026-03-02T09:30:00Z');
    await first.poster.post({ ...place, channel: 'other' }, words('elsewhere'), options('k-2'));
    await first.poster.tell('local', 'bea', { text: 'paused', visibility: 'private' });
    await first.stop();
    now = new Date('2026-03-02T10:00:00Z');
    const second = await start();
    expect(await second.poster.post(place, words('a quiz, again'), options('k-1'))).toEqual(posted);
    const bea = await listen('user=bea', {}, second.url);
    await bea.hears('a quiz', 'paused');
    expect(bea.told[0]).toMatchObject({ message: posted.message, at: Date.parse('2026-03-02T09:00:00Z') });
    await second.poster.edit(place, posted, words('the reveal'));
    await bea.hears('a quiz', 'paused', 'the reveal');
    expect(bea.told[2]).toMatchObject({ message: posted.message, at: Date.parse('2026-03-02T09:00:00Z') });
    await second.stop();
    const third = await start();
    const cid = await listen('user=cid', {}, third.url);
    await cid.hears('the reveal');
    await third.stop();
  });

  it('what no window would be shown any more is not taken over, nor what another version wrote', async () => {
    const { poster, stop } = await start();
    await poster.post(place, words('old'), options('k-old'));
    await stop();
    now = new Date('2026-03-05T10:00:00Z');
    const [odd] = await own.store.kept.latest(OWNER, new Date(0), 1);
    expect(odd).toBeDefined();
    await own.store.kept.put(OWNER, 'chat/odd', '{"message":"chat/odd"}', now);
    const again = await start();
    const dora = await listen('user=dora', {}, again.url);
    await again.poster.post(place, words('new'), options('k-new'));
    await dora.hears('new');
    await again.stop();
  });
});

describe('what is kept for windows that were away', () => {
  /** What a window is told at once. */
  async function collected(events: Events, after?: string): Promise<readonly string[]> {
    const lines: string[] = [];
    const ending = new AbortController();
    const stream = events.follow({ user: 'bea', channel: 'one' }, after, ending.signal);
    const reading = (async () => {
      for await (const line of stream) lines.push(line);
    })();
    await new Promise((resolve) => setImmediate(resolve));
    ending.abort();
    await reading;
    return lines.filter((line) => line.includes('data: '));
  }

  it('is bounded: the oldest goes, and a window away for longer gets the posts instead', async () => {
    const events = new Events(() => new Date('2026-03-02T09:00:00Z'));
    const one = { channel: 'one' };
    events.post({ audience: one, message: 'p-0', reply: words('post 0') });
    const [line = ''] = await collected(events);
    const first = /^id: (\S+)/.exec(line)?.[1] ?? expect.fail('no id');
    for (let at = 1; at < 150; at += 1)
      events.post({ audience: one, message: `p-${at}`, reply: words(`post ${at}`) });
    expect(await collected(events, first)).toHaveLength(149);
    for (let at = 0; at < 350; at += 1) events.answer(one, words(`${at}`), 'Ada', `m-${at}`);
    expect(await collected(events, first)).toHaveLength(499);
    events.answer(one, words('one more'), 'Ada', 'm-more');
    expect(await collected(events, first)).toHaveLength(500);
    events.answer(one, words('one too many'), 'Ada', 'm-many');
    expect(await collected(events, first)).toHaveLength(100);
  });

  it('is bounded in length too', async () => {
    const events = new Events(() => new Date('2026-03-02T09:00:00Z'));
    events.post({ audience: { channel: 'one' }, message: 'p', reply: words('a quiz') });
    const first = /^id: (\S+)/.exec((await collected(events))[0] ?? '')?.[1] ?? expect.fail('no id');
    for (let at = 0; at < 5; at += 1) {
      events.answer(
        { channel: 'one' },
        { text: 'x', fields: [], visibility: 'public', title: 'x'.repeat(1_500_000) },
        'Ada',
        `${at}`,
      );
    }
    expect(await collected(events, first)).toHaveLength(1);
  });

  it('forgets posts after two days', async () => {
    let now = new Date('2026-03-02T09:00:00Z');
    const events = new Events(() => now);
    events.post({ audience: { channel: 'one' }, message: 'p-1', reply: words('a quiz') });
    expect(await collected(events)).toHaveLength(1);
    now = new Date('2026-03-04T09:00:01Z');
    expect(await collected(events)).toEqual([]);
  });
});
