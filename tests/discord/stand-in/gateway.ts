import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Changes } from './changes.ts';
import { canSee } from './permissions.ts';
import { withoutContent } from './pings.ts';
import {
  DIRECT_MESSAGES,
  GUILD_MESSAGES,
  type Identify,
  MESSAGE_CONTENT,
  RESUMABLE,
  type Resume,
  refusalOf,
  Session,
} from './session.ts';
import type { WireMessage } from './wire.ts';
import type { Channel, World } from './world.ts';
import { guildWire, userWire } from './world-wire.ts';

/** https://discord.com/developers/docs/events/gateway#sharding-max-concurrency */
const LOGIN_WINDOW_MS = 5000;

export interface GatewayOptions {
  readonly token: string;
  readonly heartbeatIntervalMs: number;
  /** Privileged intents switched on for the app, as bits. */
  readonly privilegedIntents: number;
  /** Logins that are taken in five seconds; undefined for any number. */
  readonly maxConcurrency: number | undefined;
}

/** What the gateway is made to do wrong; see `Faults`. */
export interface GatewaySwitches {
  ignoreResume: boolean;
  endAfterResume: boolean;
  refuseAfterHello: boolean;
  /** Close code that every IDENTIFY is answered with; null for none. */
  refuseIdentify: number | null;
  /** Names of events of which the next dispatch is to be sent twice, or after the one that follows. */
  readonly duplicate: string[];
  readonly reorder: string[];
}

interface Payload {
  readonly op: number;
  readonly d: unknown;
}

export class Gateway {
  readonly switches: GatewaySwitches = {
    ignoreResume: false,
    endAfterResume: false,
    refuseAfterHello: false,
    refuseIdentify: null,
    duplicate: [],
    reorder: [],
  };
  /** How often each happened since the start. */
  readonly counts = { connections: 0, identifies: 0, hastyIdentifies: 0, resumes: 0, heartbeats: 0 };
  readonly #options: GatewayOptions;
  readonly #world: World;
  readonly #changes: Changes;
  readonly #sessions = new Map<string, Session>();
  /** When a shard of each bucket last logged in; a bucket is `shard % maxConcurrency`. */
  readonly #logins = new Map<number, number>();
  readonly #mute = new WeakSet<WebSocket>();
  readonly #server: WebSocketServer;
  readonly #url: () => string;

  constructor(options: GatewayOptions, world: World, changes: Changes, http: Server, url: () => string) {
    this.#options = options;
    this.#world = world;
    this.#changes = changes;
    this.#url = url;
    this.#server = new WebSocketServer({ server: http });
    this.#server.on('connection', (socket) => this.#greet(socket));
  }

  /** Sockets open now. */
  get sockets(): WebSocket[] {
    return [...this.#server.clients].filter((socket) => socket.readyState === socket.OPEN);
  }

  /** Shard numbers whose session has an open socket now. */
  get liveShards(): number[] {
    return [...this.#sessions.values()].filter(({ isOpen }) => isOpen).map(({ shard }) => shard[0]);
  }

  /** Lets waits look again after something that is not Discord's, such as a log line. */
  tell(): void {
    this.#changes.notify();
  }

  close(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  /** Cuts every connection without a goodbye. */
  drop(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  closeAll(code: number): void {
    for (const session of [...this.#sessions.values()]) {
      if (!RESUMABLE.has(code)) this.#sessions.delete(session.id);
    }
    for (const socket of this.sockets) socket.close(code);
  }

  /** Answers no more heartbeats on the connections open now. */
  mute(): void {
    for (const socket of this.sockets) this.#mute.add(socket);
  }

  sendAll(op: number, d: unknown): void {
    for (const socket of this.sockets) socket.send(JSON.stringify({ op, d, s: null, t: null }));
  }

  forgetSessions(): void {
    this.#sessions.clear();
  }

  /** Sends an event to the shard of `guildId`, or to shard 0 for what is outside servers. */
  dispatch(guildId: string | null, event: string, data: unknown): void {
    for (const session of this.#of(guildId)) this.#emit(session, event, data);
  }

  /** Sends an event about a channel, if the bot sees that channel. */
  dispatchIn(channel: Channel, event: string, data: unknown): void {
    if (canSee(this.#world, channel, this.#world.bot.id)) this.dispatch(channel.guildId, event, data);
  }

  /** Sends a message to sessions whose intents ask for it, emptied where they do not include its content. */
  dispatchMessage(channel: Channel, event: string, message: WireMessage): void {
    if (!canSee(this.#world, channel, this.#world.bot.id)) return;
    for (const session of this.#of(channel.guildId)) {
      if (!(session.intents & (channel.guildId === null ? DIRECT_MESSAGES : GUILD_MESSAGES))) continue;
      const whole = (session.intents & MESSAGE_CONTENT) !== 0;
      this.#emit(session, event, whole ? message : withoutContent(message, this.#world.bot.id));
    }
  }

  #of(guildId: string | null): Session[] {
    return [...this.#sessions.values()].filter((session) => session.covers(guildId));
  }

  #emit(session: Session, event: string, data: unknown): void {
    const { held } = session;
    session.held = null;
    if (take(this.switches.reorder, event)) session.held = () => this.#send(session, event, data);
    else this.#send(session, event, data);
    if (take(this.switches.duplicate, event)) this.#send(session, event, data);
    held?.();
  }

  #send(session: Session, event: string, data: unknown): void {
    session.send(event, data);
    this.#changes.notify();
  }

  #greet(socket: WebSocket): void {
    this.counts.connections += 1;
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#changes.notify());
    socket.on('message', (raw) => this.#hear(socket, String(raw)));
    socket.send(
      JSON.stringify({
        op: 10,
        d: { heartbeat_interval: this.#options.heartbeatIntervalMs },
        s: null,
        t: null,
      }),
    );
    if (this.switches.refuseAfterHello) socket.close(4000);
    this.#changes.notify();
  }

  #hear(socket: WebSocket, raw: string): void {
    let payload: Payload;
    try {
      payload = JSON.parse(raw);
    } catch {
      socket.close(4002, 'Error while decoding payload.');
      return;
    }
    const { op, d } = payload;
    if (op === 1) this.#beat(socket);
    else if (op === 2) this.#identify(socket, d as Identify);
    else if (op === 6) this.#resume(socket, d as Resume);
    this.#changes.notify();
  }

  #beat(socket: WebSocket): void {
    this.counts.heartbeats += 1;
    if (!this.#mute.has(socket)) socket.send(JSON.stringify({ op: 11, d: null, s: null, t: null }));
  }

  #identify(socket: WebSocket, identify: Identify): void {
    const twice = [...this.#sessions.values()].some((session) => session.socket === socket);
    const refusal = this.switches.refuseIdentify ?? (twice ? 4005 : refusalOf(identify, this.#options));
    if (refusal !== null) {
      socket.close(refusal);
      return;
    }
    if (this.#isHasty(identify)) {
      this.counts.hastyIdentifies += 1;
      socket.send(JSON.stringify({ op: 9, d: false, s: null, t: null }));
      return;
    }
    this.counts.identifies += 1;
    const session = new Session(`session-${this.counts.identifies}`, identify, socket);
    const { id, shard } = session;
    for (const old of [...this.#sessions.values()]) {
      if (String(old.shard) === String(shard) && !old.isOpen) this.#sessions.delete(old.id);
    }
    this.#sessions.set(id, session);
    const { bot } = this.#world;
    const guilds = [...this.#world.guilds.values()].filter(
      (guild) => guild.members.has(bot.id) && session.covers(guild.id),
    );
    this.#send(session, 'READY', {
      v: 10,
      user: { ...userWire(bot), verified: true, mfa_enabled: false },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: id,
      resume_gateway_url: this.#url(),
      session_type: 'normal',
      shard,
      application: { id: bot.id, flags: 0 },
      private_channels: [],
    });
    for (const guild of guilds) this.#send(session, 'GUILD_CREATE', guildWire(this.#world, guild));
  }

  /** Whether another shard of the bucket has just logged in. */
  #isHasty({ shard = [0, 1] }: Identify): boolean {
    const { maxConcurrency } = this.#options;
    if (maxConcurrency === undefined) return false;
    const bucket = shard[0] % maxConcurrency;
    const last = this.#logins.get(bucket) ?? Number.NEGATIVE_INFINITY;
    if (performance.now() - last < LOGIN_WINDOW_MS) return true;
    this.#logins.set(bucket, performance.now());
    return false;
  }

  #resume(socket: WebSocket, { token, session_id: id, seq }: Resume): void {
    if (this.switches.ignoreResume) return;
    const over = () => socket.send(JSON.stringify({ op: 9, d: false, s: null, t: null }));
    if (token !== this.#options.token) socket.close(4004);
    else if (this.#sessions.get(id)?.resume(socket, seq)) {
      this.counts.resumes += 1;
      if (!this.switches.endAfterResume) return;
      this.switches.endAfterResume = false;
      this.#sessions.delete(id);
      over();
    } else over();
  }
}

/** Takes `event` out of `list`; true when it was there. */
function take(list: string[], event: string): boolean {
  const at = list.indexOf(event);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
