import type { Channel, Guild, World } from './world.ts';

/** Discord's permission bits that the stand-in looks at. */
export const permission = {
  addReactions: 1n << 6n,
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useApplicationCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  createPublicThreads: 1n << 35n,
  sendMessagesInThreads: 1n << 38n,
  useExternalApps: 1n << 50n,
} as const;

/** What @everyone may do in a fresh server: look, talk, use commands, but not manage or ping everybody. */
export const EVERYONE =
  permission.viewChannel |
  permission.sendMessages |
  permission.addReactions |
  permission.embedLinks |
  permission.attachFiles |
  permission.readMessageHistory |
  permission.useApplicationCommands |
  permission.createPublicThreads |
  permission.sendMessagesInThreads |
  permission.useExternalApps;

/** What an app may do where it is not a member, and in DMs. */
export const OUTSIDE = permission.embedLinks | permission.attachFiles | permission.mentionEveryone;

const ALL = (1n << 53n) - 1n;

/** A member's permissions in a server: owner and administrators have all of them. */
export function guildPermissions(guild: Guild, userId: string): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return ALL;
  let bits = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const role of member.roles) bits |= guild.roles.get(role)?.permissions ?? 0n;
  return bits & permission.administrator ? ALL : bits;
}

/**
 * A user's permissions in a channel: roles, then the overwrites for @everyone, roles and the member,
 * in Discord's order; a thread takes its parent's. All of them in a DM that the user is part of.
 */
export function channelPermissions(world: World, channel: Channel, userId: string): bigint {
  if (!channel.guildId) return channel.recipients.includes(userId) ? ALL : 0n;
  const guild = world.guilds.get(channel.guildId);
  const member = guild?.members.get(userId);
  if (!guild || !member) return 0n;
  const bits = guildPermissions(guild, userId);
  if (bits === ALL) return ALL;
  const parent = (channel.parentId && world.channels.get(channel.parentId)) || channel;
  const roles = member.roles.flatMap((id) => parent.overwrites.get(id) ?? []);
  let now = bits;
  for (const step of [[parent.overwrites.get(guild.id)], roles, [parent.overwrites.get(userId)]]) {
    for (const overwrite of step) now &= ~(overwrite?.deny ?? 0n);
    for (const overwrite of step) now |= overwrite?.allow ?? 0n;
  }
  return now & permission.viewChannel ? now : 0n;
}

/** True where the user sees the channel; a private thread only for its members and who manages threads. */
export function canSee(world: World, channel: Channel, userId: string): boolean {
  const bits = channelPermissions(world, channel, userId);
  if (!(bits & permission.viewChannel)) return false;
  if (channel.type !== 12) return true;
  return channel.threadMembers.has(userId) || (bits & permission.manageThreads) !== 0n;
}
