import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { terminalChat } from '../../../src/platforms/terminal/chat.js';
import { startWorld } from '../../journeys/harness.js';

test('a terminal takes no daily quiz, since nothing can be posted there, and says so', async () => {
  const { bot, store } = await startWorld();
  for (const action of ['set time=09:30', 'now', '']) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const printed = text(output);
    input.end(`/eks daily ${action}\n`);
    const terminal = terminalChat({ input, output, command: 'eks' });
    await terminal.start(bot);
    await terminal.done;
    output.end();
    expect(await printed).toContain('Nothing can be posted here');
  }
  const place = { platform: 'terminal', workspace: 'local', channel: 'terminal' };
  expect(await store.schedules.find(place)).toBeUndefined();
});
