import { channelPermissions, guildPermissions } from './permissions.ts';
import type { WireMember, WireUser } from './wire.ts';
import { type Channel, type Guild, isThread, type User, type World } from './world.ts';

export function userWire(user: User): WireUser {
  return {
    id: user.id,
    username: user.name,
    global_name: user.bot ? null : user.name,
    discriminator: user.bot ? '0001' : '0',
    avatar: null,
    ...(user.bot && { bot: true }),
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  };
}

/** A member without its user, as messages carry it. @throws when the user is not in the server. */
export function memberWire(guild: Guild, user: User): WireMember {
  const member = guild.members.get(user.id);
  if (!member) throw new Error(`${user.name} is not a member of ${guild.name}`);
  return {
    roles: member.roles,
    joined_at: member.joinedAt,
    nick: null,
    avatar: null,
    banner: null,
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
  };
}

/** The member of an interaction: with its user and its permissions in the channel. */
export function interactionMemberWire(world: World, guild: Guild, channel: Channel, user: User): WireMember {
  const permissions = String(channelPermissions(world, channel, user.id));
  return { ...memberWire(guild, user), user: userWire(user), permissions };
}

function overwritesWire(channel: Channel) {
  return [...channel.overwrites].map(([id, { type, allow, deny }]) => ({
    id,
    type,
    allow: String(allow),
    deny: String(deny),
  }));
}

function threadWire(world: World, channel: Channel) {
  const member = { id: channel.id, user_id: world.bot.id, join_timestamp: channel.createdAt, flags: 0 };
  return {
    owner_id: channel.ownerId,
    parent_id: channel.parentId,
    rate_limit_per_user: 0,
    message_count: 0,
    total_message_sent: 0,
    member_count: channel.threadMembers.size,
    thread_metadata: {
      archived: channel.archived,
      archive_timestamp: channel.createdAt,
      auto_archive_duration: 1440,
      locked: channel.locked,
      create_timestamp: channel.createdAt,
    },
    ...(channel.threadMembers.has(world.bot.id) && { member }),
  };
}

/** A channel as REST and the gateway show it to the bot. */
export function channelWire(world: World, channel: Channel): Record<string, unknown> {
  const base = {
    id: channel.id,
    type: channel.type,
    last_message_id: world.lastMessages.get(channel.id) ?? null,
    flags: 0,
  };
  if (channel.guildId === null) {
    const others = channel.recipients
      .filter((id) => id !== world.bot.id)
      .flatMap((id) => world.users.get(id) ?? []);
    const group = channel.type === 3 && { name: channel.name, icon: null, owner_id: channel.ownerId };
    return { ...base, recipients: others.map(userWire), ...group };
  }
  const inGuild = { ...base, guild_id: channel.guildId, name: channel.name };
  if (isThread(channel)) return { ...inGuild, ...threadWire(world, channel) };
  return {
    ...inGuild,
    parent_id: null,
    position: 0,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: overwritesWire(channel),
  };
}

function roleWire(id: string, name: string, permissions: bigint) {
  return {
    id,
    name,
    permissions: String(permissions),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: 0,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

/** GUILD_CREATE's data: the least that discord.js needs to build its caches. */
export function guildWire(world: World, guild: Guild): Record<string, unknown> {
  const channels = [...world.channels.values()].filter((channel) => channel.guildId === guild.id);
  const bot = guild.members.get(world.bot.id);
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    preferred_locale: guild.locale,
    roles: [...guild.roles.values()].map((role) => roleWire(role.id, role.name, role.permissions)),
    channels: channels.filter((channel) => !isThread(channel)).map((channel) => channelWire(world, channel)),
    threads: channels
      .filter((channel) => isThread(channel) && !channel.archived)
      .map((channel) => channelWire(world, channel)),
    members: bot ? [{ ...memberWire(guild, world.bot), user: userWire(world.bot) }] : [],
    member_count: guild.members.size,
    joined_at: bot?.joinedAt ?? null,
    emojis: [],
    stickers: [],
    features: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    large: false,
    unavailable: false,
    verification_level: 0,
    explicit_content_filter: 0,
    default_message_notifications: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
    premium_progress_bar_enabled: false,
  };
}

/** GUILD_ROLE_UPDATE's data. */
export function roleUpdateWire(guild: Guild, roleId: string): Record<string, unknown> {
  const role = guild.roles.get(roleId);
  return { guild_id: guild.id, role: roleWire(roleId, role?.name ?? '', role?.permissions ?? 0n) };
}

/** The bot's application, without `install_params`, whose null crashes discord.js. */
export function applicationWire(world: World): Record<string, unknown> {
  return {
    id: world.bot.id,
    name: world.bot.name,
    icon: null,
    description: '',
    type: null,
    flags: 0,
    flags_new: '0',
    bot: userWire(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: { ...userWire(world.bot), id: '1', username: 'owner', bot: false },
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}

/** True when the user holds all of `bits` in the server. */
export function holds(guild: Guild, user: User, bits: bigint): boolean {
  return (guildPermissions(guild, user.id) & bits) === bits;
}
