import path from 'node:path';
import type { Embedder } from '../embedding/embedder.ts';
import { DIGESTED_AS_WRITTEN, readGeneration, type StoredGeneration } from '../indexing/generation.ts';
import { UnusableGeneration } from '../indexing/manifest.ts';
import type { Candidate, NamedGeneration } from '../indexing/store.ts';
import { unwritable } from '../indexing/unwritable.ts';
import { verifyGeneration } from '../indexing/verify-generation.ts';
import { OperatorError } from '../operator-error.ts';
import type { Seed } from '../seeds/seed.ts';
import { createTurns } from '../seeds/turns.ts';
import {
  askGolden,
  embeddedAhead,
  goldenQuestions,
  type Regression,
  readGolden,
  regressions,
  writeGolden,
} from './golden.ts';
import type { LibraryOptions } from './library.ts';
import { libraryOver } from './library-over.ts';

/** A candidate that is whole, and how it does beside the generation that answers. */
export interface Checked {
  readonly generation: StoredGeneration & { readonly name: string };
  /** Share of the exact scan's neighbours that the graphs find, 0 … 1. */
  readonly recall: number;
  readonly golden: { readonly asked: number; readonly worse: readonly Regression[] };
}

/**
 * Reads a candidate back, verifies it, asks it every golden question, and compares the answers with those of the
 * generation that answers.
 * @throws {OperatorError} when it is not what was written
 */
export async function checkCandidate(
  candidate: Candidate,
  { options, seeds, embedder, stored }: Context,
): Promise<Checked> {
  const { indexFolder, questionsFolder } = options;
  const { generation, recall } = await readBack(candidate, indexFolder);
  const questions = await goldenQuestions(seeds, questionsFolder);
  const turn = createTurns();
  const library = libraryOver(options, seeds, generation, await embeddedAhead(questions, embedder));
  const after = await askGolden(questions, library, turn);
  const before = stored ? await readGolden(path.join(indexFolder, 'generations', stored.name)) : [];
  await writeGolden(candidate.folder, after).catch((error: unknown) => {
    throw unwritable(indexFolder, error);
  });
  return { generation, recall, golden: { asked: after.length, worse: regressions(before, after, seeds) } };
}

interface Context {
  readonly options: LibraryOptions;
  readonly seeds: readonly Seed[];
  readonly embedder: Embedder;
  /** The generation that answers. */
  readonly stored: NamedGeneration | undefined;
}

async function readBack({ folder, name }: Candidate, indexFolder: string) {
  try {
    const stored = await readGeneration(folder, DIGESTED_AS_WRITTEN);
    return { generation: { ...stored, name }, recall: await verifyGeneration(stored) };
  } catch (cause) {
    if (!(cause instanceof UnusableGeneration)) throw cause;
    throw new OperatorError(
      `index: the new generation ${name} in ${indexFolder} ${cause.message}; check the disk, then run again`,
      { cause },
    );
  }
}
