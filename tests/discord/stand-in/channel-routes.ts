import * as spec from 'discord-api-spec/zod';
import { array, union } from 'zod/mini';
import type { Core } from './core.ts';
import type { RestAnswer, RestRequest, Route } from './http.ts';
import {
  checkNewMessage,
  checkReference,
  editMessage,
  removeMessage,
  restWire,
  storeMessage,
} from './messages.ts';
import { canSee, channelPermissions, permission } from './permissions.ts';
import { withoutContent } from './pings.ts';
import { refusals } from './rest-error.ts';
import type { MessageBody } from './wire.ts';
import { type Channel, isThread, type StoredMessage } from './world.ts';
import { channelWire } from './world-wire.ts';

const NOTHING: RestAnswer = { status: 204 };

/** What the bot does in channels with its own token: messages, typing, reactions. */
export function channelRoutes(core: Core): Route[] {
  const message = { response: spec.MessageResponseSchema };
  const path = '/channels/{channel_id}/messages/{message_id}';
  return [
    {
      method: 'GET',
      template: '/channels/{channel_id}',
      answer: (_, id) => ({ status: 200, body: channelWire(core.world, seenChannel(core, id)) }),
      bodies: { response: channelSchema },
    },
    {
      method: 'DELETE',
      template: '/channels/{channel_id}',
      answer: (_, id) => deleteChannel(core, seenChannel(core, id)),
      bodies: { response: channelSchema },
    },
    {
      method: 'GET',
      template: '/channels/{channel_id}/messages',
      answer: (request, id) => listMessages(core, request, seenChannel(core, id)),
      bodies: { response: array(spec.MessageResponseSchema) },
    },
    {
      method: 'POST',
      template: '/channels/{channel_id}/messages',
      answer: (request, id) => postMessage(core, request, seenChannel(core, id)),
      bodies: { request: spec.MessageCreateRequestSchema, ...message },
    },
    {
      method: 'POST',
      template: '/channels/{channel_id}/typing',
      answer: (_, id) => {
        checkWritable(core, seenChannel(core, id));
        return NOTHING;
      },
      bodies: {},
    },
    {
      method: 'GET',
      template: path,
      answer: (_, id, messageId) => {
        const { wire } = seenMessage(core, seenChannel(core, id), messageId);
        return { status: 200, body: restWire(withoutContent(wire, core.world.bot.id)) };
      },
      bodies: message,
    },
    {
      method: 'PATCH',
      template: path,
      answer: ({ body, files }, id, messageId) => {
        const channel = seenChannel(core, id);
        const stored = seenMessage(core, channel, messageId);
        if (stored.wire.author.id !== core.world.bot.id) throw refusals.foreignMessage();
        if (channel.archived) throw refusals.threadArchived();
        return { status: 200, body: restWire(editMessage(core, stored, body as MessageBody, files)) };
      },
      bodies: { request: spec.MessageEditRequestPartialSchema, ...message },
    },
    { method: 'DELETE', template: path, answer: (_, id, mid) => deleteMessage(core, id, mid), bodies: {} },
    ...(['PUT', 'DELETE'] as const).map((method) => ({
      method,
      template: `${path}/reactions/{emoji_name}/@me`,
      answer: (_: RestRequest, id: string, messageId: string) => {
        const channel = seenChannel(core, id);
        seenMessage(core, channel, messageId);
        demand(core, channel, permission.addReactions);
        return NOTHING;
      },
      bodies: {},
    })),
  ];
}

/** What the description allows a channel to look like. */
export const channelSchema = union([
  spec.GuildChannelResponseSchema,
  spec.ThreadResponseSchema,
  spec.PrivateChannelResponseSchema,
  spec.PrivateGroupChannelResponseSchema,
]);

/** @throws 10003 for a channel that is not there, 50001 for one that the bot does not see */
export function seenChannel(core: Core, id: string): Channel {
  const channel = core.world.channels.get(id);
  if (!channel) throw refusals.unknownChannel();
  if (!canSee(core.world, channel, core.world.bot.id)) throw refusals.missingAccess();
  return channel;
}

/** @throws 10008 */
export function seenMessage(core: Core, channel: Channel, id: string): StoredMessage {
  const stored = core.world.messages.get(id);
  if (stored?.wire.channel_id !== channel.id || stored.onlyFor !== null) throw refusals.unknownMessage();
  return stored;
}

/** @throws 50013 unless the bot holds `bits` in the channel */
export function demand(core: Core, channel: Channel, bits: bigint): void {
  if ((channelPermissions(core.world, channel, core.world.bot.id) & bits) !== bits)
    throw refusals.missingPermissions();
}

function checkWritable(core: Core, channel: Channel): void {
  const { world } = core;
  if (channel.guildId === null) {
    const closed = channel.recipients.some((id) => world.users.get(id)?.dmsClosed);
    if (closed) throw refusals.dmClosed();
    return;
  }
  demand(core, channel, isThread(channel) ? permission.sendMessagesInThreads : permission.sendMessages);
  if (!channel.locked) return;
  if (channelPermissions(world, channel, world.bot.id) & permission.manageThreads) return;
  throw channel.archived ? refusals.threadArchived() : refusals.threadLocked();
}

/** A message with a nonce that the bot has used before is answered with the first one. */
function postMessage(core: Core, { body: raw, files }: RestRequest, channel: Channel): RestAnswer {
  const body = raw as MessageBody;
  checkWritable(core, channel);
  if (files.length > 0) demand(core, channel, permission.attachFiles);
  checkNewMessage(body, files);
  checkReference(core, channel, body);
  const nonce = `${channel.id} ${body.nonce}`;
  const first = body.enforce_nonce && core.world.messages.get(core.world.nonces.get(nonce) ?? '');
  if (first) return { status: 200, body: restWire(first.wire) };
  if (channel.archived) {
    channel.archived = false;
    core.gateway.dispatchIn(channel, 'THREAD_UPDATE', channelWire(core.world, channel));
  }
  const message = storeMessage(core, { author: core.world.bot, channel, body, files, type: 0 });
  if (body.nonce !== undefined && body.nonce !== null) core.world.nonces.set(nonce, message.id);
  return { status: 200, body: restWire(message) };
}

function listMessages(core: Core, { query }: RestRequest, channel: Channel): RestAnswer {
  const limit = Math.min(Number(query.get('limit') ?? 50), 100);
  const [after, before, around] = ['after', 'before', 'around'].map((name) => query.get(name));
  if (!(channelPermissions(core.world, channel, core.world.bot.id) & permission.readMessageHistory)) {
    return { status: 200, body: [] };
  }
  let list = [...core.world.messages.values()].filter(
    (m) => m.wire.channel_id === channel.id && m.onlyFor === null,
  );
  if (after) list = list.filter(({ wire }) => BigInt(wire.id) > BigInt(after)).slice(0, limit);
  else if (before) list = list.filter(({ wire }) => BigInt(wire.id) < BigInt(before)).slice(-limit);
  else if (around) {
    const at = list.findIndex(({ wire }) => wire.id === around);
    list = list.slice(Math.max(0, at - (limit >> 1)), at + (limit >> 1) + 1);
  } else list = list.slice(-limit);
  const shown = list.reverse().map(({ wire }) => restWire(withoutContent(wire, core.world.bot.id)));
  return { status: 200, body: shown };
}

function deleteMessage(core: Core, channelId: string, id: string): RestAnswer {
  const channel = seenChannel(core, channelId);
  const stored = seenMessage(core, channel, id);
  if (stored.wire.author.id !== core.world.bot.id) demand(core, channel, permission.manageMessages);
  removeMessage(core, stored);
  return NOTHING;
}

function deleteChannel(core: Core, channel: Channel): RestAnswer {
  const body = channelWire(core.world, channel);
  if (channel.guildId !== null) {
    demand(core, channel, isThread(channel) ? permission.manageThreads : permission.manageChannels);
    core.gateway.dispatchIn(channel, isThread(channel) ? 'THREAD_DELETE' : 'CHANNEL_DELETE', body);
    core.world.channels.delete(channel.id);
  }
  return { status: 200, body };
}
