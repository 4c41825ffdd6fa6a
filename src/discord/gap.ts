import { type Client, type Message, SnowflakeUtil, type TextBasedChannel } from 'discord.js';
import type { Repeats } from './repeats.ts';

/** What was written longer ago is not answered any more. */
export const MAX_GAP_MS = 15 * 60_000;
/** Discord may send a message after one that was written later: so much before the last one is read once more. */
const OVERLAP_MS = 10_000;
/** Places read, those written to last first. */
export const MAX_CHANNELS = 50;
/** A direct message costs two requests, and Discord takes 50 a second: 8 s at most. */
export const MAX_DMS = 200;
/** Places read at a time. */
const AT_A_TIME = 10;
/** Messages read of one place, the oldest; Discord gives no more at a time. */
export const MAX_MESSAGES = 100;

/**
 * Reads what was written while the bot had no session: after a RESUME Discord sends it, after a new login it does not.
 * A direct message of somebody who never wrote before cannot be found, for Discord lists none.
 */
export class Gap {
  readonly #repeats: Repeats;
  readonly #now: () => number;
  /** Direct messages' channels, those written to last at the end. */
  readonly #dms = new Set<string>();
  /** Id of the moment at which the bot came online; null before. */
  #begun: string | null = null;
  /** Id of the last message heard of. */
  #last: string | null = null;
  /** Id after which something may be missing; null while nothing is. */
  #after: string | null = null;

  /** @param now milliseconds since 1970 */
  constructor(repeats: Repeats, now: () => number = Date.now) {
    this.#repeats = repeats;
    this.#now = now;
  }

  /**
   * Notes that the bot is online for the first time: what was written before is not its business.
   * @param at in milliseconds since 1970; in the past where another process is to be made up for
   */
  begin(at = this.#now()): void {
    this.#begun ??= idBefore(at);
    this.#last ??= this.#begun;
  }

  /** Notes a message that was heard of. */
  heard({ id, channelId, guildId }: Message): void {
    if (this.#last === null || isLater(id, this.#last)) this.#last = id;
    if (guildId !== null) return;
    this.#dms.delete(channelId);
    this.#dms.add(channelId);
    const [oldest] = this.#dms;
    if (this.#dms.size > MAX_DMS && oldest !== undefined) this.#dms.delete(oldest);
  }

  /** Something may be missed from now on. */
  open(): void {
    this.#after ??= this.#last;
  }

  /** Discord has sent all that was missed. */
  close(): void {
    this.#after = null;
  }

  /** Gives what was missed to `hear`, oldest first, some of it for the second time, and closes the gap. */
  async read(client: Client, hear: (message: Message) => void): Promise<void> {
    if (this.#after === null || this.#begun === null) return;
    const overlapping = idBefore(SnowflakeUtil.timestampFrom(this.#after) - OVERLAP_MS);
    const after = [this.#begun, overlapping, idBefore(this.#now() - MAX_GAP_MS)].reduce(later);
    this.close();
    const places = [...serverChannels(client, after), ...[...this.#dms].reverse()];
    const missed: Message[] = [];
    for (let first = 0; first < places.length; first += AT_A_TIME) {
      const some = places.slice(first, first + AT_A_TIME);
      missed.push(...(await Promise.all(some.map((place) => this.#messagesIn(client, place, after)))).flat());
    }
    missed.sort((a, b) => (isLater(a.id, b.id) ? 1 : -1));
    this.#repeats.tell('info', { places: places.length, messages: missed.length }, 'read what was missed');
    for (const message of missed) hear(message);
  }

  /** @param place a channel, or the id of a direct message's */
  async #messagesIn(client: Client, place: TextBasedChannel | string, after: string): Promise<Message[]> {
    try {
      const channel = typeof place === 'string' ? await client.channels.fetch(place) : place;
      if (!channel?.isTextBased()) return [];
      const messages = await channel.messages.fetch({ after, limit: MAX_MESSAGES, cache: false });
      return [...messages.values()];
    } catch (err) {
      this.#repeats.tell('warn', { err }, 'what was missed in a place cannot be read');
      return [];
    }
  }
}

/** Channels and threads of servers with something after `after`, as Discord tells with the servers at each login. */
function serverChannels({ channels }: Client, after: string): TextBasedChannel[] {
  const last = (channel: TextBasedChannel) => channel.lastMessageId ?? '0';
  return [...channels.cache.values()]
    .filter((channel): channel is TextBasedChannel => channel.isTextBased())
    .filter((channel) => !channel.isDMBased() && isLater(last(channel), after))
    .sort((a, b) => (isLater(last(a), last(b)) ? -1 : 1))
    .slice(0, MAX_CHANNELS);
}

/** The last id that Discord could give before a time, in milliseconds since 1970. */
function idBefore(timestamp: number): string {
  const first = SnowflakeUtil.generate({ timestamp, increment: 0n, workerId: 0n, processId: 0n });
  return String(first - 1n);
}

function later(id: string, other: string): string {
  return isLater(id, other) ? id : other;
}

function isLater(id: string, other: string): boolean {
  return BigInt(id) > BigInt(other);
}
