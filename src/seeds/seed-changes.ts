import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../operator-error.ts';
import { type Change, logged } from './change-log.ts';
import { type Draft, discardDraft, readDraft, writeDraft } from './drafts.ts';
import { listSeedFiles, type SeedFile } from './files.ts';
import type { OfferedArticle } from './offered-file.ts';
import type { Seed } from './seed.ts';
import { printable } from './seed-error.ts';
import { parseSidecar, type Sidecar } from './sidecar.ts';
import { freeSlug } from './slug.ts';

/** Most seeds that a folder may have for another one to be added from outside. */
export const MAX_SEEDS = 1000;
/** Beside the seeds, which pass over names with a dot: a folder for each seed that was removed. */
const REMOVED = '.removed';
const REMOVED_NAME = /^\d{8}T\d{6}Z-(.+)$/u;

/** What an edit sets; null takes a key out, so that the text speaks for itself again. */
export type SidecarChange = { readonly [Key in keyof Sidecar]: Sidecar[Key] | null };

/** A seed that was removed and can come back. */
export interface RemovedSeed {
  /** The name of its folder: when it was removed, and its id. */
  readonly name: string;
  readonly id: string;
}

/** Changes a folder of seeds, one change at a time. A crash in between leaves a folder that can be loaded. */
export class SeedChanges {
  readonly #folder: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Lays down what may become a seed.
   * @throws {OperatorError} when it cannot be read as one, is one already, or there are too many
   */
  draft(article: OfferedArticle, seeds: readonly Seed[]): Promise<Draft> {
    return this.#inTurn(async () => {
      const draft = await writeDraft(this.#folder, article);
      const same = seeds.find(({ digest }) => digest === draft.seed.digest);
      if (same === undefined) return draft;
      await discardDraft(this.#folder, draft.token);
      throw new OperatorError(`that article is there already, as ${printable(same.id)}`);
    });
  }

  discard(token: string): Promise<void> {
    return this.#inTurn(() => discardDraft(this.#folder, token));
  }

  /**
   * Makes a draft a seed, under its own name or the next that is free.
   * @returns undefined when the draft is gone
   * @throws {OperatorError} when there are too many seeds
   */
  save(token: string, by: string): Promise<Change | undefined> {
    return this.#inTurn(async () => {
      const draft = await readDraft(this.#folder, token);
      if (draft === undefined) return undefined;
      const { files } = await listSeedFiles(this.#folder);
      if (files.length >= MAX_SEEDS) {
        throw new OperatorError(
          `there are ${files.length} articles, and ${MAX_SEEDS} is the limit; remove some first`,
        );
      }
      const { seed } = draft;
      const taken = new Set(files.map(({ id }) => id.toLowerCase()));
      const id = freeSlug(seed.id, taken);
      const change = await logged(this.#folder, async () => {
        await this.#moveIn(draft.folder, id);
        return { what: 'added' as const, seed: id, by, digest: seed.digest };
      });
      await discardDraft(this.#folder, token);
      return change;
    });
  }

  /**
   * Takes a seed out, from where it can be restored.
   * @throws {OperatorError} when it is the only one, or gone
   */
  remove({ id, digest }: Seed, by: string): Promise<Change> {
    return this.#inTurn(async () => {
      const { files } = await listSeedFiles(this.#folder);
      const file = fileOf(files, id);
      if (files.length === 1) {
        throw new OperatorError(
          'that is the only article, and without one there is nothing to answer from; add another first',
        );
      }
      return logged(this.#folder, async () => {
        const when = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
        const place = path.join(this.#folder, REMOVED, `${when}-${id}`);
        await mkdir(place, { recursive: true });
        // The sidecar first: one without its seed could not be loaded.
        for (const name of [file.sidecar, file.name]) {
          if (name !== null) await rename(path.join(this.#folder, name), path.join(place, name));
        }
        await flush(place);
        await flush(this.#folder);
        return { what: 'removed' as const, seed: id, by, digest };
      });
    });
  }

  /** The seeds that can be restored, the last removed first. */
  async removed(): Promise<RemovedSeed[]> {
    const names = await readdir(path.join(this.#folder, REMOVED)).catch(() => []);
    return names
      .toSorted()
      .toReversed()
      .flatMap((name) => {
        const id = REMOVED_NAME.exec(name)?.[1];
        return id === undefined ? [] : [{ name, id }];
      });
  }

  /**
   * Puts a removed seed back, under its own name or the next that is free.
   * @param name of the removed seed, or its id, which names the one that was removed last
   * @throws {OperatorError} when there is none such
   */
  restore(name: string, by: string): Promise<Change> {
    return this.#inTurn(async () => {
      const found = (await this.removed()).find((each) => each.name === name || each.id === name);
      if (found === undefined)
        throw new OperatorError(`${printable(name)}: no article of that name was removed`);
      const { files } = await listSeedFiles(this.#folder);
      const place = path.join(this.#folder, REMOVED, found.name);
      const id = freeSlug(found.id, new Set(files.map((file) => file.id)));
      return logged(this.#folder, async () => {
        const digest = await this.#moveIn(place, id);
        await rm(place, { recursive: true });
        return { what: 'restored' as const, seed: id, by, digest };
      });
    });
  }

  /**
   * Changes what stands beside a seed.
   * @throws {OperatorError} in one line, when a value is none that a sidecar may have
   */
  edit({ id, digest }: Seed, change: SidecarChange, by: string): Promise<Change> {
    return this.#inTurn(async () => {
      const { files } = await listSeedFiles(this.#folder);
      const { sidecar } = fileOf(files, id);
      const file = path.join(this.#folder, sidecar ?? `${id}.json`);
      const before = sidecar === null ? {} : parseSidecar(await readFile(file, 'utf8'));
      const merged = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null);
      const after = `${JSON.stringify(Object.fromEntries(merged), null, 2)}\n`;
      try {
        parseSidecar(after);
      } catch (cause) {
        if (cause instanceof RangeError) throw new OperatorError(cause.message, { cause });
        throw cause;
      }
      return logged(this.#folder, async () => {
        await writeWhole(file, after);
        return { what: 'edited' as const, seed: id, by, digest, keys: Object.keys(change) };
      });
    });
  }

  /** Moves the one seed of a folder among the others. @returns its digest */
  async #moveIn(from: string, id: string): Promise<string> {
    const { files } = await listSeedFiles(from);
    const [file] = files;
    if (file === undefined) throw new Error(`no seed in ${from}`);
    const bytes = await readFile(path.join(from, file.name));
    // The seed first: a sidecar without its seed could not be loaded.
    for (const name of [file.name, file.sidecar]) {
      if (name === null) continue;
      const target = path.join(this.#folder, `${id}${path.extname(name)}`);
      const source = path.join(from, name);
      await flush(source);
      await refuseTaken(target);
      await rename(source, target);
    }
    await flush(this.#folder);
    return createHash('sha256').update(bytes).digest('hex');
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function fileOf(files: readonly SeedFile[], id: string): SeedFile {
  const file = files.find((each) => each.id === id);
  if (file === undefined)
    throw new OperatorError(`${printable(id)}: that article is gone; /seeds list shows those there are`);
  return file;
}

async function refuseTaken(target: string): Promise<void> {
  const there = await stat(target).catch(() => undefined);
  if (there !== undefined)
    throw new OperatorError(`${printable(path.basename(target))} is in the way; remove it first`);
}

/** Writes a file so that it is there whole or not at all. */
async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  await writeFile(temporary, text, { flush: true });
  await rename(temporary, file);
  await flush(path.dirname(file));
}

async function flush(place: string): Promise<void> {
  const handle = await open(place, 'r');
  await handle.sync().finally(() => handle.close());
}
