import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Library } from '../answering/library.ts';

/**
 * The same library, one search at a time. A search holds the event loop while the model runs; between two of them
 * what is waiting to be sent or heard gets its turn, so that many questions at once are all acknowledged in time.
 */
export function inTurns(library: Library): Library {
  let last: Promise<unknown> = Promise.resolve();
  const take = <T>(search: () => Promise<T>): Promise<T> => {
    const result = last.then(() => nextTurn()).then(search);
    last = result.catch(() => undefined);
    return result;
  };
  return {
    seeds: library.seeds,
    index: library.index,
    ask: (question, options) => take(() => library.ask(question, options)),
    find: (phrase, options) => take(() => library.find(phrase, options)),
    read: (seed, paragraph, around) => library.read(seed, paragraph, around),
    verify: (claim) => library.verify(claim),
  };
}
