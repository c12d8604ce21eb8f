import type { WebClient } from '@slack/web-api';
import { isKeptForm } from '../../bot/kept.js';
import type { Bot, Origin } from '../../bot/platform.js';
import type { Reply } from '../../bot/reply.js';
import { drawMessage } from './draw.js';
import { type Again, betweenOthers, shareValue } from './incoming.js';
import { drawModal, opensAsModal, type Place } from './modal.js';
import type { Message } from './pages.js';
import { respond } from './respond.js';
import { isMessageGone, isOutOfReach, isTriggerGone } from './trouble.js';
import { sendWithPicture } from './upload.js';

/** Where replies go, and by whom they were asked for. */
export interface Answering {
  readonly client: WebClient;
  readonly bot: Bot;
  readonly origin: Origin;
  readonly place: Place;
  readonly trigger: string | undefined;
  /** What was done, for 'Share in channel'; undefined where the answer is for all to see, or must not be shared. */
  readonly again: Again | undefined;
}

/** Sends replies to where they belong. */
export function answer(answering: Answering, replies: readonly Reply[]): Promise<void> {
  return sendAll(answering, replies, sendReply);
}

/** Shows the replies to all in the channel, as its member asked; what is private by now, such as a refusal, to them alone. */
export function share(answering: Answering, replies: readonly Reply[]): Promise<void> {
  return sendAll(answering, replies, async (to, reply) => {
    const hidden = reply.visibility === 'private' && to.place.seenBy !== 'two';
    await sendDrawn({ ...to, again: undefined }, reply, { hidden, replaces: false });
  });
}

/** What could not be said in the bot's own direct messages, since they are those of two others, is said as it is there. */
async function sendAll(
  answering: Answering,
  replies: readonly Reply[],
  send: (answering: Answering, reply: Reply) => Promise<void>,
): Promise<void> {
  let to = answering;
  for (const reply of replies) {
    try {
      await send(to, reply);
    } catch (error) {
      const place = isOutOfReach(error) ? betweenOthers(to.place) : undefined;
      if (place === undefined) throw error;
      to = { ...to, place };
      await send(to, reply);
    }
  }
}

async function sendReply(answering: Answering, reply: Reply): Promise<void> {
  const { again } = answering;
  const asked = again?.kind === 'press' && isKeptForm(again.press) && reply.form !== undefined;
  if ((asked || opensAsModal(reply)) && (await opened(answering, reply))) return;
  const { place } = answering;
  const hidden = place.seenBy === 'one' || (place.seenBy === 'all' && reply.visibility === 'private');
  // What is private never takes the place of what all can see.
  const replaces = reply.replaces === true && !(hidden && place.seenBy === 'all');
  await sendDrawn(answering, reply, { hidden, replaces });
}

/** False where Slack opens no modal any more: a trigger lasts three seconds. */
async function opened({ client, trigger, place }: Answering, reply: Reply): Promise<boolean> {
  if (trigger === undefined) return false;
  try {
    await client.views.open({ trigger_id: trigger, view: drawModal(reply, place) });
    return true;
  } catch (error) {
    if (isTriggerGone(error)) return false;
    throw error;
  }
}

interface Manner {
  /** Only the person sees it. */
  readonly hidden: boolean;
  readonly replaces: boolean;
}

async function sendDrawn(answering: Answering, reply: Reply, manner: Manner): Promise<void> {
  const { bot, client, origin, again } = answering;
  const share = manner.hidden && reply.visibility === 'public' && again ? shareValue(again) : undefined;
  let kept: Promise<string> | undefined;
  const keep = () => {
    kept ??= bot.keep(origin, reply);
    return kept;
  };
  await sendWithPicture(client, reply, async (shown, picture) => {
    const message = await drawMessage(shown, keep, {
      ...(picture !== undefined && { picture }),
      ...(share !== undefined && { share }),
    });
    await sendMessage(answering, message, manner);
  });
}

async function sendMessage(answering: Answering, message: Message, manner: Manner): Promise<void> {
  const { place } = answering;
  if (place.responseUrl !== undefined && place.seenBy !== 'two') {
    const sent = await respond(place.responseUrl, {
      ...message,
      response_type: manner.hidden ? 'ephemeral' : 'in_channel',
      replace_original: manner.replaces,
      ...(place.thread !== undefined && { thread_ts: place.thread }),
    });
    if (sent) return;
  }
  try {
    await sendToChannel(answering, message, manner);
  } catch (error) {
    if (!isOutOfReach(error) || betweenOthers(place) !== undefined) throw error;
    await sendDirectly(answering, message);
  }
}

/** A message that is gone gets a new one in its place. */
async function update(client: WebClient, message: Message & { channel: string; ts: string }): Promise<void> {
  const { ts, ...rest } = message;
  try {
    await client.chat.update({ ts, ...rest });
  } catch (error) {
    if (!isMessageGone(error)) throw error;
    await client.chat.postMessage(rest);
  }
}

async function sendToChannel({ client, origin, place }: Answering, message: Message, manner: Manner) {
  const { channel, message: ts, thread, beginsThread } = place;
  const { blocks, text } = message;
  const threaded = thread === undefined ? {} : { thread_ts: thread };
  if (manner.replaces && ts !== undefined && place.seenBy !== 'one') {
    await update(client, { channel, ts, blocks, text });
  } else if (manner.hidden) {
    await client.chat.postEphemeral({
      channel,
      user: origin.user,
      blocks,
      text,
      ...(!beginsThread && threaded),
    });
  } else {
    await client.chat.postMessage({
      channel,
      blocks,
      text,
      unfurl_links: false,
      unfurl_media: false,
      ...threaded,
    });
  }
}

/** A channel where the bot may not write does not keep a person from their answer. */
async function sendDirectly({ client, origin }: Answering, { blocks, text }: Message): Promise<void> {
  const why = 'I may not write in that channel, so here is your answer.';
  await client.chat.postMessage({ channel: origin.user, text: why });
  await client.chat.postMessage({
    channel: origin.user,
    blocks,
    text,
    unfurl_links: false,
    unfurl_media: false,
  });
}
