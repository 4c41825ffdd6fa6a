import { setMaxListeners } from 'node:events';
import { DefaultRestOptions, RESTJSONErrorCodes, type RESTOptions } from 'discord.js';
import { deadline } from './deadline.ts';
import type { InvalidRequests } from './invalid-requests.ts';
import type { Repeats } from './repeats.ts';
import type { RequestBudget } from './request-budget.ts';
import { jittered, type Timings } from './timings.ts';

type Send = RESTOptions['makeRequest'];
type Init = Parameters<Send>[1];

const CALLBACK = /\/interactions\/[^/]+\/[^/]+\/callback/;
/** A message has a nonce, and a direct message's channel is the same however often it is opened. */
const REPEATABLE = /\/channels\/[^/]+\/messages$|\/users\/@me\/channels$/;
/** The login has a back-off of its own. */
const GATEWAY = /\/gateway\/bot$/;
const UNAUTHORISED = 401;
const TOO_MANY = 429;
/** Longer than that nobody waits for an answer. */
const MAX_LIMITED_MS = 15 * 60_000;
/** Attempts after which a refused token is believed to be refused. */
const UNAUTHORISED_ATTEMPTS = 3;

/** What came of an attempt that may be worth another. */
interface Trouble {
  readonly reason: string;
  /** What discord.js is given when no attempt is left. */
  readonly outcome: Response | Error;
  /** How long Discord wants to be left alone, in milliseconds; such an attempt counts for nothing. */
  readonly afterMs?: number;
}

export interface DeliveryOptions {
  readonly budget: RequestBudget;
  readonly invalid: InvalidRequests;
  readonly timings: Timings;
  readonly repeats: Repeats;
  /** Called when Discord refuses the token again and again. */
  readonly refused: () => void;
}

/**
 * Sends discord.js's requests, and tries again what failed on Discord's side or on the way. discord.js alone gives up
 * after four tries in 6 ms, after none when the connection is reset, and takes a page of HTML for a message.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #ending = new AbortController();

  constructor(options: DeliveryOptions) {
    this.#options = options;
    // Every request that waits hears of it.
    setMaxListeners(0, this.#ending.signal);
  }

  readonly send: Send = async (url, init) => {
    const { callback, waitsMs, attemptMs, until } = patienceFor(url, init, this.#options.timings);
    let unauthorised = 0;
    for (let failed = 0; ; failed++) {
      const result = await this.#attempt(url, init, Math.min(attemptMs, until - performance.now()));
      if (!('reason' in result)) {
        if (failed > 0 && callback && (await answeredBefore(result))) {
          return new Response(null, { status: 204 });
        }
        return result;
      }
      if (result.afterMs !== undefined && performance.now() + result.afterMs < until) {
        await pause(result.afterMs, this.#ending.signal);
        failed -= 1;
        continue;
      }
      const { status = 0 } = result.outcome as Partial<Response>;
      // A login too would take one for the last word.
      const waits = status === UNAUTHORISED ? this.#options.timings.retryWaitsMs : waitsMs;
      const waitMs = jittered(waits[failed] ?? 0);
      const over = performance.now() + waitMs >= until;
      if (status === UNAUTHORISED) unauthorised += 1;
      const refused = status === UNAUTHORISED && unauthorised >= UNAUTHORISED_ATTEMPTS;
      if (refused) this.#options.refused();
      if (refused || over || waits[failed] === undefined || this.#ending.signal.aborted) {
        if (result.outcome instanceof Error) throw result.outcome;
        return result.outcome;
      }
      const { reason } = result;
      this.#options.repeats.tell('warn', { reason }, 'a request failed; it is tried again', reason);
      await pause(waitMs, this.#ending.signal);
    }
  };

  /** From `ms` on nothing is tried again: the bot leaves. */
  endIn(ms: number): void {
    setTimeout(() => this.#ending.abort(), ms).unref();
  }

  async #attempt(url: string, init: Init, ms: number): Promise<Response | Trouble> {
    const { invalid, budget } = this.#options;
    try {
      invalid.check();
    } catch (error) {
      const { name, message } = error as Error;
      this.#options.repeats.tell('error', { reason: message }, 'no request is sent', name);
      throw error;
    }
    await budget.allow(url, init.method);
    const { signal, clear } = deadline(Math.max(1, Math.ceil(ms)));
    try {
      // Read here, so that an answer that stops in the middle counts as none.
      const response = await whole(await DefaultRestOptions.makeRequest(url, { ...init, signal }));
      invalid.count(response.status, response.headers.get('x-ratelimit-scope'));
      return troubleIn(response, init) ?? response;
    } catch (error) {
      const cause = error as NodeJS.ErrnoException;
      const reason = signal.aborted ? 'no answer in time' : (cause.code ?? cause.message);
      return { reason, outcome: cause };
    } finally {
      clear();
    }
  }
}

interface Patience {
  /** Whether it answers an interaction for the first time. */
  readonly callback: boolean;
  /** Of one attempt, and before each further one. */
  readonly attemptMs: number;
  readonly waitsMs: readonly number[];
  /** When the last attempt must be over, as `performance.now` counts. */
  readonly until: number;
}

function patienceFor(url: string, { method = 'GET' }: Init, timings: Timings): Patience {
  const { pathname } = new URL(url);
  if (CALLBACK.test(pathname)) {
    const { callbackAttemptMs: attemptMs, callbackWaitsMs: waitsMs, callbackMs } = timings;
    return { callback: true, attemptMs, waitsMs, until: performance.now() + callbackMs };
  }
  const waitsMs = mayBeRepeated(pathname, method) ? timings.retryWaitsMs : [];
  return { callback: false, attemptMs: timings.attemptMs, waitsMs, until: Number.POSITIVE_INFINITY };
}

/**
 * Whether a request may be sent again although the one before may have been carried out: a follow-up would stand there
 * twice.
 */
function mayBeRepeated(path: string, method: string): boolean {
  return !GATEWAY.test(path) && (method !== 'POST' || REPEATABLE.test(path));
}

async function whole(response: Awaited<ReturnType<Send>>): Promise<Response> {
  const { status, statusText } = response;
  const body = await response.arrayBuffer();
  const headers = new Headers(response.headers as unknown as Headers);
  return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
}

function troubleIn(response: Response, init: Init): Trouble | null {
  const { status, ok, headers } = response;
  const type = headers.get('content-type') ?? '';
  if (status >= 500) return { reason: `status ${status}`, outcome: response };
  if (ok && response.body !== null && !type.startsWith('application/json')) {
    return { reason: type, outcome: new Error(`Discord answered ${type || 'something'} instead of JSON`) };
  }
  if (status === TOO_MANY) return limited(Number(headers.get('retry-after') ?? Number.NaN) * 1000);
  const signed = new Headers(init.headers as Record<string, string>).has('authorization');
  return status === UNAUTHORISED && signed ? { reason: 'status 401', outcome: response } : null;
}

/**
 * What Discord does not take now. discord.js does not get to see it: it would send one that does not say how long
 * again at once, without end.
 */
function limited(afterMs: number): Trouble {
  const outcome = new Error('Discord limits requests');
  const bearable = afterMs >= 0 && afterMs <= MAX_LIMITED_MS;
  return { reason: 'status 429', outcome, ...(bearable && { afterMs }) };
}

/** Whether an interaction had been answered by an attempt whose own answer was lost. */
async function answeredBefore(response: Response): Promise<boolean> {
  if (response.status !== 400) return false;
  const { code } = (await response.clone().json()) as { code?: number };
  return code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
}

/** Resolves after `ms`, or as soon as `cut` is aborted. */
export function pause(ms: number, cut: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      cut.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (cut.aborted) done();
    else cut.addEventListener('abort', done);
  });
}
