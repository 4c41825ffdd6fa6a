import type { ChildProcess } from 'node:child_process';
import type { Shard } from 'discord.js';
import type { Logger } from 'pino';
import { OperatorError } from '../../operator-error.ts';
import { jittered, type Timings } from '../timings.ts';
import { fromShardShape, type News, type Question, type Report, type ToShard } from './messages.ts';

/** Exit statuses for what only the operator can mend. */
const MISTAKES = new Set([1, 2]);
/**
 * A shard that ended may have left questions of its last seconds without an answer. They are read again; what was
 * answered is not answered twice, for Discord knows the nonce of each answer for some minutes.
 */
const LOOK_BACK_MS = 10_000;
const NONCES_KNOWN_MS = 60_000;

export interface Keeping {
  readonly log: Logger;
  readonly timings: Timings;
  /** Answers what a shard asks; `gone` is aborted when its process ends. */
  readonly answer: (shard: number, question: Question, gone: AbortSignal) => Promise<unknown>;
  /** Called when the shard's library is open. */
  readonly opened: () => void;
  /** Called when all shards must end. */
  readonly failed: (error: OperatorError) => void;
}

/** The process of one shard, which is started again when it ends, with a growing back-off. */
export class KeptShard {
  readonly #shard: Shard;
  readonly #keeping: Keeping;
  readonly #reports = new Map<number, (report: Report | null) => void>();
  #lastReport = 0;
  #gone = new AbortController();
  #startedAt = 0;
  #waitMs: number;
  #timer: NodeJS.Timeout | undefined;
  #mistake: Extract<News, { tell: 'mistake' }> | null = null;
  #hasOpened = false;
  #hasBeenOnline = false;
  /** When it ended after it was online; null while it is. */
  #endedAt: number | null = null;
  #stopped: (() => void) | null = null;

  constructor(shard: Shard, keeping: Keeping) {
    this.#shard = shard;
    this.#keeping = keeping;
    this.#waitMs = keeping.timings.firstLoginWaitMs;
    shard.on('message', (message: unknown) => this.#hear(message));
    shard.on('death', (child) => this.#died(child as ChildProcess));
    shard.on('spawn', (child) => {
      // One that could not be forked has not ended either.
      (child as ChildProcess).on('error', () => shard.process?.pid === undefined && shard.kill());
    });
  }

  start(): void {
    this.#gone = new AbortController();
    this.#mistake = null;
    this.#startedAt = performance.now();
    void this.#shard.spawn(-1);
  }

  /** How it is, or null when it does not say in time. */
  report(patienceMs: number): Promise<Report | null> {
    if (this.#shard.process === null || !this.#hasOpened) return Promise.resolve(null);
    return new Promise((resolve) => {
      const id = ++this.#lastReport;
      const settle = (report: Report | null) => {
        clearTimeout(timer);
        this.#reports.delete(id);
        resolve(report);
      };
      const timer = setTimeout(() => settle(null), patienceMs);
      this.#reports.set(id, settle);
      this.#send({ report: id });
    });
  }

  /** Since when nobody heard of its servers, in milliseconds since 1970; null when somebody did all the time. */
  get since(): number | null {
    if (this.#endedAt === null) return null;
    return Date.now() - this.#endedAt < NONCES_KNOWN_MS ? this.#endedAt - LOOK_BACK_MS : this.#endedAt;
  }

  /** Lets it finish what is in hand, and resolves when it has ended; it is killed when that takes too long. */
  stop(patienceMs: number): Promise<void> {
    clearTimeout(this.#timer);
    return new Promise((resolve) => {
      if (this.#shard.process === null) return resolve();
      const timer = setTimeout(() => {
        this.#keeping.log.warn({ shard: this.#shard.id }, 'a shard does not end; it is killed');
        this.#shard.process?.kill('SIGKILL');
      }, patienceMs);
      this.#stopped = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#send({ stop: true });
    });
  }

  #send(message: ToShard): void {
    // Whatever cannot be sent is made up for when its process ends.
    if (this.#shard.process?.connected === true) this.#shard.send(message).catch(() => undefined);
  }

  #hear(message: unknown): void {
    // discord.js has messages of its own, and hears them itself.
    const { data } = fromShardShape.safeParse(message);
    if (data === undefined) return;
    if ('tell' in data) this.#note(data);
    else this.#answer(data, this.#gone.signal);
  }

  #answer(question: Question, gone: AbortSignal): void {
    const { id, ask } = question;
    this.#keeping.answer(this.#shard.id, question, gone).then(
      (value) => gone.aborted || this.#send({ answer: id, value: value ?? null }),
      (err: unknown) => gone.aborted || this.#keeping.log.error({ err, ask }, 'a shard got no answer'),
    );
  }

  #note(news: News): void {
    switch (news.tell) {
      case 'opened':
        this.#hasOpened = true;
        this.#keeping.opened();
        break;
      case 'online':
        this.#hasBeenOnline = true;
        this.#endedAt = null;
        break;
      case 'mistake':
        this.#mistake = news;
        break;
      case 'report':
        this.#reports.get(news.id)?.(news.report);
    }
  }

  #died(child: ChildProcess): void {
    this.#gone.abort();
    for (const settle of [...this.#reports.values()]) settle(null);
    if (this.#hasBeenOnline) this.#endedAt ??= Date.now();
    const fatal = this.#fatal(child.exitCode);
    if (this.#stopped !== null) this.#stopped();
    else if (fatal !== null) this.#keeping.failed(new OperatorError(fatal));
    else this.#startAgain(child);
  }

  /** Why no shard can go on, or null when this one may be started again. */
  #fatal(exitCode: number | null): string | null {
    if (this.#mistake?.everywhere) return this.#mistake.message;
    if (this.#hasOpened || !MISTAKES.has(exitCode ?? -1)) return null;
    const told = `shard ${this.#shard.id} ended with status ${exitCode}; mend what the line above says`;
    return this.#mistake?.message ?? told;
  }

  #startAgain({ exitCode, signalCode }: ChildProcess): void {
    const { log, timings } = this.#keeping;
    // One that ran for long was a good one: the next comes soon.
    if (performance.now() - this.#startedAt > timings.longestLoginWaitMs)
      this.#waitMs = timings.firstLoginWaitMs;
    const pauseMs = jittered(this.#waitMs);
    const how = { status: exitCode, signal: signalCode, reason: this.#mistake?.message };
    const seconds = Math.ceil(pauseMs / 1000);
    log.error({ shard: this.#shard.id, ...how, seconds }, 'a shard ended; it is started again');
    this.#timer = setTimeout(() => this.start(), pauseMs);
    this.#waitMs = Math.min(timings.longestLoginWaitMs, this.#waitMs * 2);
  }
}
