import { phrased } from '../phrasing.ts';
import type { StandIn } from '../stand-in/stand-in.ts';
import type { Channel, User } from '../stand-in/world.ts';

export const KINDS = ['mention', 'dm', 'ask'] as const;
export type Kind = (typeof KINDS)[number];

/** A question on its way. Times are milliseconds since 1970. */
export interface Question {
  readonly kind: Kind;
  /** Id of the message that asks, or of the interaction. */
  readonly id: string;
  readonly channelId: string;
  readonly sentAt: number;
  /** When typing, the promise of an answer, or the reply was there, whichever came first. */
  firstAt?: number;
  /** When the first reply was there. */
  repliedAt?: number;
  /** How often a reply was sent, and how many stand in Discord. */
  sent: number;
  replies: number;
  /** Whether a reply had a quote: a refusal is no answer. */
  quoted: boolean;
}

/** So many that nobody runs into the windows of `rate-limits.ts`, at 60 questions a second and more. */
const SERVERS = 100;
const USERS = 1000;

/** Articles of tests/questions/seeds answer these. */
const TEXTS = [
  'What was the result of the vote?',
  'What will the roof cost?',
  'How old is Dorothea Finch?',
  'Who is Graham Stoll?',
  'How old is Jonah Pryce?',
];

/** Readers of many servers, of whom one after the other asks. */
export class Crowd {
  readonly #discord: StandIn;
  readonly #kinds: readonly Kind[];
  readonly #text: (turn: number) => string;
  readonly #users: User[];
  readonly #channels: Channel[];
  readonly #dms: Channel[];
  #asked = 0;

  /**
   * Make it before the bot starts.
   * @param texts asked as they are; by default each question is put otherwise than the last few hundred
   */
  constructor(discord: StandIn, kinds: readonly Kind[], texts?: readonly string[]) {
    this.#discord = discord;
    this.#kinds = kinds;
    const nth = (all: readonly string[], turn: number) => all[turn % all.length] ?? '';
    this.#text = (turn) => (texts === undefined ? phrased(nth(TEXTS, turn), turn) : nth(texts, turn));
    this.#users = Array.from({ length: USERS }, () => discord.user());
    this.#channels = Array.from({ length: SERVERS }, (_, server) => {
      const members = this.#users.filter((_user, index) => index % SERVERS === server);
      return discord.channel(discord.guild({ members }));
    });
    this.#dms = this.#users.map((user) => discord.dm(user));
  }

  /** The next reader asks: each kind in turn, in each server in turn. */
  ask(): Question {
    const turn = this.#asked++;
    const kind = this.#kinds[turn % this.#kinds.length];
    const text = this.#text(turn);
    const user = this.#users[turn % USERS];
    const channel = kind === 'dm' ? this.#dms[turn % USERS] : this.#channels[turn % SERVERS];
    if (kind === undefined || user === undefined || channel === undefined) throw new Error('nobody is there');
    const sentAt = Date.now();
    const id =
      kind === 'ask'
        ? this.#discord.command(user, channel, 'ask', { question: text }).id
        : this.#discord.say(user, channel, kind === 'dm' ? text : `${this.#discord.mention} ${text}`).id;
    return { kind, id, channelId: channel.id, sentAt, sent: 0, replies: 0, quoted: false };
  }
}
