/** What Discord takes of a bot over all routes (https://discord.com/developers/docs/topics/rate-limits). */
export const REQUESTS_A_SECOND = 50;
/** Messages among them, and what they leave, so that typing can be shown at once for a question that comes in. */
export const MESSAGES_A_SECOND = 20;
export const LEFT_BY_MESSAGES = 10;
/** With more messages waiting than this they take all there is, and no typing shows. */
export const MAX_WAITING = 100;

const SECOND_MS = 1000;
/** Endpoints that answer interactions do not count. */
const UNCOUNTED = /\/(?:interactions|webhooks)\//;
const MESSAGES = /\/messages$/;

/**
 * Spends the requests of any second so that a question is seen to have arrived at once, however many answers wait.
 * discord.js alone would let requests go as they come, those that answer interactions among them.
 */
export class RequestBudget {
  /** The requests of the last second, oldest first; `at` in milliseconds. */
  #gone: { readonly at: number; readonly message: boolean }[] = [];
  readonly #messages: (() => void)[] = [];
  readonly #others: (() => void)[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** Whether so many answers wait that only they should be sent. */
  get overrun(): boolean {
    return this.#messages.length > MAX_WAITING;
  }

  /** Resolves when there is a request to spare for this one. */
  async allow(url: string, method: string | undefined): Promise<void> {
    if (!UNCOUNTED.test(url)) await this.take(method === 'POST' && MESSAGES.test(url));
  }

  /** Resolves when a request may go; those that are no messages go first. */
  take(message: boolean): Promise<void> {
    return new Promise((resolve) => {
      (message ? this.#messages : this.#others).push(resolve);
      this.#letGo();
    });
  }

  #letGo(): void {
    const now = performance.now();
    this.#gone = this.#gone.filter(({ at }) => at > now - SECOND_MS);
    while (this.#gone.length < REQUESTS_A_SECOND) {
      const other = this.#others.shift();
      const next = other ?? (this.#mayMessage() ? this.#messages.shift() : undefined);
      if (next === undefined) break;
      this.#gone.push({ at: now, message: other === undefined });
      next();
    }
    const [oldest] = this.#gone;
    if (oldest !== undefined && this.#messages.length + this.#others.length > 0) this.#lookAgainAt(oldest.at);
  }

  #mayMessage(): boolean {
    if (this.overrun) return true;
    const messages = this.#gone.filter(({ message }) => message).length;
    return messages < MESSAGES_A_SECOND && this.#gone.length < REQUESTS_A_SECOND - LEFT_BY_MESSAGES;
  }

  /** A second after the oldest request, the next one may go. */
  #lookAgainAt(oldestAt: number): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        this.#letGo();
      },
      Math.max(1, Math.ceil(oldestAt + SECOND_MS - performance.now())),
    );
  }
}
