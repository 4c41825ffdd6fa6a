import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Library } from '../answering/library.ts';

/**
 * The same library, one search at a time, so that who asked first is answered first, and what is waiting to be sent or
 * heard gets its turn between two. Of fifty questions at once the first would else wait a quarter longer, and all of
 * them no less: the model, in its process, embeds one after the other.
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
