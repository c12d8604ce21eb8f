import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Reply } from '../../../src/bot/reply.js';
import { Events } from '../../../src/platforms/web/events.js';
import { fixtureBot } from '../fixture-bot.js';
import { type Served, serve } from './serve.js';

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

  it('begin with the posts of the day for a window that opens later, each as it stands now', async () => {
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
    events.post(one, 'p-0', words('post 0'));
    const [line = ''] = await collected(events);
    const first = /^id: (\S+)/.exec(line)?.[1] ?? expect.fail('no id');
    for (let at = 1; at < 150; at += 1) events.post(one, `p-${at}`, words(`post ${at}`));
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
    events.post({ channel: 'one' }, 'p', words('a quiz'));
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

  it('forgets posts after a day', async () => {
    let now = new Date('2026-03-02T09:00:00Z');
    const events = new Events(() => now);
    events.post({ channel: 'one' }, 'p-1', words('a quiz'));
    expect(await collected(events)).toHaveLength(1);
    now = new Date('2026-03-03T09:00:01Z');
    expect(await collected(events)).toEqual([]);
  });
});
