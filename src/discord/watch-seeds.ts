import type { Logger } from 'pino';
import type { Rebuilt } from '../answering/last-run.ts';
import type { Library } from '../answering/library.ts';
import { OperatorError } from '../operator-error.ts';
import { loadSeeds } from '../seeds/load.ts';
import type { Seed } from '../seeds/seed.ts';
import { FolderWatch } from '../seeds/watch-folder.ts';

/** What fails may be a file that is half written, or a build by another process. */
const RETRIES_MS = [2_000, 8_000, 30_000];

/** What the watching needs of the bot. */
export interface Watched {
  readonly library: Pick<Library, 'seeds'>;
  readonly rebuild: { settled(): Promise<void>; run(full: boolean): Promise<Rebuilt> };
  readonly log: Pick<Logger, 'info' | 'error'>;
}

export interface WatchTimings {
  readonly quietMs?: number;
  readonly retriesMs?: readonly number[];
}

/**
 * Brings the index up to date when the articles change on disk, as /reembed does. What cannot be read or built is tried
 * again a few times, then told; the next change begins anew.
 */
export class SeedWatch {
  readonly #bot: Watched;
  readonly #folder: string;
  readonly #retriesMs: readonly number[];
  readonly #watch: FolderWatch;
  #looking = false;
  #again = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(bot: Watched, folder: string, { quietMs, retriesMs = RETRIES_MS }: WatchTimings = {}) {
    this.#bot = bot;
    this.#folder = folder;
    this.#retriesMs = retriesMs;
    const failed = (error: Error) => {
      const reason = `${error.message}; changes are taken up by /reembed only`;
      bot.log.error({ reason }, 'the articles cannot be watched');
    };
    this.#watch = new FolderWatch(folder, () => this.#look(0), failed, quietMs);
    this.#watch.anew();
  }

  close(): void {
    this.#watch.close();
    clearTimeout(this.#retry);
  }

  #look(failures: number): void {
    clearTimeout(this.#retry);
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    // The folder itself may have been replaced.
    this.#watch.anew();
    this.#takeUp()
      .catch((error: unknown) => this.#failed(error, failures))
      .finally(() => {
        this.#looking = false;
        if (!this.#again) return;
        this.#again = false;
        this.#look(0);
      });
  }

  async #takeUp(): Promise<void> {
    const { rebuild, log } = this.#bot;
    // It may be the work of /seeds, which brings the index up to date itself.
    await rebuild.settled();
    const { seeds } = this.#bot.library;
    if (written(await loadSeeds(this.#folder, seeds)) === written(seeds)) return;
    const { outcome, added, updated, removed, unchanged } = await rebuild.run(false);
    // An index that is held back waits for an admin, who finds it by /reembed.
    log.info({ outcome, added, updated, removed, unchanged }, 'the articles changed on disk');
  }

  #failed(error: unknown, failures: number): void {
    const { log } = this.#bot;
    if (!(error instanceof OperatorError)) {
      log.error({ err: error }, 'a change on disk was not taken up');
      return;
    }
    const waitMs = this.#retriesMs[failures];
    if (waitMs === undefined) {
      log.error(
        { reason: error.message },
        'a change on disk was not taken up; mend it, and it is tried again',
      );
      return;
    }
    this.#retry = setTimeout(() => this.#look(failures + 1), waitMs);
  }
}

/** All that an answer may show of the articles. */
function written(seeds: readonly Seed[]): string {
  return JSON.stringify(seeds.map(({ text: _, blocks: __, ...about }) => about));
}
