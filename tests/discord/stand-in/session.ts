import type { WebSocket } from 'ws';

export const GUILD_MESSAGES = 1 << 9;
export const DIRECT_MESSAGES = 1 << 12;
export const MESSAGE_CONTENT = 1 << 15;
/** Intents that Discord gives only to apps that switched them on: members, presences, content. */
const PRIVILEGED = (1 << 1) | (1 << 8) | MESSAGE_CONTENT;
/** Dispatches kept for a RESUME; a client that is further behind gets op 9. */
const REPLAY_DISPATCHES = 2_000;
/** Close codes after which Discord takes the session up again. */
export const RESUMABLE = new Set([1001, 1006, 4000, 4001, 4002, 4003, 4005, 4008]);

/** What a client sends with op 2. */
export interface Identify {
  readonly token: string;
  readonly intents: number;
  readonly shard?: readonly [index: number, count: number];
}

/** What a client sends with op 6. */
export interface Resume {
  readonly token: string;
  readonly session_id: string;
  readonly seq: number;
}

/** The close code for an IDENTIFY that is not accepted, or null. */
export function refusalOf(
  { token, intents, shard = [0, 1] }: Identify,
  app: { readonly token: string; readonly privilegedIntents: number },
): number | null {
  if (token !== app.token) return 4004;
  if (shard[0] >= shard[1]) return 4010;
  return intents & PRIVILEGED & ~app.privilegedIntents ? 4014 : null;
}

/** The shard, of `count`, that a server falls to. */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** One client's stay on the gateway, which outlives its sockets. */
export class Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [index: number, count: number];
  socket: WebSocket;
  /** Sends a dispatch that was kept back so that it comes after the next one. */
  held: (() => void) | null = null;
  readonly #replay: { readonly s: number; readonly text: string }[] = [];
  #seq = 0;

  constructor(id: string, { intents, shard = [0, 1] }: Identify, socket: WebSocket) {
    this.id = id;
    this.intents = intents;
    this.shard = shard;
    this.socket = socket;
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** True for what belongs to this shard: servers by `(id >> 22) % shards`, everything else to shard 0. */
  covers(guildId: string | null): boolean {
    const [index, count] = this.shard;
    return guildId === null ? index === 0 : shardOf(guildId, count) === index;
  }

  /** Sends a dispatch, or keeps it for a RESUME. */
  send(event: string, data: unknown): void {
    this.#seq += 1;
    const text = JSON.stringify({ op: 0, t: event, s: this.#seq, d: data });
    this.#replay.push({ s: this.#seq, text });
    if (this.#replay.length > REPLAY_DISPATCHES) this.#replay.shift();
    if (this.isOpen) this.socket.send(text);
  }

  /** Goes on with another socket after dispatch `seq`; false when that is no longer, or not yet, known. */
  resume(socket: WebSocket, seq: number): boolean {
    const oldest = this.#replay[0]?.s ?? 1;
    if (seq > this.#seq || seq < oldest - 1) return false;
    this.socket = socket;
    for (const { s, text } of this.#replay) if (s > seq) socket.send(text);
    this.send('RESUMED', {});
    return true;
  }
}
