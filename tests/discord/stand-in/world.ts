import type { Clock } from './clock.ts';
import type { WireCommand, WireMessage } from './wire.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** The language of the user's client, such as `en-US` or `ko`. */
  locale: string;
  /** True when the user takes no direct messages: 50007. */
  dmsClosed: boolean;
  /** True when the user has added the app to their own account. */
  installed: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
}

export interface Member {
  readonly user: User;
  readonly roles: string[];
  readonly joinedAt: string;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  /** By id; the role whose id is the server's own is @everyone. */
  readonly roles: Map<string, Role>;
  /** By user id. The bot is a member or is not. */
  readonly members: Map<string, Member>;
  /** Names of commands that this server opened to everybody, whatever their default permissions say. */
  readonly openCommands: Set<string>;
}

export interface Overwrite {
  /** 0 for a role, 1 for a member. */
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface Channel {
  readonly id: string;
  /** Discord's channel type: 0 text, 1 DM, 3 group DM, 11 public thread, 12 private thread. */
  readonly type: number;
  readonly name: string;
  readonly guildId: string | null;
  readonly parentId: string | null;
  readonly ownerId: string | null;
  readonly createdAt: string;
  /** By role or user id. */
  readonly overwrites: Map<string, Overwrite>;
  /** User ids of a DM or group DM. */
  readonly recipients: string[];
  /** User ids, for threads. */
  readonly threadMembers: Set<string>;
  archived: boolean;
  locked: boolean;
}

export interface StoredMessage {
  /** The message now; an edit puts another object in its place, so one read earlier stays as it was. */
  wire: WireMessage;
  /** The only user who sees it, or null when everybody in the channel does. */
  readonly onlyFor: string | null;
}

/** Everything that this Discord holds. */
export class World {
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  /** By id, in the order of arrival. */
  readonly messages = new Map<string, StoredMessage>();
  /** Id of the last message, by channel. */
  readonly lastMessages = new Map<string, string>();
  /** By id; global ones and those of a server (`guild_id`). */
  readonly commands = new Map<string, WireCommand>();
  /** Message id by channel and nonce, of the bot's own messages. */
  readonly nonces = new Map<string, string>();
  /** Bytes of each attachment, by its id. */
  readonly files = new Map<string, Buffer>();
  readonly bot: User;

  constructor(clock: Clock, botName: string) {
    this.bot = {
      id: clock.oldSnowflake(),
      name: botName,
      bot: true,
      locale: 'en-US',
      dmsClosed: false,
      installed: false,
    };
    this.users.set(this.bot.id, this.bot);
  }

  guildOf(channel: Channel): Guild | undefined {
    return channel.guildId === null ? undefined : this.guilds.get(channel.guildId);
  }

  /** True where the bot is a member of the channel's server, or part of the DM. */
  botIsIn(channel: Channel): boolean {
    if (channel.guildId === null) return channel.recipients.includes(this.bot.id);
    return this.guildOf(channel)?.members.has(this.bot.id) ?? false;
  }

  /** The DM of these users, if it was opened before. */
  dmOf(userIds: readonly string[]): Channel | undefined {
    for (const channel of this.channels.values()) {
      if (channel.guildId !== null || channel.recipients.length !== userIds.length) continue;
      if (userIds.every((id) => channel.recipients.includes(id))) return channel;
    }
    return undefined;
  }
}

/** True for public and private threads. */
export function isThread(channel: Channel): boolean {
  return channel.type === 11 || channel.type === 12;
}
