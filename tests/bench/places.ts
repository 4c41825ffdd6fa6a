import path from 'node:path';
import type { LibraryOptions } from '../../src/answering/library.ts';
import { DEFAULT_MODEL } from '../../src/embedding/model-files.ts';
import { PROJECT } from './processes.ts';

/** Where a run keeps its articles and its index. */
export function placesIn(folder: string, report: (line: string) => void): LibraryOptions {
  return {
    seedsFolder: path.join(folder, 'seeds'),
    indexFolder: path.join(folder, 'index'),
    modelsFolder: path.join(PROJECT, 'embeddings', 'models'),
    model: DEFAULT_MODEL,
    report,
  };
}
