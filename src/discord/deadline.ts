/** A timer that comes so late tells of this process, which was held up, and not of Discord. */
const HELD_MS = 200;
/** For reading what came meanwhile: Node looks at its timers before it looks at its sockets. */
const READING_MS = 1000;

/** The end of an attempt. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Forgets it: the attempt is over. */
  clear(): void;
}

/**
 * Aborts in `ms` milliseconds; a little later where this process was stopped or starved then, as on a laptop that slept:
 * the answer may have been there for long, and what is sent again after so long may stand there twice.
 */
export function deadline(ms: number): Deadline {
  const end = new AbortController();
  const due = performance.now() + ms;
  const abort = () => end.abort(new DOMException('no answer in time', 'TimeoutError'));
  let timer = setTimeout(() => {
    if (performance.now() - due < HELD_MS) abort();
    else timer = setTimeout(abort, READING_MS);
  }, ms);
  return { signal: end.signal, clear: () => clearTimeout(timer) };
}
