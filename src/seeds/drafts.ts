import { createHash, randomBytes } from 'node:crypto';
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
const DRAFTS = '.drafts';
const MAX_DRAFTS = 20;
/** As long as the buttons under a preview work, which is 15 minutes after its last change, and some more. */
const DRAFT_LIVES_MS = 60 * 60_000;
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
  await sweep(seedsFolder);
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

/** The draft of that token; undefined when it is gone, or the token is none. */
export async function readDraft(seedsFolder: string, token: string): Promise<Draft | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const folder = path.join(seedsFolder, DRAFTS, token);
  const there = await stat(folder).catch(() => undefined);
  return there?.isDirectory() ? { token, folder, seed: await onlySeed(folder) } : undefined;
}

export async function discardDraft(seedsFolder: string, token: string): Promise<void> {
  if (TOKEN.test(token)) await rm(path.join(seedsFolder, DRAFTS, token), { recursive: true, force: true });
}

/** What an article calls itself, by reading it under another name. */
async function titleOf(folder: string, { bytes, extension }: OfferedArticle): Promise<string> {
  const file = path.join(folder, `${createHash('sha256').update(bytes).digest('hex')}${extension}`);
  await writeFile(file, bytes);
  const { title } = await onlySeed(folder);
  await rm(file);
  return title;
}

/** The seed of a folder with one. @throws {OperatorError} that does not tell where the folder is */
async function onlySeed(folder: string): Promise<Seed> {
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

async function sweep(seedsFolder: string): Promise<void> {
  const drafts = path.join(seedsFolder, DRAFTS);
  const names = await readdir(drafts).catch(() => []);
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(path.join(drafts, name))).mtimeMs })),
  );
  const oldest = aged.toSorted((a, b) => b.at - a.at);
  const young = Date.now() - DRAFT_LIVES_MS;
  for (const [index, { name, at }] of oldest.entries()) {
    if (index >= MAX_DRAFTS - 1 || at < young) {
      await rm(path.join(drafts, name), { recursive: true, force: true });
    }
  }
}
