import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../operator-error.ts';
import { flush } from '../seeds/durable.ts';
import { type Generation, readGeneration, type StoredGeneration, writeGeneration } from './generation.ts';
import { UnusableGeneration } from './manifest.ts';
import { CopiedDamage } from './token-file.ts';
import { unwritable } from './unwritable.ts';

/** Generations that are kept, the one that answers included. */
const KEPT_GENERATIONS = 3;
const NAME = /^\d{6}$/;
const TEMPORARY = /^\.[\w-]+\.\d+$/;
/** A candidate that waits for a decision, by the name that it would have. */
const HELD = /^held-\d{6}$/;
/** Says which generation answers after a roll-back; it holds until a newer one than its `newest` is published. */
const ROLLED_BACK = 'rolled-back.json';
const rolledBackShape = z.object({ to: z.string().regex(NAME), newest: z.string().regex(NAME) });

/** A generation of the index folder, by name. */
export interface NamedGeneration extends StoredGeneration {
  readonly name: string;
  /** No generation in the folder is newer, be it whole or not. */
  readonly newest: boolean;
  /** The operator went back to this one, or to one after it that is damaged. */
  readonly rolledBack: boolean;
}

/**
 * Reads the generation that answers: the newest that is whole, of those that the operator has not rolled back.
 * @param report takes a line for each generation that had to be passed over
 * @param before the name of a generation; only older ones are looked at
 * @returns undefined when there is none
 */
export async function readNewest(
  indexFolder: string,
  report: (line: string) => void,
  before?: string,
): Promise<NamedGeneration | undefined> {
  const { names, newest, rolledBack } = await listGenerations(indexFolder);
  for (const name of names.toReversed()) {
    if (before !== undefined && name >= before) continue;
    try {
      const generation = await readGeneration(path.join(indexFolder, 'generations', name));
      return { ...generation, name, newest: name === newest, rolledBack };
    } catch (error) {
      if (!(error instanceof UnusableGeneration)) throw error;
      report(`index: generation ${name} in ${indexFolder} ${error.message}; it is passed over`);
    }
  }
  return undefined;
}

/**
 * What `readNewest` gives, for a process that may have it in memory already.
 * @param known the generation that answers in this process
 */
export async function newestKnowing(
  indexFolder: string,
  known: NamedGeneration | undefined,
): Promise<NamedGeneration | undefined> {
  const { names, newest, rolledBack } = await listGenerations(indexFolder);
  if (known === undefined || known.name !== names.at(-1)) return readNewest(indexFolder, () => undefined);
  return { ...known, newest: known.name === newest, rolledBack };
}

/** The name of the generation that `readNewest` tries first; costs a look at the folder's names. */
export async function newestName(indexFolder: string): Promise<string | undefined> {
  return (await listGenerations(indexFolder)).names.at(-1);
}

/** A generation that is written and does not answer yet. */
export interface Candidate {
  readonly folder: string;
  /** The name that it is published under. */
  readonly name: string;
}

/**
 * Writes a generation beside the others, where nobody reads it.
 * @throws {OperatorError} when the folder cannot be written
 */
export async function writeCandidate(indexFolder: string, generation: Generation): Promise<Candidate> {
  const name = nextName(await generationNames(indexFolder));
  const folder = path.join(indexFolder, 'generations', `.${name}.${process.pid}`);
  const graph = await generation.passageGraph();
  return changing(indexFolder, folder, async () => {
    await writeGeneration(folder, generation, graph);
    return { folder, name };
  });
}

/** Lets a candidate go. What stays of it goes with the next generation that is published. */
export async function discardCandidate({ folder }: Pick<Candidate, 'folder'>): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

/**
 * Publishes a candidate by one rename, and drops the oldest generation.
 * @param assertHeld is called right before; what it throws travels, and nothing is published
 * @returns its folder from now on
 * @throws {OperatorError} when the folder cannot be written
 */
export async function publishCandidate(
  indexFolder: string,
  { folder, name }: Candidate,
  assertHeld: () => void,
): Promise<string> {
  const generations = path.join(indexFolder, 'generations');
  const published = path.join(generations, name);
  await changing(indexFolder, folder, async () => {
    assertHeld();
    await rename(folder, published);
    await flush(generations);
  });
  // What is left in the way goes with the next one.
  await dropOld(generations).catch(() => undefined);
  return published;
}

/**
 * Keeps a candidate until somebody decides about it, or a generation is published; there is one at a time.
 * @throws {OperatorError} when the folder cannot be written
 */
export async function holdBack(indexFolder: string, { folder, name }: Candidate): Promise<Candidate> {
  const generations = path.join(indexFolder, 'generations');
  const held = path.join(generations, `held-${name}`);
  await changing(indexFolder, folder, async () => {
    await discardHeld(indexFolder);
    await rename(folder, held);
    await flush(generations);
  });
  return { folder: held, name };
}

/** The candidate that waits for a decision, unless something was published since it was built. */
export async function heldBack(indexFolder: string): Promise<Candidate | undefined> {
  const generations = path.join(indexFolder, 'generations');
  const entries = await readdir(generations).catch((): string[] => []);
  const name = nextName(await generationNames(indexFolder));
  return entries.includes(`held-${name}`)
    ? { folder: path.join(generations, `held-${name}`), name }
    : undefined;
}

/** @throws {OperatorError} when the folder cannot be written */
export async function discardHeld(indexFolder: string): Promise<void> {
  const generations = path.join(indexFolder, 'generations');
  const entries = await readdir(generations).catch((): string[] => []);
  try {
    for (const entry of entries.filter((one) => HELD.test(one))) {
      await rm(path.join(generations, entry), { recursive: true, force: true });
    }
  } catch (error) {
    throw unwritable(indexFolder, error);
  }
}

/** Writes a generation and publishes it. @throws {OperatorError} see `writeCandidate` and `publishCandidate` */
export async function publish(
  indexFolder: string,
  generation: Generation,
  assertHeld: () => void = () => undefined,
): Promise<string> {
  const candidate = await writeCandidate(indexFolder, generation);
  await publishCandidate(indexFolder, candidate, assertHeld);
  return candidate.name;
}

function nextName(names: readonly string[]): string {
  return String(Number(names.at(-1) ?? 0) + 1).padStart(6, '0');
}

/** Does something to an index; when it fails, `folder` goes, for it will not be gone on with. */
async function changing<T>(indexFolder: string, folder: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    await discardCandidate({ folder });
    if (error instanceof OperatorError || error instanceof CopiedDamage) throw error;
    throw unwritable(indexFolder, error);
  }
}

/** Removes all but the newest generations, what was never finished, and what waited for a decision. */
async function dropOld(folder: string): Promise<void> {
  const entries = await readdir(folder);
  const old = entries
    .filter((entry) => NAME.test(entry))
    .sort()
    .slice(0, -KEPT_GENERATIONS);
  const rest = entries.filter((entry) => TEMPORARY.test(entry) || HELD.test(entry));
  for (const entry of [...old, ...rest]) await rm(path.join(folder, entry), { recursive: true, force: true });
}

/**
 * Lets an older generation answer until a new one is published.
 * @throws {OperatorError} when the folder cannot be written
 */
export async function rollBackTo(indexFolder: string, name: string): Promise<void> {
  const folder = path.join(indexFolder, 'generations');
  const newest = (await generationNames(indexFolder)).at(-1);
  const temporary = path.join(folder, `.rolled-back.${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, JSON.stringify({ to: name, newest }), { flush: true });
    await rename(temporary, path.join(folder, ROLLED_BACK));
    await flush(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(indexFolder, error);
  }
}

/** The names of the generations that may answer, oldest first, and the newest of all. */
async function listGenerations(indexFolder: string) {
  const names = await generationNames(indexFolder);
  const newest = names.at(-1);
  const mark = await readRolledBack(indexFolder);
  const rolledBack = mark !== null && newest !== undefined && newest <= mark.newest;
  return { names: rolledBack ? names.filter((name) => name <= mark.to) : names, newest, rolledBack };
}

/** A mark that cannot be read is none: the newest generation answers. */
async function readRolledBack(indexFolder: string): Promise<z.infer<typeof rolledBackShape> | null> {
  try {
    const text = await readFile(path.join(indexFolder, 'generations', ROLLED_BACK), 'utf8');
    return rolledBackShape.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Oldest first. */
async function generationNames(indexFolder: string): Promise<string[]> {
  try {
    const names = await readdir(path.join(indexFolder, 'generations'));
    return names.filter((name) => NAME.test(name)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new OperatorError(
      `index: cannot read ${indexFolder} (${(error as Error).message}); mend its permissions or name another with --index`,
      { cause: error },
    );
  }
}
