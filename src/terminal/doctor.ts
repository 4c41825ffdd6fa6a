import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { readNewest } from '../indexing/store.ts';
import { loadSeeds } from '../seeds/load.ts';
import { type Call, runCommand } from './command.ts';

const OLDEST_NODE = [20, 19] as const;

await runCommand('usage: npm run doctor [-- --seeds DIR --index DIR]', {}, async (call) => {
  let problems = 0;
  for (const [name, check] of checksOf(call)) {
    try {
      process.stdout.write(`ok       ${name}: ${await check()}\n`);
    } catch (error) {
      problems++;
      process.stdout.write(`problem  ${name}: ${(error as Error).message}\n`);
    }
  }
  process.exitCode = problems === 0 ? 0 : 1;
});

/** What liaison stands on: each says its state, or throws what is wrong and what to do. Nothing is built. */
function checksOf({ library }: Call): readonly (readonly [string, () => Promise<string>])[] {
  return [
    ['node', async () => checkNode(process.versions.node)],
    ['hnswlib-node', () => checkModule(() => import('../indexing/hnsw-index.ts'))],
    ['model runtime', () => checkModule(() => import('../embedding/transformers-embedder.ts'))],
    ['model', () => checkModel(library.modelsFolder, library.model)],
    ['seeds', async () => `${(await loadSeeds(library.seedsFolder)).length} in ${library.seedsFolder}`],
    ['index', () => checkIndex(library.indexFolder)],
  ];
}

function checkNode(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const old = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  if (old) throw new Error(`${version} is too old; install Node ${OLDEST_NODE.join('.')} or newer`);
  return version;
}

async function checkModule(load: () => Promise<unknown>): Promise<string> {
  try {
    await load();
    return 'loads';
  } catch (error) {
    throw new Error(`does not load (${(error as Error).message.split('\n')[0]}); run: npm ci`, {
      cause: error,
    });
  }
}

async function checkModel(modelsFolder: string, model: string): Promise<string> {
  const folder = path.join(modelsFolder, model);
  return access(folder, constants.R_OK).then(
    () => `${model} in ${modelsFolder}`,
    () => `${model} is not written yet; the first question or npm run embed does it`,
  );
}

async function checkIndex(indexFolder: string): Promise<string> {
  const passedOver: string[] = [];
  const newest = await readNewest(indexFolder, (line) => passedOver.push(line));
  if (passedOver.length > 0) throw new Error(`${passedOver[0]}; run: npm run embed`);
  if (newest === undefined) return 'none yet; the first question or npm run embed builds it';
  const { seeds, counts, builtAt } = newest.manifest;
  return `generation ${newest.name} of ${builtAt}: ${seeds.length} seeds, ${counts.sentences} sentences`;
}
