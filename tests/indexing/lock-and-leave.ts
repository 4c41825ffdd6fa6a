import { existsSync } from 'node:fs';
import path from 'node:path';
import { withWriteLock } from '../../src/indexing/write-lock.ts';

/**
 * Leaves as Ctrl-C does, or as `kill -9` does, at the first sight of its own lock: before the lock is known to have been
 * taken.
 */
const [, , folder = '', how = ''] = process.argv;
const lock = path.join(folder, 'generations.lock');
void withWriteLock(
  folder,
  () => undefined,
  () => new Promise(() => undefined),
);
const look = () => {
  if (existsSync(lock)) {
    if (how === 'killed') process.kill(process.pid, 'SIGKILL');
    process.exit(130);
  }
  setImmediate(look);
};
look();
