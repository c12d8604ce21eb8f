import { afterEach, describe, expect, it } from 'vitest';
import { bot, cleanUp, FORM, later } from './loopback/tinybot.js';

afterEach(cleanUp);

describe('a bot in Socket Mode', () => {
  it('answers a command with a message that only the person sees', async () => {
    const { slack, channel, ann, bea } = await bot();
    const seen = await ann.in(channel).runs('/eks explain etcd');
    expect(seen.message.text).toContain('You asked for explain etcd');
    expect(seen.message.fallback).toBe('You asked for explain etcd');
    expect(seen.message.ephemeral).toBe(true);
    expect(seen.message.buttons).toEqual(['More', 'Form', 'Share']);
    expect(slack.messagesIn(channel)).toEqual([]);
    expect(slack.messagesIn(channel, ann)).toHaveLength(1);
    await expect(bea.in(channel).presses(seen.message, 'More')).rejects.toThrow('only who asked');
    expect(slack.violations).toEqual([]);
  });

  it('changes in place the message whose button was pressed, also twice at once', async () => {
    const { slack, channel, ann } = await bot();
    const seen = await ann.in(channel).runs('/eks explain etcd');
    const both = await Promise.all([seen.presses('More'), seen.presses('More')]);
    expect(both.map(({ how }) => how)).toEqual(['updated', 'updated']);
    expect(seen.message.text).toBe('more');
    expect(slack.messagesIn(channel, ann)).toHaveLength(1);
  });

  it('opens a form, says what is wrong in it, and reads it', async () => {
    const { slack, channel, ann } = await bot();
    const seen = await ann.in(channel).runs('/eks explain etcd');
    const form = await seen.presses('Form');
    expect([form.modal.title, form.modal.submit, form.modal.inputs]).toEqual([
      'A form',
      'Send',
      ['Name', 'Kind'],
    ]);
    await expect(form.submits({ Name: 'etcd' })).rejects.toThrow('the client refuses Kind');
    await expect(form.submits({ Name: 'x'.repeat(21), Kind: 'B' })).rejects.toThrow(
      'the client refuses Name',
    );
    const wrong = await form.submits({ Name: 'bad', Kind: 'B' });
    expect(wrong.errors).toEqual({ name: 'Not this one' });
    expect(form.modal.open).toBe(true);
    const sent = await form.submits({ Name: 'etcd', Kind: 'B' });
    expect(sent.message.text).toBe('etcd b state');
    expect(form.modal.open).toBe(false);
    expect(slack.violations).toEqual([]);
  });

  it('answers a mention in its thread, and a direct message where it was written', async () => {
    const { slack, workspace, channel, ann } = await bot();
    const seen = await ann.in(channel).mentions('explain a & b');
    expect(seen.message.text).toMatch(/^heard <@U\w+> explain a &amp; b$/);
    const [asked] = slack.messagesIn(channel);
    expect(seen.message.threadTs).toBe(asked?.ts);
    const again = await ann.in(channel).mentions('and this', seen.message);
    expect(again.message.threadTs).toBe(asked?.ts);

    const direct = await ann.directly().writes('explain etcd');
    expect(direct.message.text).toBe('read explain etcd');
    expect(slack.messagesIn(workspace.directMessage(ann))).toHaveLength(2);
    const closed = workspace.channel({ name: 'closed', hasBot: false });
    await expect(ann.in(closed).mentions('hi')).rejects.toThrow('not in the channel');
  });

  it('answers a command in its acknowledgement', async () => {
    const { slack, channel, ann } = await bot({ commands: ['/short', '/wrong'] }, (app) => {
      app.command('/short', ({ ack }) => ack({ text: 'at once', response_type: 'in_channel' }));
      app.command('/wrong', ({ ack }) => ack({ text: 'x', blocks: [{ type: 'header' }] }));
    });
    expect((await ann.in(channel).runs('/short')).message.text).toBe('at once');
    expect(slack.messagesIn(channel)).toHaveLength(1);
    void ann
      .in(channel)
      .runs('/wrong')
      .catch(() => undefined);
    await expect.poll(() => slack.violations[0]?.message).toContain('missing required field: text');
  });

  it('hears that a form was put away, where it asked to', async () => {
    const closed: string[] = [];
    const { channel, ann } = await bot({ commands: ['/form'] }, (app) => {
      app.command('/form', async ({ ack, command, client }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: { ...FORM, notify_on_close: true } });
      });
      app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, view }) => {
        await ack();
        closed.push(view.id);
      });
    });
    const seen = await ann.in(channel).runs('/form');
    await ann.in(channel).dismisses(seen.modal);
    expect(closed).toEqual([seen.modal.stored.id]);
    await expect(seen.submits({ Name: 'x', Kind: 'A' })).rejects.toThrow('the form is closed');
  });

  it('publishes a home page', async () => {
    const { ann } = await bot();
    const seen = await ann.opensHome();
    expect(seen.home.text).toBe('Welcome');
  });

  it('lets everyone who waits in a channel see what is posted for all', async () => {
    const { slack, channel, ann } = await bot();
    const seen = await ann.in(channel).runs('/eks explain etcd');
    const shared = await seen.presses('Share');
    expect(shared.message.text).toBe('shared');
    expect(slack.messagesIn(channel).map(({ text }) => text)).toEqual(['shared']);
  });

  it('is told of what it says itself in a direct channel, and does not answer itself', async () => {
    const { slack, workspace, ann, app } = await bot();
    const seen = await ann.directly().writes('hello');
    expect(seen.message.text).toBe('read hello');
    await expect.poll(() => slack.socket.delivered.get(1)).toBe(2);
    const channel = workspace.directMessage(ann);
    await app.client.chat.update({ channel: channel.id, ts: seen.message.ts, text: 'read it' });
    await expect.poll(() => slack.socket.delivered.get(1)).toBe(3);
    expect(slack.messagesIn(channel).map(({ text }) => text)).toEqual(['hello', 'read it']);
  });
});

describe('Slack shows', () => {
  it('operation_timeout where the bot does not acknowledge in time', async () => {
    const { channel, ann } = await bot({ answerMs: 60, commands: ['/eks', '/slow'] }, (app) => {
      app.command('/slow', async ({ ack, respond }) => {
        await later(120);
        await ack();
        await respond('late');
      });
    });
    const seen = await ann.in(channel).runs('/slow');
    expect(seen.problem).toBe('operation_timeout');
    await seen.until(({ messages }) => messages.length === 1);
    expect(seen.message.text).toBe('late');
  });

  it('dispatch_failed where the bot has no connection', async () => {
    const { slack, channel, ann } = await bot();
    slack.socket.drop();
    await expect.poll(() => slack.connections).toBe(0);
    expect((await ann.in(channel).runs('/eks x')).problem).toBe('dispatch_failed');
  });

  it('nothing where the bot acknowledges and stays silent', async () => {
    const { channel, ann } = await bot({ patienceMs: 50 });
    await expect(ann.in(channel).runs('/eks nothing')).rejects.toThrow(
      'Nothing was shown to Ann within 50 ms',
    );
  });
});

describe('a response_url', () => {
  it('takes five answers, then none', async () => {
    const { channel, ann, errors } = await bot({ commands: ['/eks', '/many'] }, (app) => {
      app.command('/many', async ({ ack, respond }) => {
        await ack();
        for (const number of [1, 2, 3, 4, 5, 6]) await respond(`answer ${number}`);
      });
    });
    const seen = await ann.in(channel).runs('/many');
    await seen.until(({ messages }) => messages.length === 5);
    await expect.poll(() => errors).toHaveLength(1);
    expect(String(errors[0])).toContain('404');
    expect(seen.messages.at(-1)?.text).toBe('answer 5');
  });

  it('is not there for ever', async () => {
    const { channel, ann, errors } = await bot({ responseMs: 0, patienceMs: 80 });
    await expect(ann.in(channel).runs('/eks x')).rejects.toThrow('Nothing was shown');
    await expect.poll(() => String(errors[0])).toContain('404');
  });
});
