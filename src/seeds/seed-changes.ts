import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../operator-error.ts';
import { type Change, logged } from './change-log.ts';
import { type Draft, discardDraft, onlySeed, readDraft, writeDraft } from './drafts.ts';
import { moveSeed, readIfOfSize, setAside, writeWhole } from './durable.ts';
import { listSeedFiles, type SeedFile } from './files.ts';
import type { OfferedArticle } from './offered-file.ts';
import type { Seed } from './seed.ts';
import { printable } from './seed-error.ts';
import { SeedRefusal } from './seed-refusal.ts';
import { parseSidecar, type Sidecar } from './sidecar.ts';
import { freeSlug } from './slug.ts';

/** Most seeds that a folder may have for another one to be added from outside. */
export const MAX_SEEDS = 1000;
/** Beside the seeds, which pass over names with a dot: a folder for each seed that was removed. */
export const REMOVED = '.removed';
const REMOVED_NAME = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})\d{5}Z-(.+)$/u;

/** What an edit sets; null takes a key out, so that the text speaks for itself again. */
export type SidecarChange = { readonly [Key in keyof Sidecar]: Sidecar[Key] | null };

/** A seed that was removed and can come back. */
export interface RemovedSeed {
  /** The name of its folder: when it was removed, and its id. */
  readonly name: string;
  readonly id: string;
  /** When it was removed: `YYYY-MM-DDTHH:MMZ`. */
  readonly at: string;
}

/**
 * Changes a folder of seeds, one change at a time. A crash in between leaves a folder that can be loaded, and nothing
 * lost. A folder that cannot be written is an `OperatorError` for every change.
 */
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
  draft(article: OfferedArticle): Promise<Draft> {
    return this.#inTurn(async () => {
      const draft = await writeDraft(this.#folder, article);
      try {
        await this.#roomFor(draft.seed);
      } catch (error) {
        await discardDraft(this.#folder, draft.token);
        throw error;
      }
      return draft;
    });
  }

  /** @returns whether it was there */
  discard(token: string): Promise<boolean> {
    return this.#inTurn(() => discardDraft(this.#folder, token));
  }

  /**
   * Makes a draft a seed, under its own name or the next that is free.
   * @returns undefined when the draft is gone
   * @throws {OperatorError} when it is a seed already, or there are too many
   */
  save(token: string, by: string): Promise<Change | undefined> {
    return this.#inTurn(async () => {
      const draft = await readDraft(this.#folder, token);
      if (draft === undefined) return undefined;
      const { folder, seed } = draft;
      const id = freeSlug(seed.id, idsOf(await this.#roomFor(seed)));
      const change = { what: 'added' as const, seed: id, by, digest: seed.digest };
      await logged(this.#folder, change, async () => {
        await moveSeed(folder, await onlyFile(folder), this.#folder, id);
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
      if (files.length === 1) throw new SeedRefusal('only');
      return logged(this.#folder, { what: 'removed', seed: id, by, digest }, async () => {
        const when = new Date().toISOString().replace(/[-:.]/g, '');
        await mkdir(path.join(this.#folder, REMOVED), { recursive: true });
        const place = path.join(this.#folder, REMOVED, `${when}-${id}`);
        await mkdir(place);
        await setAside(this.#folder, file, place);
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
        const [, year, month, day, hour, minute, id] = REMOVED_NAME.exec(name) ?? [];
        return id === undefined ? [] : [{ name, id, at: `${year}-${month}-${day}T${hour}:${minute}Z` }];
      });
  }

  /**
   * Puts a removed seed back, under its own name or the next that is free.
   * @param name of the removed seed, or its id, which names the one that was removed last
   * @throws {OperatorError} when there is none such, it is there again, or there are too many
   */
  restore(name: string, by: string): Promise<Change> {
    return this.#inTurn(async () => {
      const found = (await this.removed()).find((each) => each.name === name || each.id === name);
      if (found === undefined) throw new SeedRefusal('notRemoved', [name]);
      const place = path.join(this.#folder, REMOVED, found.name);
      const seed = await onlySeed(place);
      const id = freeSlug(found.id, idsOf(await this.#roomFor(seed)));
      return logged(this.#folder, { what: 'restored', seed: id, by, digest: seed.digest }, async () => {
        await moveSeed(place, await onlyFile(place), this.#folder, id);
        await rm(place, { recursive: true });
      });
    });
  }

  /**
   * Changes what stands beside a seed.
   * @returns undefined when that is how it is already
   * @throws {OperatorError} in one line, when a value is none that a sidecar may have
   */
  edit({ id, digest }: Seed, change: SidecarChange, by: string): Promise<Change | undefined> {
    return this.#inTurn(async () => {
      const { files } = await listSeedFiles(this.#folder);
      const { sidecar } = fileOf(files, id);
      const file = path.join(this.#folder, sidecar ?? `${id}.json`);
      const before = sidecar === null ? {} : checked(await readFile(file, 'utf8'));
      const merged = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null);
      const after = written(checked(JSON.stringify(Object.fromEntries(merged))));
      if (after === written(before)) return undefined;
      const keys = Object.keys(change);
      return logged(this.#folder, { what: 'edited', seed: id, by, digest, keys }, () => {
        return writeWhole(file, after);
      });
    });
  }

  /**
   * The seeds that there are, when this may become another.
   * @throws {OperatorError} when they are too many, or it is one of them
   */
  async #roomFor({ text, digest }: Pick<Seed, 'text' | 'digest'>): Promise<readonly SeedFile[]> {
    const { files } = await listSeedFiles(this.#folder);
    if (files.length >= MAX_SEEDS) throw new SeedRefusal('tooMany', [String(files.length)]);
    for (const { id, name } of files) {
      const bytes = await readIfOfSize(path.join(this.#folder, name), Buffer.byteLength(text));
      if (bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === digest) {
        throw new SeedRefusal('there', [id]);
      }
    }
    return files;
  }

  /** @throws {OperatorError} for what the file system refuses as well */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work).catch((cause: unknown) => {
      if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
      const reason = `${printable(this.#folder)}: cannot be written (${printable(cause.message)})`;
      throw new OperatorError(`${reason}; free space or mend its permissions`, { cause });
    });
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function idsOf(files: readonly SeedFile[]): ReadonlySet<string> {
  return new Set(files.map(({ id }) => id.toLowerCase()));
}

function fileOf(files: readonly SeedFile[], id: string): SeedFile {
  const file = files.find((each) => each.id === id);
  if (file === undefined) throw new SeedRefusal('gone', [id]);
  return file;
}

/** The one seed of a folder, which was read before. */
async function onlyFile(folder: string): Promise<SeedFile> {
  const [file] = (await listSeedFiles(folder)).files;
  if (file === undefined) throw new Error(`no seed in ${folder}`);
  return file;
}

/** @throws {OperatorError} in one line, for what is no sidecar */
function checked(json: string): Sidecar {
  try {
    return parseSidecar(json);
  } catch (cause) {
    if (!(cause instanceof RangeError || cause instanceof SyntaxError)) throw cause;
    throw new OperatorError(printable(cause.message), { cause });
  }
}

function written(sidecar: Sidecar): string {
  return `${JSON.stringify(sidecar, null, 2)}\n`;
}
