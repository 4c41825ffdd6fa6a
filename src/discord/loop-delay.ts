import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Repeats } from './repeats.ts';

/** Held for so long a few times over, and questions are acknowledged too late. */
const ALERT_MS = 500;
const LOOK_EVERY_MS = 1000;
const NS_PER_MS = 1e6;

/** Warns when something held the event loop: meanwhile nothing is heard, and no heartbeat goes out. @returns ends it */
export function watchLoop(repeats: Repeats): () => void {
  const delays = monitorEventLoopDelay();
  delays.enable();
  const timer = setInterval(() => {
    const ms = Math.round(delays.max / NS_PER_MS);
    delays.reset();
    if (ms > ALERT_MS) repeats.tell('warn', { ms }, 'the event loop was held');
  }, LOOK_EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    delays.disable();
  };
}
