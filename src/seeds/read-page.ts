import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PageArticle } from './html-article.ts';
import { SeedRefusal } from './seed-refusal.ts';

const LAUNCH = fileURLToPath(new URL('../launch.js', import.meta.url));
const ENTRY = fileURLToPath(new URL('./page-child.ts', import.meta.url));
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** A usual page takes under a second, the start of the process included; one made to take long takes minutes. */
const PATIENCE_MS = 15_000;
const MAX_HEAP_MB = 512;

/**
 * Reduces a page to its article, in a process of its own: a hostile page may take minutes or all memory, and is given
 * up then.
 * @throws {SeedRefusal} when there is no article in it, or it cannot be read in time
 */
export async function readPage(html: string, patienceMs = PATIENCE_MS): Promise<PageArticle> {
  const child = fork(LAUNCH, [ENTRY], {
    cwd: PROJECT,
    execArgv: [`--max-old-space-size=${MAX_HEAP_MB}`],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const article = await new Promise<PageArticle | null>((resolve, reject) => {
      const giveUp = (cause?: unknown) => reject(new SeedRefusal('tangled', [], cause));
      timer = setTimeout(giveUp, patienceMs);
      child.once('message', (message) => resolve(message as unknown as PageArticle | null));
      child.once('error', giveUp);
      // After the last message, which the end of the process may overtake.
      child.once('disconnect', () => giveUp());
      child.send(html, (error) => error !== null && giveUp(error));
    });
    if (article === null) throw new SeedRefusal('noArticle');
    return article;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}
