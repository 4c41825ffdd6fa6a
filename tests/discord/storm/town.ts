import { permission } from '../stand-in/permissions.ts';
import type { StandIn } from '../stand-in/stand-in.ts';
import type { Channel, Guild, User } from '../stand-in/world.ts';
import type { Chance } from './chance.ts';

const USERS = 200;
const SERVERS = 10;
const CHANNELS = 20;
/** Of the users, those who ask in private: the bot reads back the fifty direct messages written to last. */
const IN_PRIVATE = 40;

/** Where one may ask. `shut` from the moment on when the bot may not answer there. */
export interface Place {
  channel: Channel;
  readonly guild: Guild | null;
  shut: boolean;
}

/** Two hundred users in twenty channels and threads of ten servers, and what befalls these. */
export class Town {
  readonly users: readonly User[];
  readonly places: readonly Place[];
  readonly owner: User;
  readonly #discord: StandIn;

  /** Make it before the bot starts. */
  constructor(discord: StandIn) {
    this.#discord = discord;
    this.owner = discord.user({ name: 'owner' });
    this.users = Array.from({ length: USERS }, () => discord.user());
    const guilds = Array.from({ length: SERVERS }, () =>
      discord.guild({ members: [this.owner, ...this.users], owner: this.owner }),
    );
    this.places = Array.from({ length: CHANNELS }, (_, index) => {
      const guild = guilds[index % SERVERS] as Guild;
      return { channel: this.#open(guild, index % 5 === 4), guild, shut: false };
    });
  }

  /** A user, and their direct messages with the bot. */
  inPrivate(chance: Chance): { readonly user: User; readonly channel: Channel } {
    const user = chance.pick(this.users.slice(0, IN_PRIVATE));
    return { user, channel: this.#discord.dm(user) };
  }

  /** Takes the bot's right to write away from a place, or gives it back. */
  shut(place: Place, shut: boolean): void {
    place.shut = shut;
    const bits = permission.sendMessages | permission.sendMessagesInThreads;
    this.#discord.overwrite(place.channel, this.#discord.bot, { deny: shut ? bits : 0n });
  }

  /** Deletes a place's channel and opens another in its stead. */
  remove(place: Place): void {
    const { channel, guild } = place;
    if (guild === null) return;
    place.channel = this.#open(guild, channel.parentId !== null);
    place.shut = false;
    this.#discord.removeChannel(channel);
  }

  archive({ channel }: Place): void {
    if (channel.parentId !== null) this.#discord.updateThread(channel, { archived: true });
  }

  #open(guild: Guild, thread: boolean): Channel {
    const channel = this.#discord.channel(guild);
    return thread ? this.#discord.thread(channel) : channel;
  }
}
