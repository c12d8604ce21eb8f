import { refusals } from './errors.js';
import { COMPONENTS_V2, EPHEMERAL, LOADING } from './limits.js';
import { allComponents, type Component, type Embed, type Json, type MessageBody } from './shapes.js';
import { type Channel, snowflake, type User, userJson } from './world.js';

/** A file that came with a message. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly bytes: Uint8Array;
}

/** A file of a request; `key` is what the body's `attachments` calls it. */
export interface Upload {
  readonly key: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How a message came about, where it answers an interaction. */
export interface Cause {
  readonly interactionId: string;
  readonly user: User;
  readonly type: number;
}

/** A message of the bot, as it stands now. */
export interface StoredMessage {
  readonly id: string;
  readonly channel: Channel;
  readonly cause: Cause | undefined;
  readonly createdAt: Date;
  content: string;
  embeds: readonly Embed[];
  components: readonly Component[];
  flags: number;
  files: readonly StoredFile[];
  mentions: MessageBody['allowed_mentions'];
  editedAt: Date | undefined;
  deleted: boolean;
}

const FILE_LIMIT = 10 * 1024 * 1024;
const KEPT_FLAGS = EPHEMERAL | LOADING;
const NONCE_LIFE_MS = 120_000;

/** All messages that the bot has posted, and the rules of posting and editing them. */
export class Messages {
  readonly all = new Map<string, StoredMessage>();
  readonly #byNonce = new Map<string, { message: StoredMessage; until: number }>();

  /** Posts a message; refuses an empty one. */
  post(channel: Channel, body: MessageBody, files: readonly Upload[], cause?: Cause): StoredMessage {
    const nonce = body.enforce_nonce && body.nonce ? `${channel.id} ${body.nonce}` : undefined;
    const earlier = nonce === undefined ? undefined : this.#byNonce.get(nonce);
    if (earlier && earlier.until > Date.now()) return earlier.message;
    const message = this.#blank(channel, body.flags ?? 0, cause);
    change(message, body, files);
    this.all.set(message.id, message);
    if (nonce !== undefined) this.#byNonce.set(nonce, { message, until: Date.now() + NONCE_LIFE_MS });
    return message;
  }

  /** Posts the "thinking…" that a deferral shows. */
  postLoading(channel: Channel, flags: number, cause: Cause): StoredMessage {
    const message = this.#blank(channel, (flags & EPHEMERAL) | LOADING, cause);
    this.all.set(message.id, message);
    return message;
  }

  /** Fills a deferral or changes a message; what the body does not name stays. Who sees it never changes. */
  edit(message: StoredMessage, body: MessageBody, files: readonly Upload[]): void {
    const wasLoading = (message.flags & LOADING) !== 0;
    change(message, body, files);
    message.flags = (message.flags & KEPT_FLAGS & ~LOADING) | ((body.flags ?? message.flags) & ~KEPT_FLAGS);
    if (!wasLoading) message.editedAt = new Date();
  }

  /** A message by its id; refuses one that is not there. */
  find(id: string | undefined, channel?: Channel): StoredMessage {
    const message = this.all.get(id ?? '');
    if (!message || message.deleted || (channel && message.channel !== channel))
      throw refusals.unknownMessage();
    return message;
  }

  /** As after the minutes in which Discord knows a nonce. */
  forgetNonces(): void {
    this.#byNonce.clear();
  }

  /** What can be read of a channel: the messages before or after an id and nearest to it, the newest first. */
  page(channel: Channel, query: URLSearchParams): StoredMessage[] {
    const [after, before] = [query.get('after'), query.get('before')];
    const limit = Number(query.get('limit') ?? 50);
    if (!(limit >= 1 && limit <= 100)) {
      const message = 'Value should be between 1 and 100.';
      throw refusals.invalidForm([{ path: ['limit'], code: 'NUMBER_TYPE_RANGE', message }]);
    }
    const readable = [...this.all.values()].filter(
      (one) =>
        one.channel === channel &&
        !one.deleted &&
        (one.flags & EPHEMERAL) === 0 &&
        (after === null || BigInt(one.id) > BigInt(after)) &&
        (before === null || BigInt(one.id) < BigInt(before)),
    );
    return (after === null ? readable.slice(-limit) : readable.slice(0, limit)).reverse();
  }

  #blank(channel: Channel, flags: number, cause: Cause | undefined): StoredMessage {
    return {
      id: snowflake(),
      channel,
      cause,
      createdAt: new Date(),
      content: '',
      embeds: [],
      components: [],
      flags,
      files: [],
      mentions: undefined,
      editedAt: undefined,
      deleted: false,
    };
  }
}

function change(message: StoredMessage, body: MessageBody, uploads: readonly Upload[]): void {
  if (uploads.some(({ bytes }) => bytes.length > FILE_LIMIT)) throw refusals.tooLarge();
  const kept = body.attachments
    ? message.files.filter(({ id }) => body.attachments?.some((listed) => String(listed.id) === id))
    : message.files;
  const added = uploads.map(({ key, name, bytes }) => {
    const listed = body.attachments?.find((attachment) => String(attachment.id) === key);
    return {
      id: snowflake(),
      name: listed?.filename ?? name,
      description: listed?.description ?? undefined,
      bytes,
    };
  });
  const next = {
    content: body.content === undefined ? message.content : (body.content ?? '').trim(),
    embeds: body.embeds === undefined ? message.embeds : (body.embeds ?? []),
    components: body.components === undefined ? message.components : numbered(body.components ?? []),
    files: [...kept, ...added],
  };
  if (!next.content && next.embeds.length + next.components.length + next.files.length === 0) {
    throw refusals.emptyMessage();
  }
  checkReferences(next);
  if (next.embeds.some(isEmptyEmbed)) throw refusals.emptyMessage();
  Object.assign(message, next);
  if (body.allowed_mentions !== undefined) message.mentions = body.allowed_mentions;
}

/** Gives each component the number that Discord's answers have; the components are the parsed body's own. */
function numbered(components: readonly Component[]): readonly Component[] {
  allComponents(components).forEach((component, index) => {
    component.id ??= index + 1;
  });
  return components;
}

function isEmptyEmbed(embed: Embed): boolean {
  const { title, description, fields, image, thumbnail, footer, author } = embed;
  const texts = [title, description, image?.url, thumbnail?.url, footer?.text, author?.name];
  return texts.every((text) => !text?.trim()) && (fields?.length ?? 0) === 0;
}

/** A picture named `attachment://…` must have come along. */
function checkReferences({
  embeds,
  components,
  files,
}: Pick<StoredMessage, 'embeds' | 'components' | 'files'>) {
  const media = allComponents(components).flatMap((component) => [
    component.media?.url,
    component.file?.url,
    ...(component.items ?? []).map((item) => item.media.url),
  ]);
  const pictures = embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]);
  const missing = [...media, ...pictures].find(
    (url) => url?.startsWith('attachment://') && !files.some(({ name }) => url === `attachment://${name}`),
  );
  if (missing === undefined) return;
  const message = `The referenced attachment ${missing} was not found`;
  const code = 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND';
  throw refusals.invalidForm([{ path: [], code, message }]);
}

const fileUrl = (message: StoredMessage, file: StoredFile) =>
  `https://cdn.discordapp.com/ephemeral-attachments/${message.channel.id}/${file.id}/${encodeURIComponent(file.name)}`;

/** A message as Discord's answers and events show it. */
export function messageJson(message: StoredMessage, bot: Json, applicationId: string): Json {
  const urls = new Map(message.files.map((file) => [`attachment://${file.name}`, fileUrl(message, file)]));
  const resolved = (media: { url?: string | null | undefined } | null | undefined) =>
    media && { ...media, url: urls.get(media.url ?? '') ?? media.url };
  const shown = new Set(message.embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]));
  return {
    id: message.id,
    channel_id: message.channel.id,
    type: message.cause?.type === 2 ? 20 : message.cause ? 19 : 0,
    author: bot,
    content: message.content,
    embeds: message.embeds.map((embed) => ({
      type: 'rich',
      ...embed,
      ...(embed.fields && { fields: embed.fields.map((field) => ({ inline: false, ...field })) }),
      ...(embed.image && { image: resolved(embed.image) }),
      ...(embed.thumbnail && { thumbnail: resolved(embed.thumbnail) }),
    })),
    attachments: message.files
      .filter(({ name }) => !shown.has(`attachment://${name}`))
      .map((file) => ({
        id: file.id,
        filename: file.name,
        size: file.bytes.length,
        url: fileUrl(message, file),
        proxy_url: fileUrl(message, file),
        ...(file.description && { description: file.description }),
      })),
    components: message.components,
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: message.createdAt.toISOString(),
    edited_timestamp: message.editedAt?.toISOString() ?? null,
    flags: message.flags,
    ...(message.cause && causeJson(message.cause, applicationId)),
  };
}

function causeJson({ interactionId, user, type }: Cause, applicationId: string): Json {
  return {
    application_id: applicationId,
    webhook_id: applicationId,
    interaction_metadata: {
      id: interactionId,
      type,
      user: userJson(user),
      authorizing_integration_owners: {},
    },
  };
}

/** Whom the text of a message calls, given what the bot allows. Embeds call nobody. */
export function pingsOf(message: StoredMessage): string[] {
  const displayed = (message.flags & COMPONENTS_V2) !== 0 ? allComponents(message.components) : [];
  const text = [message.content, ...displayed.map(({ content }) => content ?? '')].join('\n');
  const allowed = message.mentions;
  const may = (kind: 'users' | 'roles' | 'everyone', id = '') =>
    !allowed ||
    allowed.parse === undefined ||
    allowed.parse?.includes(kind) ||
    (kind !== 'everyone' && allowed[kind]?.includes(id));
  return [...text.matchAll(/<@(&?)!?(\d+)>|@everyone|@here/g)].flatMap(([mention, role, id]) => {
    const kind = id === undefined ? 'everyone' : role === '&' ? 'roles' : 'users';
    return may(kind, id) ? [mention] : [];
  });
}
