import { createHash } from 'node:crypto';
import { access, constants, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { LibraryOptions } from '../answering/library.ts';
import type { Config } from '../config.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { isWritten } from '../embedding/model-files.ts';
import { OperatorError } from '../operator-error.ts';
import type { Seed } from '../seeds/seed.ts';

const OLDEST_NODE = { major: 20, minor: 19 } as const;
const digestsShape = z.object({ files: z.record(z.string(), z.string()) });

/** `not yet`: liaison makes it by itself when it is needed. */
export interface Finding {
  readonly state: 'ok' | 'not yet';
  readonly text: string;
}

/** Says the state of one thing, or throws what is wrong with it and what to do. Builds nothing. */
export type Check = () => Promise<Finding>;

/** What liaison stands on; later checks use what earlier ones found. */
export function checksOf(where: LibraryOptions, config: Config): readonly (readonly [string, Check])[] {
  let seeds: readonly Seed[] | undefined;
  let embedder: Embedder | undefined;
  return [
    ['node', async () => ok(checkNode(process.versions.node))],
    ['settings', async () => ok(`DISCORD_TOKEN is ${config.discordToken === undefined ? 'not ' : ''}set`)],
    ['hnswlib-node', () => checkPackage(() => import('../indexing/hnsw-index.ts'))],
    ['onnxruntime-node', () => checkPackage(() => import('../embedding/transformers-embedder.ts'))],
    [
      'model',
      async () => {
        const missing = await missingModel(where);
        if (missing !== null) return missing;
        const { loadEmbedder } = await import('../embedding/transformers-embedder.ts');
        embedder = await loadEmbedder({ ...where, report: () => undefined });
        return ok(`${where.model} loads, ${embedder.dimensions} dimensions`);
      },
    ],
    [
      'seeds',
      async () => {
        const { loadSeeds } = await import('../seeds/load.ts');
        seeds = await loadSeeds(where.seedsFolder);
        return ok(`${counted(seeds.length, 'article')} in ${where.seedsFolder}`);
      },
    ],
    ['index', () => checkIndex(where.indexFolder, seeds, embedder)],
  ];
}

function ok(text: string): Finding {
  return { state: 'ok', text };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** @throws {OperatorError} when the version is too old */
export function checkNode(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const { major: oldest, minor: oldestMinor } = OLDEST_NODE;
  if (major > oldest || (major === oldest && minor >= oldestMinor)) return version;
  throw new OperatorError(`${version} is too old; install Node.js ${oldest}.${oldestMinor} or newer`);
}

async function checkPackage(load: () => Promise<unknown>): Promise<Finding> {
  try {
    await load();
    return ok('loads');
  } catch (cause) {
    const reason = (cause as Error).message.split('\n')[0];
    throw new OperatorError(`does not load (${reason}); run: npm ci (it needs python3, make and g++)`, {
      cause,
    });
  }
}

/** @returns null when the model can be loaded from where it is */
async function missingModel({ model, modelsFolder }: LibraryOptions): Promise<Finding | null> {
  const folder = path.isAbsolute(model) ? model : path.join(modelsFolder, model);
  if (!(await exists(folder))) {
    // An absolute folder that is missing is a mistake; loading it says so.
    if (path.isAbsolute(model)) return null;
    const how = isWritten(model) ? 'written from the weights in node_modules' : 'downloaded';
    return {
      state: 'not yet',
      text: `${model} will be ${how} with the first question, or by: npm run embed`,
    };
  }
  if (isWritten(model)) await checkDigests(folder);
  // A hub model would be loaded through the network if a file of it were missing.
  return path.isAbsolute(model) || isWritten(model) ? null : ok(`${model} in ${modelsFolder}`);
}

/** @throws {OperatorError} naming a file that is not what was written */
async function checkDigests(folder: string): Promise<void> {
  const remedy = 'the next question writes it again, or run: npm run embed';
  try {
    const { files } = digestsShape.parse(
      JSON.parse(await readFile(path.join(folder, 'digests.json'), 'utf8')),
    );
    for (const [name, digest] of Object.entries(files)) {
      const bytes = await readFile(path.join(folder, name));
      if (createHash('sha256').update(bytes).digest('hex') === digest) continue;
      throw new OperatorError(`${path.join(folder, name)} is damaged; ${remedy}`);
    }
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause;
    throw new OperatorError(`the files in ${folder} are damaged; ${remedy}`, { cause });
  }
}

async function checkIndex(
  indexFolder: string,
  seeds: readonly Seed[] | undefined,
  embedder: Embedder | undefined,
): Promise<Finding> {
  await checkWritable(indexFolder);
  const { readNewest } = await import('../indexing/store.ts');
  const damaged: string[] = [];
  const newest = await readNewest(indexFolder, (line) => damaged.push(line));
  if (damaged.length > 0) throw new OperatorError(`${damaged[0]}; run: npm run embed`);
  if (newest === undefined) {
    return { state: 'not yet', text: 'built with the first question, or by: npm run embed' };
  }
  const { manifest, name } = newest;
  if (seeds !== undefined && embedder !== undefined) {
    const { staleness } = await import('../answering/staleness.ts');
    const reason = staleness(newest, seeds, embedder);
    if (reason !== undefined) {
      return { state: 'not yet', text: `${reason}; updated with the next question, or by: npm run embed` };
    }
  }
  const { sentences } = manifest.counts;
  const what = `${counted(manifest.seeds.length, 'article')}, ${counted(sentences, 'sentence')}`;
  return ok(`${what}; generation ${name} of ${manifest.builtAt}, in ${indexFolder}`);
}

/** @throws {OperatorError} when an index could not be written into the folder */
async function checkWritable(folder: string): Promise<void> {
  let nearest = folder;
  while (!(await exists(nearest)) && nearest !== path.dirname(nearest)) nearest = path.dirname(nearest);
  try {
    await access(nearest, constants.W_OK);
  } catch (cause) {
    throw new OperatorError(
      `${nearest} cannot be written; mend its permissions, or name another with --index`,
      {
        cause,
      },
    );
  }
}

async function exists(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}
