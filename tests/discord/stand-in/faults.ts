import type { Gateway } from './gateway.ts';
import type { RestRequest } from './http.ts';

/**
 * What befalls a request. `status` answers instead of Discord, 429 with its headers; `hang` never answers;
 * `reset` cuts the connection ("other side closed"); `html` is a 200 with a page; the `store-then-` kinds do what was asked
 * first and lose the answer; `delayMs` waits, then lets it through.
 */
export type RestFault =
  | { readonly status: number; readonly code?: number; readonly message?: string }
  | { readonly status: 429; readonly retryAfterS: number; readonly scope?: 'user' | 'shared' | 'global' }
  | { readonly delayMs: number }
  | 'hang'
  | 'reset'
  | 'html'
  | 'store-then-502'
  | 'store-then-reset';

/** A pattern over `METHOD /path`, or a test of the request. */
export type RestMatch = RegExp | ((request: RestRequest) => boolean);

/** The switchboard by which a test makes this Discord misbehave. */
export class Faults {
  readonly #gateway: Gateway;
  readonly #rest: { readonly match: RestMatch; readonly fault: RestFault; left: number }[] = [];

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  /** Lets `fault` befall the next `times` requests that match; the returned function ends it early. */
  onRest(match: RestMatch, fault: RestFault, times = 1): () => void {
    const entry = { match, fault, left: times };
    this.#rest.push(entry);
    return () => {
      entry.left = 0;
    };
  }

  /** The fault for this request, which is then used up. */
  takeFor(request: RestRequest): RestFault | undefined {
    const line = `${request.method} ${request.path}`;
    const entry = this.#rest.find(
      ({ match, left }) => left > 0 && (match instanceof RegExp ? match.test(line) : match(request)),
    );
    if (entry) entry.left -= 1;
    return entry?.fault;
  }

  /** Cuts the gateway connections without a goodbye. */
  dropSocket(): void {
    this.#gateway.drop();
  }

  /** Answers no more heartbeats on the connections open now. */
  stopAcks(): void {
    this.#gateway.mute();
  }

  /** Reads nothing any more on the connections open now, though they stay open: a cable that is cut. */
  stopReading(): void {
    for (const socket of this.#gateway.sockets) socket.pause();
  }

  /** Op 7: asks clients to reconnect and resume. */
  reconnect(): void {
    this.#gateway.sendAll(7, null);
  }

  /** Op 9; without `resumable` the sessions are gone and what they missed is lost. */
  invalidSession(resumable: boolean): void {
    if (!resumable) this.#gateway.forgetSessions();
    this.#gateway.sendAll(9, resumable);
  }

  /** Closes the gateway connections with a code, such as 4004, 4014, 4009. */
  close(code: number): void {
    this.#gateway.closeAll(code);
  }

  /** As after a restart of the server: no session is known any more, and connections are cut. */
  forget(): void {
    this.#gateway.forgetSessions();
    this.#gateway.drop();
  }

  /** Leaves RESUME without any answer. */
  set ignoreResume(on: boolean) {
    this.#gateway.switches.ignoreResume = on;
  }

  /** Ends the next session that is taken up by op 9, right behind RESUMED. */
  endAfterResume(): void {
    this.#gateway.switches.endAfterResume = true;
  }

  /** Closes every new connection right after HELLO. */
  set refuseAfterHello(on: boolean) {
    this.#gateway.switches.refuseAfterHello = on;
  }

  /** Closes every connection that logs in with this code, such as 4013; null for none. */
  set refuseIdentify(code: number | null) {
    this.#gateway.switches.refuseIdentify = code;
  }

  /** Sends the next dispatch of this event twice. */
  duplicateDispatch(event = 'MESSAGE_CREATE'): void {
    this.#gateway.switches.duplicate.push(event);
  }

  /** Sends the next dispatch of this event after the dispatch that follows it. */
  reorderDispatch(event = 'MESSAGE_CREATE'): void {
    this.#gateway.switches.reorder.push(event);
  }
}
