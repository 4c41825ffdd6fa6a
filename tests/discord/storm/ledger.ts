import { reactionId } from '../../../src/discord/reaction.ts';
import { quotesIn, textOf } from '../reading.ts';
import type { Interaction } from '../stand-in/interaction.ts';
import type { StandIn } from '../stand-in/stand-in.ts';
import { LOADING, type WireMessage } from '../stand-in/wire.ts';
import type { Channel, User } from '../stand-in/world.ts';
import type { StormBot } from './bot.ts';
import type { Place } from './town.ts';

/**
 * What became of a question. *Shut*: the bot may not write there, or the place is gone, and the log says so. *Given
 * up*: every attempt to answer failed, and the log has the question's id. *Never delivered*: an interaction for which
 * the bot had no session; Discord itself tells the user then, and cannot be asked for it again.
 */
export type Fate = 'answered' | 'refused' | 'shut' | 'given up' | 'never delivered' | 'twice' | 'lost';

/** A question on its way. */
export interface Asked {
  readonly kind: 'mention' | 'dm' | 'ask';
  /** Of the message, or the interaction. */
  readonly id: string;
  readonly user: User;
  readonly channel: Channel;
  /** Null in private. */
  readonly place: Place | null;
  readonly interaction: Interaction | null;
  readonly at: number;
}

/** A RESUME brings what a session missed; Discord takes no first answer to an interaction after three seconds. */
const DELIVERED_WITHIN_MS = 15_000;

/** Keeps questions until it is known what became of them. */
export class Ledger {
  readonly open = new Set<Asked>();
  readonly fates = new Map<Fate, number>();
  /** Milliseconds from each question to its answer. */
  readonly waits: number[] = [];
  /** Questions that came to an end that none should come to. */
  readonly wrong: {
    readonly fate: Fate;
    readonly kind: Asked['kind'];
    readonly id: string;
    /** Its id in the log, and whether the bot heard of it. */
    readonly logId: string;
    readonly arrived: boolean;
    /** Seconds since the storm began. */
    readonly at: number;
  }[] = [];
  readonly #began = Date.now();
  readonly #discord: StandIn;
  readonly #bot: StormBot;
  readonly #ended: Asked[] = [];

  constructor(discord: StandIn, bot: StormBot) {
    this.#discord = discord;
    this.#bot = bot;
  }

  /** Closes every question of which it is known by now what became of it. */
  look(): void {
    for (const asked of this.open) {
      const fate = this.#fateOf(asked);
      if (fate !== null) this.#close(asked, fate);
    }
  }

  /** What is still open now will stay so. */
  close(): void {
    for (const asked of this.open) {
      const unheard = asked.kind === 'ask' && !this.#bot.arrived.has(reactionId(asked.id));
      this.#close(asked, unheard ? 'never delivered' : 'lost');
    }
    // What was answered once may have been answered once more since.
    for (const asked of this.#ended) if (this.#repliesTo(asked).length > 1) this.#note(asked, 'twice');
  }

  #fateOf(asked: Asked): Fate | null {
    const [reply] = this.#repliesTo(asked);
    if (reply !== undefined) {
      this.waits.push(Date.now() - asked.at);
      return quotesIn(reply).length > 0 ? 'answered' : 'refused';
    }
    const logId = reactionId(asked.id);
    if (this.#bot.shut.has(logId)) return 'shut';
    if (this.#bot.untold.has(logId)) return 'given up';
    const gone = asked.place !== null && !this.#discord.world.channels.has(asked.channel.id);
    if (gone) return 'shut';
    const late = asked.kind === 'ask' && Date.now() - asked.at > DELIVERED_WITHIN_MS;
    return late && !this.#bot.arrived.has(logId) ? 'never delivered' : null;
  }

  /** Every message of the bot that answers a question, a promise without an answer left out. */
  #repliesTo({ id, user, channel, interaction }: Asked): WireMessage[] {
    const { nonces, messages } = this.#discord.world;
    const dm = this.#discord.world.dmOf([this.#discord.bot.id, user.id]);
    const places = new Set([channel.id, ...(interaction !== null && dm ? [dm.id] : [])]);
    const kept = [...places].flatMap((place) =>
      ['', 'f', 'a'].map((kind) => nonces.get(`${place} ${id}${kind}`)),
    );
    const sent = kept.flatMap((stored) => messages.get(stored ?? '')?.wire ?? []);
    const { original } = interaction ?? {};
    const answered = original !== undefined && !(original.flags & LOADING) && textOf(original) !== '';
    return [...sent, ...(answered ? [original] : []), ...(interaction?.followups ?? [])];
  }

  #close(asked: Asked, fate: Fate): void {
    this.open.delete(asked);
    this.#ended.push(asked);
    this.#note(asked, fate);
  }

  #note({ kind, id, at }: Asked, fate: Fate): void {
    this.fates.set(fate, (this.fates.get(fate) ?? 0) + 1);
    if (fate !== 'twice' && fate !== 'lost') return;
    const logId = reactionId(id);
    const arrived = this.#bot.arrived.has(logId);
    this.wrong.push({ fate, kind, id, logId, arrived, at: (at - this.#began) / 1000 });
  }
}
