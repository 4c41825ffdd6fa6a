import { openDm } from './application-routes.ts';
import type { Core } from './core.ts';
import { EVERYONE } from './permissions.ts';
import { shardOf } from './session.ts';
import type { Channel, Guild, Role, User } from './world.ts';
import { channelWire, guildWire, roleUpdateWire } from './world-wire.ts';

export interface GuildOptions {
  readonly name?: string;
  readonly owner?: User;
  readonly members?: readonly User[];
  /** False for a server where the app is not a member. */
  readonly bot?: boolean;
  /** What the bot's own role gives it besides what @everyone may. */
  readonly botPermissions?: bigint;
  readonly everyone?: bigint;
  readonly locale?: string;
  /** The shard that the server falls to, of so many. */
  readonly shard?: readonly [index: number, count: number];
}

/** The people and places of the stand-in, and what happens to them while the bot runs. */
export function places(core: Core) {
  const { world, clock, gateway } = core;

  function user(options: Partial<Omit<User, 'id'>> = {}): User {
    const id = clock.oldSnowflake();
    const fresh = { name: `user-${id}`, bot: false, locale: 'en-US', dmsClosed: false, installed: false };
    const made: User = { ...fresh, ...options, id };
    world.users.set(id, made);
    return made;
  }

  /** Makes a user a member with roles. */
  function join(guild: Guild, who: User, roles: readonly Role[] = []): void {
    guild.members.set(who.id, { user: who, roles: roles.map(({ id }) => id), joinedAt: clock.iso() });
  }

  function role(guild: Guild, name: string, permissions = 0n): Role {
    const made: Role = { id: clock.oldSnowflake(), name, permissions };
    guild.roles.set(made.id, made);
    gateway.dispatch(guild.id, 'GUILD_ROLE_CREATE', roleUpdateWire(guild, made.id));
    return made;
  }

  function idOn(shard: readonly [index: number, count: number]): string {
    const id = clock.oldSnowflake();
    return shardOf(id, shard[1]) === shard[0] ? id : idOn(shard);
  }

  function guild(options: GuildOptions = {}): Guild {
    const id = idOn(options.shard ?? [0, 1]);
    const owner = options.owner ?? user();
    const made: Guild = {
      id,
      name: options.name ?? `server-${id}`,
      ownerId: owner.id,
      locale: options.locale ?? 'en-US',
      roles: new Map([[id, { id, name: '@everyone', permissions: options.everyone ?? EVERYONE }]]),
      members: new Map(),
      openCommands: new Set(),
    };
    for (const member of new Set([owner, ...(options.members ?? [])])) join(made, member);
    if (options.bot !== false) {
      const own: Role = {
        id: clock.oldSnowflake(),
        name: world.bot.name,
        permissions: options.botPermissions ?? 0n,
      };
      made.roles.set(own.id, own);
      join(made, world.bot, [own]);
    }
    world.guilds.set(id, made);
    if (options.bot !== false) gateway.dispatch(id, 'GUILD_CREATE', guildWire(world, made));
    return made;
  }

  function place(about: Pick<Channel, 'type' | 'name' | 'guildId' | 'parentId' | 'ownerId'>): Channel {
    const made: Channel = {
      ...about,
      id: clock.oldSnowflake(),
      createdAt: clock.iso(),
      overwrites: new Map(),
      recipients: [],
      threadMembers: new Set(),
      archived: false,
      locked: false,
    };
    world.channels.set(made.id, made);
    return made;
  }

  function channel(guild: Guild, { name = 'general' } = {}): Channel {
    const made = place({ type: 0, name, guildId: guild.id, parentId: null, ownerId: null });
    gateway.dispatchIn(made, 'CHANNEL_CREATE', channelWire(world, made));
    return made;
  }

  /** A thread under `parent`; the bot sees a private one only as one of its `members`. */
  function thread(
    parent: Channel,
    options: {
      name?: string;
      private?: boolean;
      members?: readonly User[];
      archived?: boolean;
      locked?: boolean;
    } = {},
  ): Channel {
    const [owner] = options.members ?? [];
    const made = place({
      type: options.private ? 12 : 11,
      name: options.name ?? 'thread',
      guildId: parent.guildId,
      parentId: parent.id,
      ownerId: owner?.id ?? world.bot.id,
    });
    for (const { id } of options.members ?? []) made.threadMembers.add(id);
    made.archived = options.archived ?? false;
    made.locked = options.locked ?? false;
    if (!made.archived) gateway.dispatchIn(made, 'THREAD_CREATE', channelWire(world, made));
    return made;
  }

  /** The DM between these users, or between one user and the bot. */
  function dm(...users: User[]): Channel {
    return openDm(core, users.length === 1 ? [world.bot, ...users] : users);
  }

  function updateThread(thread: Channel, change: { archived?: boolean; locked?: boolean }): void {
    Object.assign(thread, change);
    gateway.dispatchIn(thread, 'THREAD_UPDATE', channelWire(world, thread));
  }

  /** Allows and denies bits in a channel to a role (its id, or the server's for @everyone) or a user. */
  function overwrite(channel: Channel, whom: User | Role, { allow = 0n, deny = 0n }): void {
    channel.overwrites.set(whom.id, { type: world.users.has(whom.id) ? 1 : 0, allow, deny });
    if (channel.guildId) gateway.dispatch(channel.guildId, 'CHANNEL_UPDATE', channelWire(world, channel));
  }

  /** Gives a role other permissions, such as the server's own (@everyone). */
  function permit(guild: Guild, role: Role, permissions: bigint): void {
    role.permissions = permissions;
    gateway.dispatch(guild.id, 'GUILD_ROLE_UPDATE', roleUpdateWire(guild, role.id));
  }

  function removeChannel(channel: Channel): void {
    const event = channel.parentId ? 'THREAD_DELETE' : 'CHANNEL_DELETE';
    gateway.dispatchIn(channel, event, channelWire(world, channel));
    world.channels.delete(channel.id);
    core.changes.notify();
  }

  /** Adds the bot to a server that had been without it. */
  function addBot(guild: Guild): void {
    join(guild, world.bot);
    gateway.dispatch(guild.id, 'GUILD_CREATE', guildWire(world, guild));
  }

  /** Throws the bot out of a server. */
  function removeBot(guild: Guild): void {
    guild.members.delete(world.bot.id);
    gateway.dispatch(guild.id, 'GUILD_DELETE', { id: guild.id });
  }

  /** Adds a user to a thread; for the bot a private one becomes visible. */
  function addToThread(thread: Channel, who: User): void {
    if (thread.threadMembers.has(who.id)) return;
    thread.threadMembers.add(who.id);
    if (who.id === world.bot.id) gateway.dispatchIn(thread, 'THREAD_CREATE', channelWire(world, thread));
  }

  return {
    user,
    join,
    role,
    guild,
    channel,
    thread,
    dm,
    updateThread,
    overwrite,
    permit,
    removeChannel,
    addBot,
    removeBot,
    addToThread,
  };
}

export type Places = ReturnType<typeof places>;
