import {
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Routes,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { MessageResponseSchema } from 'discord-api-spec/zod';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './loopback/strict.js';
import { type Answer, button, row, tinyBot } from './loopback/tinybot.js';

/** Replies to a command with its query and two buttons, one that changes the message and one that answers apart. */
const talkative: Answer = async (interaction) => {
  if (interaction.isChatInputCommand()) {
    const query = interaction.options.getString('query') ?? 'nothing';
    await interaction.reply({ content: query, components: [row(button('More'), button('Form'))] });
  } else if (interaction.isButton() && interaction.customId === 'More') {
    await interaction.update({ content: 'more', components: [] });
  } else if (interaction.isButton()) {
    const name = new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short);
    const kind = new StringSelectMenuBuilder()
      .setCustomId('kind')
      .addOptions({ label: 'A', value: 'a' }, { label: 'B', value: 'b' });
    await interaction.showModal(
      new ModalBuilder()
        .setCustomId('form')
        .setTitle('A form')
        .addLabelComponents(
          new LabelBuilder().setLabel('Name').setTextInputComponent(name),
          new LabelBuilder().setLabel('Kind').setStringSelectMenuComponent(kind),
        ),
    );
  } else if (interaction.isModalSubmit()) {
    const { fields } = interaction;
    const content = `${fields.getTextInputValue('name')} ${fields.getStringSelectValues('kind').join()}`;
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  } else if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    await interaction.respond([{ name: `${typed}d`, value: 'etcd' }]);
  }
};

describe('a bot on the loopback', () => {
  it('replies to a command, updates by a button, opens a form and reads it', async () => {
    const { discord, channel, ann, errors } = await tinyBot(talkative);
    const seen = await ann.in(channel).runs('explain', { query: 'etcd' });
    expect(seen.message.content).toBe('etcd');
    expect(seen.message.buttons.map(({ label }) => label)).toEqual(['More', 'Form']);

    const form = await seen.presses('Form');
    expect(form.modal.title).toBe('A form');
    const sent = await form.submits({ name: 'etcd', kind: 'b' });
    expect(sent.message.content).toBe('etcd b');
    expect(sent.message.ephemeral).toBe(true);

    const more = await seen.presses('More');
    expect(more.message.id).toBe(seen.message.id);
    expect(seen.message.content).toBe('more');
    expect(discord.messagesIn(channel).map(({ content }) => content)).toEqual(['more']);
    expect(discord.messagesIn(channel, ann).map(({ content }) => content)).toEqual(['more', 'etcd b']);
    expect({ errors, violations: discord.violations }).toEqual({ errors: [], violations: [] });
  });

  it('completes an option while it is being typed', async () => {
    const { channel, ann } = await tinyBot(talkative);
    const seen = await ann.in(channel).completes('explain', 'query', 'etc');
    expect(seen.choices).toEqual([{ name: 'etcd', value: 'etcd' }]);
  });

  it('shows the bot who asks and where, in a guild, a direct message, a thread and a foreign guild', async () => {
    const places: unknown[] = [];
    const { discord, guild, channel, ann } = await tinyBot(async (interaction) => {
      const { context, guildId, authorizingIntegrationOwners, locale, memberPermissions } = interaction;
      const { guildId: byGuild, userId: byUser } = authorizingIntegrationOwners;
      const owners = [byGuild, byUser];
      const admin = memberPermissions?.has('ManageGuild') ?? false;
      places.push({ context, guildId, owners, locale, admin, cached: interaction.inCachedGuild() });
      if (interaction.isRepliable()) await interaction.reply('here');
    });
    const foreign = discord.guild({ name: 'Elsewhere', hasBot: false });
    const bea = discord.person({ name: 'Bea', locale: 'de', admin: true });
    await ann.in(channel).runs('review');
    await bea.in(discord.thread(channel)).runs('eks review');
    await ann.in(discord.directMessage(ann)).runs('review');
    await bea.in(discord.channel(foreign)).runs('review');
    await ann.in(discord.groupMessage(ann)).runs('review');
    const home = { context: 0, guildId: guild.id, owners: [guild.id, null], cached: true };
    expect(places).toEqual([
      { ...home, locale: 'en-US', admin: false },
      { ...home, locale: 'de', admin: true },
      { context: 1, guildId: null, owners: ['0', null], locale: 'en-US', admin: false, cached: false },
      { context: 0, guildId: foreign.id, owners: [null, bea.id], locale: 'de', admin: true, cached: false },
      { context: 2, guildId: null, owners: [null, ann.id], locale: 'en-US', admin: false, cached: false },
    ]);
  });

  it('fills a deferral with the first follow-up, which takes its visibility', async () => {
    const { discord, channel, ann } = await tinyBot(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.followUp({ content: 'first' });
      await interaction.followUp({ content: 'second' });
      await interaction.editReply({ content: 'first, edited' });
    });
    const seen = await ann.in(channel).runs('review');
    await seen.until(({ messages }) => messages[0]?.content === 'first, edited');
    expect(seen.messages.map(({ content, ephemeral }) => [content, ephemeral])).toEqual([
      ['first, edited', true],
      ['second', false],
    ]);
    expect(discord.messagesIn(channel).map(({ content }) => content)).toEqual(['second']);
  });

  it('fills a deferral with an edit, and can take it back', async () => {
    const { discord, channel, ann } = await tinyBot(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await interaction.editReply({ content: 'done' });
      await interaction.followUp({ content: 'and this' });
      await interaction.deleteReply();
    });
    const seen = await ann.in(channel).runs('review');
    await seen.until(({ messages }) => messages.map(({ content }) => content).join() === 'and this');
    expect(discord.messagesIn(channel).map(({ content }) => content)).toEqual(['and this']);
  });

  it('changes the message from which a form was opened', async () => {
    const { channel, ann } = await tinyBot(async (interaction) => {
      if (interaction.isModalSubmit() && interaction.isFromMessage())
        await interaction.update({ content: 'saved' });
      else await talkative(interaction);
    });
    const seen = await ann.in(channel).runs('review');
    const sent = await (await seen.presses('Form')).submits({ name: 'x', kind: 'a' });
    expect(sent.message.id).toBe(seen.message.id);
    expect(seen.message.content).toBe('saved');
  });

  it('gets messages such as the description of Discord says', async () => {
    const { discord, channel, ann, client } = await tinyBot(talkative);
    const seen = await ann.in(channel).runs('explain', { query: 'etcd' });
    const path = Routes.webhookMessage(discord.applicationId, seen.interaction.token, '@original');
    const files = [{ name: 'a.png', data: Buffer.from('x') }];
    const body = { content: 'x', embeds: [{ title: 'x', fields: [{ name: 'a', value: 'b' }] }] };
    const answers = [
      await client.rest.get(path),
      await client.rest.post(Routes.channelMessages(channel.id), { body, files }),
    ];
    expect(answers.map((answer) => problemsOf(MessageResponseSchema, answer))).toEqual(
      answers.map(() => ({ refused: [], unknown: [] })),
    );
  });

  it('edits the message with the button after a deferred update', async () => {
    const { channel, ann } = await tinyBot(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'a', components: [row(button('Go'))] });
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await interaction.editReply({ content: 'b' });
    });
    const seen = await ann.in(channel).runs('review');
    const pressed = await seen.presses('Go');
    expect(pressed.answer).toBe(6);
    expect(seen.message.content).toBe('b');
    expect(seen.message.buttons).toHaveLength(1);
  });

  it('takes pictures as files and shows them in the embed', async () => {
    const { discord, channel, ann } = await tinyBot(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const files = [
        { attachment: Buffer.from([137, 80, 78, 71]), name: 'chart.png', description: 'A chart' },
      ];
      await interaction.reply({ embeds: [{ title: 'T', image: { url: 'attachment://chart.png' } }], files });
    });
    const { message } = await ann.in(channel).runs('review');
    expect(message.files.map(({ name, bytes }) => [name, [...bytes]])).toEqual([
      ['chart.png', [137, 80, 78, 71]],
    ]);
    expect(message.files[0]?.description).toBe('A chart');
    expect(discord.violations).toEqual([]);
  });

  it('tells whom a message would call', async () => {
    const { channel, ann } = await tinyBot(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply({ content: '@everyone <@1>', allowedMentions: { parse: ['users'] } });
      await interaction.followUp({ content: '@everyone <@1>', allowedMentions: { parse: [] } });
    });
    const seen = await ann.in(channel).runs('review');
    await seen.until(({ messages }) => messages.length === 2);
    expect(seen.messages.map(({ pings }) => pings)).toEqual([['<@1>'], []]);
  });
});
