import type { Interaction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { DiscordOptions } from './discord.js';
import { button, later, row, tinyBot } from './tinybot.js';

describe('Discord refuses', () => {
  const answerOnce = (answer: (reply: Interaction) => Promise<unknown>, options?: DiscordOptions) =>
    tinyBot(async (interaction) => {
      if (interaction.isChatInputCommand()) await answer(interaction);
    }, options);

  it('an answer that comes too late', async () => {
    const { channel, ann, errors } = await answerOnce(
      async (interaction) => {
        await later(80);
        if (interaction.isRepliable()) await interaction.reply('late');
      },
      { answerMs: 40, patienceMs: 200 },
    );
    await expect(ann.in(channel).runs('review')).rejects.toThrow('did not respond');
    await expect.poll(() => errors).toMatchObject([{ code: 10062, status: 404 }]);
  });

  it('a second answer to the same interaction, and to one delivered again', async () => {
    const { channel, ann, errors } = await answerOnce(async (interaction) => {
      if (interaction.isRepliable()) await interaction.reply('once');
    });
    const seen = await ann.in(channel).runs('review');
    seen.redelivered();
    await expect.poll(() => errors).toMatchObject([{ code: 40060, status: 400 }]);
    expect(seen.messages).toHaveLength(1);
  });

  it('two components with one custom id, and says where', async () => {
    const { discord, channel, ann, errors } = await answerOnce(
      async (interaction) => {
        if (!interaction.isRepliable()) return;
        await interaction.reply({
          content: 'x',
          components: [row(button('A', 'same')), row(button('B', 'same'))],
        });
      },
      { patienceMs: 200 },
    );
    await expect(ann.in(channel).runs('review')).rejects.toThrow('did not respond');
    const twice = {
      code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
      message: 'Component custom id cannot be duplicated',
    };
    const place = { components: { 1: { components: { 0: { custom_id: { _errors: [twice] } } } } } };
    await expect.poll(() => errors).toMatchObject([{ code: 50035, rawError: { errors: { data: place } } }]);
    expect(discord.violations).toMatchObject([{ message: 'Invalid Form Body', problems: [twice] }]);
  });

  const PATH = ['data', 'embeds', 0];
  it.each([
    ['a long title', { embeds: [{ title: 'x'.repeat(257) }] }, [...PATH, 'title'], 'BASE_TYPE_MAX_LENGTH'],
    [
      'embeds that are too long together',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'y'.repeat(2001) }] },
      ['data', 'embeds', 1],
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      'a field without a value',
      { embeds: [{ title: 'x', fields: [{ name: 'a', value: ' ' }] }] },
      [...PATH, 'fields', 0, 'value'],
      'BASE_TYPE_REQUIRED',
    ],
    [
      'a long custom id',
      { content: 'x', components: [row(button('A')).toJSON()].map((json) => withId(json, 'x'.repeat(101))) },
      ['data', 'components', 0, 'components', 0, 'custom_id'],
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a picture that did not come along',
      { embeds: [{ title: 'x', image: { url: 'attachment://no.png' } }] },
      [],
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
    ],
  ])('%s', async (_, data, path, code) => {
    const { discord, channel, ann, errors } = await answerOnce(
      async (interaction) => {
        const route = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
        await interaction.client.rest.post(route, { body: { type: 4, data } });
      },
      { patienceMs: 200 },
    );
    await expect(ann.in(channel).runs('review')).rejects.toThrow();
    await expect.poll(() => errors).toMatchObject([{ code: 50035 }]);
    expect(discord.violations.map(({ problems }) => problems)).toMatchObject([[{ path, code }]]);
  });

  it('nothing of a key that it does not know, which the loopback remembers', async () => {
    const { discord, channel, ann } = await answerOnce(async (interaction) => {
      const route = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
      await interaction.client.rest.post(route, { body: { type: 4, data: { content: 'x', colour: 3 } } });
    });
    expect((await ann.in(channel).runs('review')).message.content).toBe('x');
    expect(discord.violations.map(({ problems }) => problems)).toMatchObject([[{ code: 'UNKNOWN_KEY' }]]);
  });

  it('an empty message', async () => {
    const { channel, ann, errors } = await answerOnce(
      async (interaction) => {
        if (interaction.isRepliable()) await interaction.reply({ content: ' ' });
      },
      { patienceMs: 200 },
    );
    await expect(ann.in(channel).runs('review')).rejects.toThrow('did not respond');
    await expect.poll(() => errors).toMatchObject([{ code: 50006 }]);
  });

  it('a token that has run out, and one that has answered nothing yet', async () => {
    const { channel, ann, errors } = await answerOnce(
      async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        await interaction.webhook.send('before').catch((error: unknown) => errors.push(error));
        await interaction.reply('now');
        await later(150);
        await interaction.followUp('later');
      },
      { tokenMs: 100 },
    );
    await ann.in(channel).runs('review');
    await expect.poll(() => errors).toMatchObject([{ code: 10015 }, { code: 50027 }]);
  });

  it('commands that break its rules', async () => {
    const { client } = await tinyBot(async () => {});
    const set = client.application?.commands.set([
      {
        name: 'Eks',
        description: 'x',
        options: [
          { type: 3, name: 'a', description: 'x' },
          { type: 3, name: 'a', description: 'x', required: true },
        ],
      },
    ]);
    await expect(set).rejects.toMatchObject({
      code: 50035,
      rawError: {
        errors: {
          0: {
            name: { _errors: [{ code: 'APPLICATION_COMMAND_INVALID_NAME' }] },
            options: {
              1: {
                _errors: [
                  { code: 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS' },
                  { code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID' },
                ],
              },
            },
          },
        },
      },
    });
  });
});

function withId(json: ReturnType<ReturnType<typeof row>['toJSON']>, id: string) {
  return { ...json, components: json.components.map((component) => ({ ...component, custom_id: id })) };
}
