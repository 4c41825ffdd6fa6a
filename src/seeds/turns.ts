import { setImmediate } from 'node:timers/promises';

/** Long work holds the event loop for so long at most, about: a heartbeat and an acknowledgement come through. */
const TURN_MS = 10;

/**
 * Lets whatever waits for the event loop run once a turn has been long enough; called within long work, often.
 * @returns a function that begins a turn now
 */
export function createTurns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < TURN_MS) return;
    await setImmediate();
    began = performance.now();
  };
}
