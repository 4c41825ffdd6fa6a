import * as spec from 'discord-api-spec/zod';
import { array, pipe, transform, unknown, type ZodMiniType } from 'zod/mini';
import { checkCommands } from './command-limits.ts';
import type { Core } from './core.ts';
import type { RestAnswer, RestRequest, Route } from './http.ts';
import { refusals } from './rest-error.ts';
import type { CommandBody, WireCommand } from './wire.ts';
import type { Channel, User } from './world.ts';
import { applicationWire, channelWire, userWire } from './world-wire.ts';

/** The bot itself, its application, its DMs, the gateway's address. `shards` is what Discord recommends. */
export function selfRoutes(core: Core, shards: number, maxConcurrency: number): Route[] {
  const self = { mfa_enabled: false, locale: 'en-US', verified: true };
  return [
    {
      method: 'GET',
      template: '/gateway/bot',
      answer: () => ({ status: 200, body: gatewayWire(core, shards, maxConcurrency) }),
      bodies: { response: spec.GatewayBotResponseSchema },
    },
    {
      method: 'GET',
      template: '/users/@me',
      answer: () => ({ status: 200, body: { ...userWire(core.world.bot), ...self } }),
      bodies: { response: spec.UserPIIResponseSchema },
    },
    {
      method: 'GET',
      template: '/users/{user_id}',
      answer: (_, id) => ({ status: 200, body: userWire(knownUser(core, id)) }),
      bodies: { response: spec.UserResponseSchema },
    },
    {
      method: 'GET',
      template: '/applications/@me',
      answer: () => ({ status: 200, body: applicationWire(core.world) }),
      bodies: { response: spec.PrivateApplicationResponseSchema },
    },
    {
      method: 'POST',
      template: '/users/@me/channels',
      answer: ({ body }) => {
        const user = knownUser(core, (body as { recipient_id?: string }).recipient_id ?? '');
        return { status: 200, body: channelWire(core.world, openDm(core, [core.world.bot, user])) };
      },
      bodies: {
        request: spec.CreatePrivateChannelRequestSchema,
        response: spec.PrivateChannelResponseSchema,
      },
    },
  ];
}

function gatewayWire(core: Core, shards: number, maxConcurrency: number) {
  const limit = {
    total: 1000,
    remaining: 999,
    reset_after: 86_400_000,
    max_concurrency: maxConcurrency,
  };
  return { url: core.origin.replace('http', 'ws'), shards, session_start_limit: limit };
}

/** @throws 10013 */
function knownUser(core: Core, id: string): User {
  const user = core.world.users.get(id);
  if (!user) throw refusals.unknownUser();
  return user;
}

/** The DM of these users, opened where there was none. Three and more make a group. */
export function openDm(core: Core, users: readonly User[]): Channel {
  const ids = users.map(({ id }) => id);
  const known = core.world.dmOf(ids);
  if (known) return known;
  const dm: Channel = {
    id: core.clock.oldSnowflake(),
    type: users.length > 2 ? 3 : 1,
    name: '',
    guildId: null,
    parentId: null,
    ownerId: ids[0] ?? null,
    createdAt: core.clock.iso(),
    overwrites: new Map(),
    recipients: ids,
    threadMembers: new Set(),
    archived: false,
    locked: false,
  };
  core.world.channels.set(dm.id, dm);
  return dm;
}

/** Commands, global and of one server. */
export function commandRoutes(core: Core): Route[] {
  const one = { response: spec.ApplicationCommandResponseSchema };
  const all = { response: array(spec.ApplicationCommandResponseSchema) };
  return ['/applications/{application_id}', '/applications/{application_id}/guilds/{guild_id}'].flatMap(
    (base) => {
      const inGuild = base.includes('guild_id');
      const guildOf = (second: string) => (inGuild ? knownGuild(core, second) : null);
      const idOf = (second: string, third: string) => (inGuild ? third : second);
      const path = `${base}/commands`;
      const find = (second: string, third: string) =>
        knownCommand(core, guildOf(second), idOf(second, third));
      return [
        {
          method: 'GET',
          template: path,
          answer: (_, __, second) => ({ status: 200, body: commandsOf(core, guildOf(second)) }),
          bodies: all,
        },
        {
          method: 'PUT',
          template: path,
          answer: ({ body }, _, second) => overwriteAll(core, guildOf(second), (body ?? []) as CommandBody[]),
          bodies: { request: array(lenient(spec.ApplicationCommandUpdateRequestSchema)), ...all },
        },
        {
          method: 'POST',
          template: path,
          answer: ({ body }, _, second) => upsert(core, guildOf(second), body as CommandBody),
          bodies: { request: lenient(spec.ApplicationCommandCreateRequestSchema), ...one },
        },
        {
          method: 'GET',
          template: `${path}/{command_id}`,
          answer: (_, __, second, third) => ({ status: 200, body: find(second, third) }),
          bodies: one,
        },
        {
          method: 'PATCH',
          template: `${path}/{command_id}`,
          answer: ({ body }: RestRequest, _, second, third) => {
            const before = find(second, third);
            return {
              status: 200,
              body: keep(core, guildOf(second), { ...before, ...(body as CommandBody) }, before),
            };
          },
          bodies: { request: lenient(spec.ApplicationCommandPatchRequestPartialSchema), ...one },
        },
        {
          method: 'DELETE',
          template: `${path}/{command_id}`,
          answer: (_, __, second, third) => {
            core.world.commands.delete(find(second, third).id);
            return { status: 204 };
          },
          bodies: {},
        },
      ] satisfies Route[];
    },
  );
}

/** The description wants `default_member_permissions` as a number; Discord's reference, and discord.js, as text. */
function lenient(schema: ZodMiniType): ZodMiniType {
  const asNumber = transform((body: unknown) => {
    const { default_member_permissions: bits } = (body ?? {}) as CommandBody;
    if (typeof bits !== 'string' || !/^\d{1,19}$/.test(bits)) return body;
    return { ...(body as object), default_member_permissions: Number(bits) };
  });
  return pipe(pipe(unknown(), asNumber), schema);
}

function knownGuild(core: Core, id: string): string {
  if (!core.world.guilds.has(id)) throw refusals.unknownGuild();
  if (!core.world.guilds.get(id)?.members.has(core.world.bot.id)) throw refusals.missingAccess();
  return id;
}

function commandsOf(core: Core, guildId: string | null): WireCommand[] {
  return [...core.world.commands.values()].filter((command) => (command.guild_id ?? null) === guildId);
}

function knownCommand(core: Core, guildId: string | null, id: string): WireCommand {
  const command = commandsOf(core, guildId).find((candidate) => candidate.id === id);
  if (!command) throw refusals.unknownCommand();
  return command;
}

function same(a: CommandBody, b: CommandBody): boolean {
  return a.name === b.name && (a.type ?? 1) === (b.type ?? 1);
}

function upsert(core: Core, guildId: string | null, body: CommandBody): RestAnswer {
  checkCommands([body], false);
  const before = commandsOf(core, guildId).find((command) => same(command, body));
  return { status: before ? 200 : 201, body: keep(core, guildId, body, before) };
}

function overwriteAll(core: Core, guildId: string | null, bodies: readonly CommandBody[]): RestAnswer {
  checkCommands(bodies, true);
  const before = commandsOf(core, guildId);
  for (const { id } of before) core.world.commands.delete(id);
  const kept = bodies.map((body) =>
    keep(
      core,
      guildId,
      body,
      before.find((command) => same(command, body)),
    ),
  );
  return { status: 200, body: kept };
}

function keep(
  core: Core,
  guildId: string | null,
  body: CommandBody,
  before: WireCommand | undefined,
): WireCommand {
  const { options, ...rest } = body;
  const command: WireCommand = {
    ...rest,
    id: before?.id ?? core.clock.snowflake(),
    application_id: core.world.bot.id,
    version: core.clock.snowflake(),
    type: body.type ?? 1,
    description: body.description ?? '',
    default_member_permissions: body.default_member_permissions ?? null,
    contexts: body.contexts ?? null,
    integration_types: body.integration_types ?? [0],
    nsfw: body.nsfw ?? false,
    ...(options && { options }),
    ...(guildId && { guild_id: guildId }),
  };
  core.world.commands.set(command.id, command);
  core.changes.notify();
  return command;
}
