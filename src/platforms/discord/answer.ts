import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionReplyOptions,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { isKeptForm } from '../../bot/kept.js';
import type { Bot, Origin } from '../../bot/platform.js';
import type { Reply } from '../../bot/reply.js';
import { withPicture } from '../../bot/table/picture.js';
import { drawMessage, type Message } from './draw.js';
import { drawModal, opensAsModal } from './modal.js';
import { isDirect, mayPost } from './origin.js';

/** What a person did that Discord wants answered within three seconds. */
export type Asked =
  | ChatInputCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

/** Those that belong to a message, which an answer may replace. */
type OnMessage = ButtonInteraction | StringSelectMenuInteraction | ModalMessageModalSubmitInteraction;

export interface Answering {
  readonly bot: Bot;
  readonly origin: Origin;
  readonly interaction: Asked;
  /** When an answer under way is acknowledged, to be sent later; well below Discord's three seconds. */
  readonly acknowledgeAfterMs: number;
}

const NOBODY = { parse: [] };
const MAY_NOT_POST = 'I may not write in this channel, so only you see this.';

/**
 * Sends what the work returns. An answer that takes long is acknowledged first: on a button so that nothing changes
 * yet, on a command so that only the person sees the bot at work, since what they get may be for them alone.
 */
export async function answer(answering: Answering, work: Promise<readonly Reply[]>): Promise<void> {
  const { interaction, acknowledgeAfterMs } = answering;
  let acknowledged: Promise<unknown> | undefined;
  const timer = setTimeout(() => {
    acknowledged = onMessage(interaction)
      ? interaction.deferUpdate()
      : interaction.deferReply({ flags: MessageFlags.Ephemeral });
    // Waited for below; a failure must not end the process meanwhile.
    acknowledged.catch(() => {});
  }, acknowledgeAfterMs);
  // Drawing may keep the reply in the database, which may take its time too.
  const beginning = work.then((replies) => begin(answering, replies));
  const { first, others, open, message } = await beginning.finally(() => clearTimeout(timer));
  await acknowledged;
  if (first === undefined) return;
  if (acknowledged !== undefined)
    await sendLate(answering, first, message ?? (await drawn(answering, first)));
  else if (message !== undefined) await sendFirst(answering, first, message);
  else await open?.();
  for (const reply of others) await follow(answering, reply);
}

/** The first reply, ready to be sent: a modal to open, or a message. */
async function begin(answering: Answering, [first, ...others]: readonly Reply[]) {
  const open = first && modalOf(answering, first);
  const message = first && open === undefined ? await drawn(answering, first) : undefined;
  return { first, others, open, message };
}

/** Opens the reply's form, where that may be the answer: one modal cannot answer another. */
function modalOf({ interaction }: Answering, reply: Reply): (() => Promise<unknown>) | undefined {
  if (interaction.isModalSubmit()) return undefined;
  const asked = interaction.isButton() && isKeptForm(interaction.customId) && reply.form !== undefined;
  return asked || opensAsModal(reply) ? () => interaction.showModal(drawModal(reply)) : undefined;
}

function onMessage(interaction: Asked): interaction is OnMessage {
  return (
    interaction.isButton() ||
    interaction.isStringSelectMenu() ||
    (interaction.isModalSubmit() && interaction.isFromMessage())
  );
}

async function sendFirst(answering: Answering, reply: Reply, message: Message): Promise<void> {
  const { interaction } = answering;
  if (onMessage(interaction) && replacesMessage(interaction, reply)) {
    await interaction.update(edit(message));
  } else {
    await interaction.reply(post(answering, reply, message));
  }
}

async function sendLate(answering: Answering, reply: Reply, message: Message): Promise<void> {
  const { interaction } = answering;
  const fills = onMessage(interaction) ? replacesMessage(interaction, reply) : isPrivate(answering, reply);
  if (fills) {
    const refusal = onMessage(interaction) ? {} : refusalOf(answering, reply);
    await interaction.editReply({ ...edit(message), ...refusal });
    return;
  }
  // The acknowledgement is for the person alone and stays so; the first follow-up would take its place.
  if (!onMessage(interaction)) {
    await interaction.editReply({ content: 'That took a moment; here it is.', allowedMentions: NOBODY });
  }
  await interaction.followUp(post(answering, reply, message));
}

async function follow(answering: Answering, reply: Reply): Promise<void> {
  await answering.interaction.followUp(post(answering, reply, await drawn(answering, reply)));
}

/** What is private never takes the place of what all can see. */
function replacesMessage(interaction: OnMessage, { replaces, visibility }: Reply): boolean {
  const hidden = interaction.message.flags.has(MessageFlags.Ephemeral) === true;
  return replaces === true && (visibility === 'public' || hidden || isDirect(interaction));
}

function isPrivate({ interaction }: Answering, { visibility }: Reply): boolean {
  return !isDirect(interaction) && (visibility === 'private' || !mayPost(interaction));
}

/**
 * The reply as one message of Discord, which draws no tables: one becomes a picture beside its text, where files may be
 * attached. What does not fit is kept for the buttons that turn its pages.
 */
async function drawn({ bot, origin, interaction }: Answering, reply: Reply): Promise<Message> {
  const mayAttach = interaction.appPermissions.has(PermissionFlagsBits.AttachFiles);
  const shown = mayAttach ? await withPicture(reply) : reply;
  return drawMessage(shown, () => bot.keep(origin, reply));
}

function post(answering: Answering, reply: Reply, message: Message): InteractionReplyOptions {
  return {
    ...message,
    ...refusalOf(answering, reply),
    allowedMentions: NOBODY,
    ...(isPrivate(answering, reply) && { flags: MessageFlags.Ephemeral }),
  };
}

/** Why a person alone sees what is for all. */
function refusalOf(answering: Answering, reply: Reply): { readonly content?: string } {
  return reply.visibility === 'public' && isPrivate(answering, reply) ? { content: MAY_NOT_POST } : {};
}

/** All that a message may have had before is said anew, for what is left out would stay. */
function edit(message: Message) {
  return { content: '', attachments: [], ...message, allowedMentions: NOBODY };
}
