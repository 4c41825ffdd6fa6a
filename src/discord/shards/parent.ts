import type { OperatorError } from '../../operator-error.ts';
import { DiscordRefusal } from '../login.ts';
import type { Wait } from '../rate-limits.ts';
import { MAX_WAITING, RequestBudget } from '../request-budget.ts';
import { type News, type Question, type Report, toShardShape } from './messages.ts';

type Asked = Question extends infer Each ? (Each extends Question ? Omit<Each, 'id'> : never) : never;

/**
 * The process that keeps the shards, as one of them sees it: what only one can decide is asked of it. A shard leaves
 * when it is told to, or when that process is gone; signals that are sent to all of them are left to it.
 */
export class Parent {
  readonly #stop = new AbortController();
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #lastId = 0;
  #report: (() => Promise<Report>) | null = null;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
    process.on('message', (message) => this.#hear(message));
    process.on('disconnect', () => this.#leave());
    // What cannot be sent any more is of no use to anybody.
    process.on('error', () => undefined);
  }

  /** Aborted when the bot is told to stop. */
  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  /** Resolves when a request to Discord may go. */
  async request(message: boolean): Promise<void> {
    await this.#ask({ ask: 'request', message });
  }

  /** Takes a question, or says how long to wait: `RateLimits` of all shards together. */
  async take(user: string, server: string | null): Promise<Wait | null> {
    return (await this.#ask({ ask: 'turn', user, server })) as Wait | null;
  }

  /** Resolves when this shard may log in. */
  async identify(): Promise<void> {
    await this.#ask({ ask: 'identify' });
  }

  /** Since when nobody heard of this shard's servers, in milliseconds since 1970; null for never. */
  async since(): Promise<number | null> {
    return (await this.#ask({ ask: 'since' })) as number | null;
  }

  /** How all shards are, in order; null for one that does not say. */
  async reports(): Promise<(Report | null)[]> {
    return ((await this.#ask({ ask: 'reports' })) as (Report | null)[] | null) ?? [];
  }

  /** The library is open; `report` tells from now on how this shard is. */
  opened(report: () => Promise<Report>): void {
    this.#report = report;
    this.#tell({ tell: 'opened' });
  }

  online(): void {
    this.#tell({ tell: 'online' });
  }

  mistake(error: OperatorError): void {
    this.#tell({ tell: 'mistake', message: error.message, everywhere: error instanceof DiscordRefusal });
  }

  /** Lets this process end. */
  close(): void {
    if (process.connected) process.disconnect();
  }

  #ask(question: Asked): Promise<unknown> {
    return new Promise((resolve) => {
      if (!process.connected) return resolve(null);
      const id = ++this.#lastId;
      this.#waiting.set(id, resolve);
      process.send?.({ ...question, id } satisfies Question);
    });
  }

  #tell(news: News): void {
    if (process.connected) process.send?.(news);
  }

  #hear(message: unknown): void {
    // discord.js has messages of its own.
    const { data } = toShardShape.safeParse(message);
    if (data === undefined) return;
    if ('stop' in data) this.#stop.abort();
    else if ('report' in data) void this.#say(data.report);
    else {
      this.#waiting.get(data.answer)?.(data.value);
      this.#waiting.delete(data.answer);
    }
  }

  async #say(id: number): Promise<void> {
    const report = await this.#report?.();
    if (report !== undefined) this.#tell({ tell: 'report', id, report });
  }

  /** Without a parent nothing is decided elsewhere any more: what is in hand is finished. */
  #leave(): void {
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
    this.#stop.abort();
  }
}

/** The requests of all shards together, which their parent spends. */
export class SharedBudget extends RequestBudget {
  readonly #parent: Parent;
  #waiting = 0;

  constructor(parent: Parent) {
    super();
    this.#parent = parent;
  }

  override get overrun(): boolean {
    return this.#waiting > MAX_WAITING;
  }

  override async take(message: boolean): Promise<void> {
    this.#waiting += 1;
    await this.#parent.request(message);
    this.#waiting -= 1;
  }
}
