import { storedComponents } from './components.ts';
import type { Core } from './core.ts';
import { checkMessage, type MessageState } from './message-limits.ts';
import { channelPermissions, permission } from './permissions.ts';
import { pingedBy } from './pings.ts';
import { type Complaint, invalidForm, refusals } from './rest-error.ts';
import {
  COMPONENTS_V2,
  type MessageBody,
  type UploadedFile,
  type WireAttachment,
  type WireEmbed,
  type WireMessage,
} from './wire.ts';
import type { Channel, StoredMessage, User } from './world.ts';
import { memberWire, userWire } from './world-wire.ts';

/** Flags that an app may set by itself: suppress embeds and notifications, Components V2. */
const SETTABLE_FLAGS = (1 << 2) | (1 << 12) | COMPONENTS_V2;

export interface Draft {
  readonly author: User;
  readonly channel: Channel;
  readonly body: MessageBody;
  readonly files: readonly UploadedFile[];
  /** Discord's message type: 0 plain, 19 reply, 20 answer to a slash command, 23 to a menu. */
  readonly type: number;
  /** Flags that Discord sets, such as ephemeral. */
  readonly flags?: number;
  /** Fields that only some messages have: `webhook_id`, `interaction_metadata`. */
  readonly extra?: Partial<WireMessage>;
  readonly onlyFor?: string | null;
}

/** Stores a message without looking at limits, and tells those who may hear of it. */
export function storeMessage(core: Core, draft: Draft): WireMessage {
  const { author, channel, body } = draft;
  const id = core.clock.snowflake();
  const reference = core.world.messages.get(body.message_reference?.message_id ?? '')?.wire;
  const guild = core.world.guildOf(channel);
  const attachments = draft.files.map((file) => storeFile(core, channel, file, body));
  const wire: WireMessage = {
    id,
    channel_id: channel.id,
    author: userWire(author),
    content: body.content ?? '',
    timestamp: core.clock.iso(),
    edited_timestamp: null,
    tts: false,
    ...pingedBy(core.world, channel, author, body, reference),
    attachments,
    embeds: storedEmbeds(body.embeds),
    components: storedComponents(body.components ?? [], attachments),
    pinned: false,
    type: reference ? 19 : draft.type,
    flags: ((body.flags ?? 0) & SETTABLE_FLAGS) | (draft.flags ?? 0),
    ...(body.nonce !== undefined && body.nonce !== null && { nonce: body.nonce }),
    ...(guild && { guild_id: guild.id }),
    ...(guild?.members.has(author.id) && { member: memberWire(guild, author) }),
    ...(channel.guildId === null && { channel_type: channel.type }),
    ...(reference && referenceWire(reference)),
    ...draft.extra,
  };
  const stored = { wire, onlyFor: draft.onlyFor ?? null };
  core.world.messages.set(id, stored);
  if (stored.onlyFor === null) core.world.lastMessages.set(channel.id, id);
  announce(core, 'MESSAGE_CREATE', stored, channel);
  return wire;
}

/** Edits what `body` names. @throws Discord's refusals for what the message would then be */
export function editMessage(
  core: Core,
  stored: StoredMessage,
  body: MessageBody,
  files: readonly UploadedFile[],
  flags: { readonly clear: number } = { clear: 0 },
): WireMessage {
  const { wire } = stored;
  const channel = core.world.channels.get(wire.channel_id);
  if (!channel) throw refusals.unknownChannel();
  const kept = body.attachments?.map(({ id }) => id);
  const before = wire.attachments.filter(({ id }) => !kept || kept.includes(id));
  checkMessage(body, files, stateAfter(wire, body, before.length + files.length));
  const attachments = [...before, ...files.map((file) => storeFile(core, channel, file, body))];
  const next: WireMessage = {
    ...wire,
    ...(body.content !== undefined && { content: body.content ?? '' }),
    ...(body.embeds !== undefined && { embeds: storedEmbeds(body.embeds) }),
    ...(body.components !== undefined && {
      components: storedComponents(body.components ?? [], attachments),
    }),
    attachments,
    flags: (wire.flags | ((body.flags ?? 0) & SETTABLE_FLAGS)) & ~flags.clear,
    edited_timestamp: core.clock.iso(),
  };
  if (body.content !== undefined || body.components !== undefined) {
    const author = core.world.users.get(wire.author.id) ?? core.world.bot;
    const shown = { ...body, content: next.content, components: next.components };
    Object.assign(next, pingedBy(core.world, channel, author, shown, wire.referenced_message ?? undefined));
  }
  stored.wire = next;
  announce(core, 'MESSAGE_UPDATE', stored, channel);
  return next;
}

function stateAfter(wire: WireMessage, body: MessageBody, attachments: number): MessageState {
  return {
    content: body.content === undefined ? wire.content : (body.content ?? ''),
    embeds: body.embeds === undefined ? wire.embeds : (body.embeds ?? []),
    components: body.components === undefined ? wire.components : (body.components ?? []),
    flags: wire.flags | (body.flags ?? 0),
    attachments,
  };
}

/** A message as REST answers with it: the places and the member are told by the gateway only. */
export function restWire(message: WireMessage): WireMessage {
  const { guild_id: _, member: __, channel_type: ___, referenced_message: replied, ...rest } = message;
  return { ...rest, ...(replied && { referenced_message: restWire(replied) }) };
}

/** Checks a new message's body. @throws 50035, 50006, 40005 */
export function checkNewMessage(body: MessageBody, files: readonly UploadedFile[]): void {
  checkMessage(body, files, {
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    flags: body.flags ?? 0,
    attachments: files.length,
  });
}

/** Checks that the message replied to is there. @throws 50035, 160002 */
export function checkReference(core: Core, channel: Channel, body: MessageBody): void {
  const { message_reference: reference } = body;
  if (!reference) return;
  const permissions = channelPermissions(core.world, channel, core.world.bot.id);
  if (!(permissions & permission.readMessageHistory)) throw refusals.noHistory();
  const target = core.world.messages.get(reference.message_id);
  if (target?.wire.channel_id === channel.id && target.onlyFor === null) return;
  const unknown: Complaint = {
    path: ['message_reference'],
    code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE',
    message: 'Unknown message',
  };
  if (reference.fail_if_not_exists !== false) throw invalidForm([unknown]);
}

/** Takes a message away. */
export function removeMessage(core: Core, { wire, onlyFor }: StoredMessage): void {
  core.world.messages.delete(wire.id);
  const channel = core.world.channels.get(wire.channel_id);
  if (!channel || onlyFor !== null) return;
  const data = { id: wire.id, channel_id: channel.id, ...(channel.guildId && { guild_id: channel.guildId }) };
  core.gateway.dispatchIn(channel, 'MESSAGE_DELETE', data);
}

function announce(core: Core, event: string, { wire, onlyFor }: StoredMessage, channel: Channel): void {
  if (onlyFor === null) core.gateway.dispatchMessage(channel, event, wire);
  core.changes.notify();
}

function referenceWire(message: WireMessage): Partial<WireMessage> {
  const { id, channel_id, guild_id } = message;
  const place = { type: 0, channel_id, message_id: id, ...(guild_id && { guild_id }) };
  const { referenced_message: _, ...shown } = message;
  return { message_reference: place, referenced_message: shown };
}

function storeFile(core: Core, channel: Channel, file: UploadedFile, body: MessageBody): WireAttachment {
  const id = core.clock.snowflake();
  core.world.files.set(id, file.bytes);
  const url = `${core.origin}/attachments/${channel.id}/${id}/${encodeURIComponent(file.name)}`;
  const described = body.attachments?.find((attachment) => attachment.id === file.index);
  return {
    id,
    filename: file.name,
    size: file.bytes.length,
    url,
    proxy_url: url,
    content_type: file.contentType,
    ...(described?.description && { description: described.description }),
  };
}

function storedEmbeds(embeds: readonly WireEmbed[] | null | undefined): WireEmbed[] {
  return (embeds ?? []).map(({ fields, ...embed }) => {
    const stored: WireEmbed = { type: 'rich' };
    for (const [key, value] of Object.entries(embed)) if (value !== null) stored[key] = value;
    if (embed.timestamp) stored.timestamp = new Date(embed.timestamp).toISOString();
    if (fields) stored.fields = fields.map((field) => ({ ...field, inline: field.inline ?? false }));
    return stored;
  });
}
