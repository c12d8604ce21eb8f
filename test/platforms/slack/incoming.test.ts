import { expect, test } from 'vitest';
import { readMessage, shareValue, spoken } from '../../../src/platforms/slack/incoming.js';

const BOT = { team: undefined, self: 'U0BOT' };
const mention = (event: object) => ({
  event_id: 'Ev1',
  team_id: 'T1',
  event: { type: 'app_mention', text: '<@U0BOT> explain etcd', channel: 'C1', ts: '1.1', ...event },
});

test('a mention by a person is read without the bot’s name', () => {
  expect(readMessage(mention({ user: 'U1' }), 'all', BOT)).toMatchObject({
    asker: { team: 'T1', user: 'U1' },
    did: { kind: 'typed', text: 'explain etcd' },
  });
});

test('a mention by what is no person, such as a workflow, is nothing to answer and no failure', () => {
  expect(readMessage(mention({ bot_id: 'B1', subtype: 'bot_message' }), 'all', BOT)).toBeUndefined();
});

test.each([
  ['<@U0BOT|eks>: explain <https://etcd.io|etcd.io>', 'explain etcd.io'],
  ['<@U1> wrote <mailto:a@b.c|a@b.c> &lt;b&gt; &amp;lt;', '<@U1> wrote a@b.c <b> &lt;'],
  ['team assign Blue <@U1|o’hara "x">', 'team assign Blue <@U1>'],
  ['team link Blue <!subteam^S123|@platform>', 'team link Blue <!subteam^S123>'],
  ['<#C1|general> <!here> <!subteam^x>', 'general !here !subteam^x'],
  ['<@U0BOT|<@U0BOT| etcd', '<@U0BOT|<@U0BOT| etcd'],
])('%s is heard as it was typed', (text, heard) => {
  expect(spoken(text, 'U0BOT')).toBe(heard);
});

test('what is more than a button carries is not offered to be shared', () => {
  const form = { words: 'x'.repeat(500) };
  const again = { kind: 'press', press: 'which-node/needs', values: [], form } as const;
  const value = shareValue({ ...again, choices: { needs: ['gpu'] } });
  expect(JSON.parse(value ?? '')).toEqual({ ...again, choices: { needs: ['gpu'] } });
  expect(shareValue({ ...again, choices: { needs: Array(100).fill('a-long-capability') } })).toBeUndefined();
});
