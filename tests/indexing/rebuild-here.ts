import { rebuild } from '../../src/answering/rebuild.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { fakeEmbedder } from './fake-embedder.ts';

/** Rebuilds the index in a folder over the seeds in another; says what the operator is told when it cannot. */
const [, , seedsFolder = '', indexFolder = ''] = process.argv;
const options = { seedsFolder, indexFolder, modelsFolder: '', model: 'fake', report: () => undefined };
try {
  await rebuild(options, await loadSeeds(seedsFolder), fakeEmbedder, { full: false });
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stdout.write(`${error.message}\n`);
  process.exitCode = 1;
}
