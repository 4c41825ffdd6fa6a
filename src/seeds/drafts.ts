import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../operator-error.ts';
import { shown } from './files.ts';
import { loadSeeds, SeedError } from './load.ts';
import type { OfferedArticle } from './offered-file.ts';
import type { Seed } from './seed.ts';
import { printable } from './seed-error.ts';
import { slugOf } from './slug.ts';

/** Beside the seeds, which pass over names with a dot: each draft is a folder with one seed. */
export const DRAFTS = '.drafts';
export const MAX_DRAFTS = 20;
/** A day. A preview that is older is not what its reader has before their eyes. */
const DRAFT_LIVES_MS = 24 * 60 * 60_000;
const TOKEN = /^[0-9a-f]{12}$/;

/** An article that was offered and is not yet a seed. */
export interface Draft {
  /** 12 hexadecimal digits. */
  readonly token: string;
  /** Holds the seed's file and its sidecar, and nothing else. */
  readonly folder: string;
  /** As it would be read. */
  readonly seed: Seed;
}

/**
 * Lays an article down as a draft. The oldest drafts go when there are many.
 * @throws {OperatorError} one line, when it cannot be read as a seed
 */
export async function writeDraft(seedsFolder: string, article: OfferedArticle): Promise<Draft> {
  await sweep(seedsFolder, MAX_DRAFTS - 1);
  const token = randomBytes(6).toString('hex');
  const folder = path.join(seedsFolder, DRAFTS, token);
  await mkdir(folder, { recursive: true });
  try {
    const name = article.slug ?? slugOf(article.sidecar.title ?? (await titleOf(folder, article)));
    await writeFile(path.join(folder, `${name}${article.extension}`), article.bytes);
    if (Object.keys(article.sidecar).length > 0) {
      await writeFile(path.join(folder, `${name}.json`), `${JSON.stringify(article.sidecar, null, 2)}\n`);
    }
    return { token, folder, seed: await onlySeed(folder) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The draft of that token; undefined when it is gone or too old, or the token is none. */
export async function readDraft(seedsFolder: string, token: string): Promise<Draft | undefined> {
  await sweep(seedsFolder, MAX_DRAFTS);
  const folder = folderOf(seedsFolder, token);
  return folder === undefined || !(await isThere(folder))
    ? undefined
    : { token, folder, seed: await onlySeed(folder) };
}

/** @returns whether it was there */
export async function discardDraft(seedsFolder: string, token: string): Promise<boolean> {
  const folder = folderOf(seedsFolder, token);
  if (folder === undefined || !(await isThere(folder))) return false;
  await rm(folder, { recursive: true });
  return true;
}

function folderOf(seedsFolder: string, token: string): string | undefined {
  return TOKEN.test(token) ? path.join(seedsFolder, DRAFTS, token) : undefined;
}

async function isThere(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
}

/** What an article calls itself, by reading it under a name that says nothing. */
async function titleOf(folder: string, { bytes, extension }: OfferedArticle): Promise<string> {
  const file = path.join(folder, `${slugOf('')}${extension}`);
  await writeFile(file, bytes);
  const { title } = await onlySeed(folder);
  await rm(file);
  return title;
}

/** The seed of a folder with one. @throws {OperatorError} that does not tell where the folder is */
export async function onlySeed(folder: string): Promise<Seed> {
  try {
    const [seed] = await loadSeeds(folder);
    if (seed === undefined) throw new Error(`no seed in ${folder}`);
    return seed;
  } catch (cause) {
    if (!(cause instanceof SeedError)) throw cause;
    const [{ message } = cause] = cause.problems;
    const names = (await readdir(folder)).map((name) => [shown(folder, name), printable(name)] as const);
    const told = names.reduce((words, [long, short]) => words.replace(long, short), message);
    throw new OperatorError(told, { cause });
  }
}

/** Removes drafts that are too old, and the oldest of those that are more than `most`. */
async function sweep(seedsFolder: string, most: number): Promise<void> {
  const drafts = path.join(seedsFolder, DRAFTS);
  const names = await readdir(drafts).catch(() => []);
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(path.join(drafts, name))).mtimeMs })),
  );
  const newestFirst = aged.toSorted((a, b) => b.at - a.at);
  const young = Date.now() - DRAFT_LIVES_MS;
  for (const [index, { name, at }] of newestFirst.entries()) {
    if (index >= most || at < young) await rm(path.join(drafts, name), { recursive: true, force: true });
  }
}
