import { copyFile, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SeedFile } from './files.ts';
import { SeedRefusal } from './seed-refusal.ts';

/** Writes a file so that it is there whole or not at all. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  try {
    await writeFile(temporary, text, { flush: true });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await flush(path.dirname(file));
}

/**
 * Moves a seed with its sidecar from one folder to another, under a new id.
 * @throws {SeedRefusal} before anything is moved, when another file has such a name
 */
export async function moveSeed(from: string, { name, sidecar }: SeedFile, to: string, id: string) {
  // The seed first: a sidecar without its seed could not be loaded.
  const moves = [name, sidecar].flatMap((each) => {
    if (each === null) return [];
    return [{ source: path.join(from, each), target: path.join(to, `${id}${path.extname(each)}`) }];
  });
  for (const { source, target } of moves) {
    if ((await stat(target).catch(() => undefined)) !== undefined) {
      throw new SeedRefusal('inTheWay', [path.basename(target)]);
    }
    await flush(source);
  }
  for (const { source, target } of moves) await rename(source, target);
  await flush(to);
}

/** Lays copies of a seed and its sidecar into a folder, and takes them out of their own only then. */
export async function setAside(from: string, { name, sidecar }: SeedFile, to: string): Promise<void> {
  const names = [sidecar, name].filter((each) => each !== null);
  for (const each of names) {
    await copyFile(path.join(from, each), path.join(to, each));
    await flush(path.join(to, each));
  }
  await flush(to);
  // The sidecar first: one without its seed could not be loaded.
  for (const each of names) await rm(path.join(from, each));
  await flush(from);
}

/** A file's bytes, when it has that many; undefined also for one that is not there. */
export async function readIfOfSize(file: string, bytes: number): Promise<Buffer | undefined> {
  const there = await stat(file).catch(() => undefined);
  return there?.isFile() && there.size === bytes ? readFile(file) : undefined;
}

/** Makes sure that a file, or the names in a folder, are on the disk. */
export async function flush(place: string): Promise<void> {
  const handle = await open(place, 'r');
  await handle.sync().finally(() => handle.close());
}
