import type { Repeats } from './repeats.ts';

/** Held for so long a few times over, and questions are acknowledged too late. */
const ALERT_MS = 500;
const LOOK_EVERY_MS = 100;

/** Warns when something held the event loop: meanwhile nothing is heard, and no heartbeat goes out. @returns ends it */
export function watchLoop(repeats: Repeats): () => void {
  let last = performance.now();
  const timer = setInterval(() => {
    const ms = Math.round(performance.now() - last - LOOK_EVERY_MS);
    last = performance.now();
    if (ms > ALERT_MS) repeats.tell('warn', { ms }, 'the event loop was held');
  }, LOOK_EVERY_MS).unref();
  return () => clearInterval(timer);
}
