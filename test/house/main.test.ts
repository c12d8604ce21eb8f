import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addressOf, processes } from './process.js';

const { folder, start } = processes('main');

async function ask(address: string, text: string): Promise<string> {
  const response = await fetch(`${address}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'someone', text }),
  });
  expect(response.status).toBe(200);
  return response.text();
}

describe('the process', () => {
  it('says where the chat page is, answers there, and stops on SIGTERM with status 0', async () => {
    const process = start();
    const address = await addressOf(process);
    expect(process.out()).toMatch(/Discord/);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    expect((await fetch(address)).headers.get('content-type')).toContain('text/html');
    expect(await ask(address, '/eks explain etcd')).toContain('etcd');
    process.child.kill('SIGTERM');
    expect(await process.exited).toBe(0);
    for (const line of process.err().trim().split('\n'))
      z.looseObject({ level: z.number() }).parse(JSON.parse(line));
  });

  it('starts again on the same database, here with the notes of another folder', async () => {
    const notes = path.join(folder, 'notes');
    mkdirSync(notes);
    writeFileSync(
      path.join(notes, 'tea.md'),
      '# Tea\n\n- `Oolong`: a half oxidised tea\n- `Sencha`: a steamed green tea\n',
    );
    const process = start({ CONTENT_DIR: notes, COMMAND_NAME: 'tea' });
    const address = await addressOf(process);
    expect(await ask(address, '/tea explain oolong')).toContain('half oxidised');
    expect(await ask(address, '/tea which-node windows')).toMatch(/self-managed/i);
    process.child.kill('SIGINT');
    expect(await process.exited).toBe(0);
  });

  it('starts beside broken node-type facts, says so where they are asked for, and names the line', async () => {
    const notes = path.join(folder, 'broken-facts');
    mkdirSync(path.join(notes, 'node-types'), { recursive: true });
    writeFileSync(path.join(notes, 'node-types', 'facts.yaml'), 'nodeTypes:\n  - id: Big\n');
    const process = start({ CONTENT_DIR: notes });
    const address = await addressOf(process);
    expect(await ask(address, '/eks which-node windows')).toContain('could not be read');
    expect(process.err()).toMatch(/"note":"node-types\/facts.yaml","line":2/);
  });

  it('starts on an empty folder and says what to put there', async () => {
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    const process = start({ CONTENT_DIR: empty });
    const address = await addressOf(process);
    expect(process.out()).toMatch(/no notes in .*empty: put Markdown files there/);
    expect(await ask(address, '/eks explain etcd')).toContain('not in the notes');
  });
});

describe('stopping', () => {
  /** A request whose body never ends keeps the process from stopping at once. */
  async function holdUp(address: string): Promise<void> {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.on('error', () => undefined);
    // The server says that it has the request, however busy it is just after its start.
    socket.write(
      'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\nExpect: 100-continue\r\n\r\n{',
    );
    await once(socket, 'data');
  }

  it('takes signals that come together for one, as Ctrl-C under npm sends two', async () => {
    const process = start();
    await holdUp(await addressOf(process));
    process.child.kill('SIGINT');
    process.child.kill('SIGINT');
    process.child.kill('SIGTERM');
    expect(await process.exited).toBe(0);
  });

  it('ends at once on a second signal', async () => {
    const process = start();
    await holdUp(await addressOf(process));
    process.child.kill('SIGTERM');
    // A busy machine may take its time to hear the first one.
    while (!process.err().includes('"stopping"')) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(process.child.exitCode).toBeNull();
    process.child.kill('SIGTERM');
    expect(await process.exited).toBe(1);
  });
});

describe('a start that cannot be', () => {
  it.each([
    ['a broken environment', { PORT: 'x', TIME_ZONE: 'y' }, /TIME_ZONE[\s\S]*PORT/],
    ['a missing folder of notes', { CONTENT_DIR: path.join(folder, 'missing') }, /missing/],
    ['a database that is a folder', { DATABASE_URL: `file:${folder}` }, /folder/],
    ['a host that is not here', { HOST: '192.0.2.1' }, /HOST/],
  ])('ends with status 1 and a message: %s', async (_, environment, message) => {
    const process = start(environment);
    expect(await process.exited).toBe(1);
    expect(process.err()).toMatch(message);
    expect(process.err()).not.toMatch(/^\s+at /m);
    expect(process.out()).toBe('');
  });

  it('names the port that another program holds', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = z.object({ port: z.number() }).parse(holder.address());
    const process = start({ PORT: String(port) });
    expect(await process.exited).toBe(1);
    expect(process.err()).toContain(String(port));
    holder.close();
  });
});
