import * as spec from 'discord-api-spec/zod';
import { union } from 'zod/mini';
import { channelSchema, demand, seenChannel, seenMessage } from './channel-routes.ts';
import type { Core } from './core.ts';
import type { RestAnswer, RestRequest, Route } from './http.ts';
import { permission } from './permissions.ts';
import { refusals } from './rest-error.ts';
import { type Channel, isThread } from './world.ts';
import { channelWire } from './world-wire.ts';

interface ThreadBody {
  readonly name: string;
  readonly type?: number;
}

interface ChannelPatch {
  readonly archived?: boolean | null;
  readonly locked?: boolean | null;
}

/** Threads: opening, archiving, joining. */
export function threadRoutes(core: Core): Route[] {
  return [
    {
      method: 'POST',
      template: '/channels/{channel_id}/messages/{message_id}/threads',
      answer: ({ body }, channelId, messageId) => {
        const parent = seenChannel(core, channelId);
        seenMessage(core, parent, messageId);
        if (core.world.channels.has(messageId)) throw refusals.threadExists();
        return open(core, parent, messageId, body as ThreadBody, 11);
      },
      bodies: { request: spec.CreateTextThreadWithMessageRequestSchema, response: spec.ThreadResponseSchema },
    },
    {
      method: 'POST',
      template: '/channels/{channel_id}/threads',
      answer: ({ body }, channelId) => {
        const { type = 12 } = body as ThreadBody;
        return open(core, seenChannel(core, channelId), core.clock.snowflake(), body as ThreadBody, type);
      },
      bodies: {
        request: spec.CreateTextThreadWithoutMessageRequestSchema,
        response: spec.ThreadResponseSchema,
      },
    },
    {
      method: 'PATCH',
      template: '/channels/{channel_id}',
      answer: (request, channelId) => patch(core, request, seenChannel(core, channelId)),
      bodies: {
        request: union([spec.UpdateThreadRequestPartialSchema, spec.UpdateGuildChannelRequestPartialSchema]),
        response: channelSchema,
      },
    },
    ...(['PUT', 'DELETE'] as const).map((method) => ({
      method,
      template: '/channels/{channel_id}/thread-members/@me',
      answer: (_: RestRequest, channelId: string) => {
        const thread = seenChannel(core, channelId);
        if (thread.archived) throw refusals.threadArchived();
        if (method === 'PUT') thread.threadMembers.add(core.world.bot.id);
        else thread.threadMembers.delete(core.world.bot.id);
        return { status: 204 };
      },
      bodies: {},
    })),
  ];
}

function open(core: Core, parent: Channel, id: string, { name }: ThreadBody, type: number): RestAnswer {
  demand(core, parent, permission.createPublicThreads);
  const thread: Channel = {
    ...parent,
    id,
    type,
    name,
    parentId: parent.id,
    ownerId: core.world.bot.id,
    createdAt: core.clock.iso(),
    overwrites: new Map(),
    recipients: [],
    threadMembers: new Set([core.world.bot.id]),
    archived: false,
    locked: false,
  };
  core.world.channels.set(id, thread);
  core.gateway.dispatchIn(thread, 'THREAD_CREATE', {
    ...channelWire(core.world, thread),
    newly_created: true,
  });
  return { status: 201, body: channelWire(core.world, thread) };
}

function patch(core: Core, { body }: RestRequest, channel: Channel): RestAnswer {
  const { archived, locked } = body as ChannelPatch;
  demand(core, channel, isThread(channel) ? permission.manageThreads : permission.manageChannels);
  if (typeof archived === 'boolean') channel.archived = archived;
  if (typeof locked === 'boolean') channel.locked = locked;
  const wire = channelWire(core.world, channel);
  core.gateway.dispatchIn(channel, isThread(channel) ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE', wire);
  return { status: 200, body: wire };
}
