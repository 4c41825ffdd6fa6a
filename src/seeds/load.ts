import { createHash } from 'node:crypto';
import { definedNames } from './defined-names.ts';
import { FileProblem, listSeedFiles, readWhole, type SeedFile, seedPath, shown } from './files.ts';
import { countPieces, endsSentence, oneLine } from './lines.ts';
import { type ParsedSeed, parseSeedText } from './parse.ts';
import { type Reading, Readings } from './readings.ts';
import type { Seed } from './seed.ts';
import { printable, SeedError, type SeedProblem } from './seed-error.ts';
import { parseSidecar, type Sidecar } from './sidecar.ts';
import { createTurns } from './turns.ts';

export { SeedError } from './seed-error.ts';

/** 8 MiB. */
export const MAX_SEED_BYTES = 8 * 1024 * 1024;
/** Blank lines and Markdown's pictures included. Each costs some hundred bytes while it is read; a book has ten thousand. */
export const MAX_SEED_LINES = 200_000;
const MAX_SIDECAR_BYTES = 1024 * 1024;
const LONGEST_TITLE_FROM_BODY = 80;

/** How each seed was read, and its text: one whose file did not change since is not read again. */
const sourceOf = new WeakMap<Seed, { readonly reading: Reading; readonly text: () => string }>();

/**
 * Reads every seed of a folder.
 * @param known seeds that were read before
 * @param readings how files were read in earlier processes; takes those of these
 * @returns sorted by id, in code units
 * @throws {SeedError} when the folder or any file in it cannot be used, with one line for each bad file
 */
export async function loadSeeds(
  folder: string,
  known: readonly Seed[] = [],
  readings = Readings.none(),
): Promise<Seed[]> {
  const { files, problems } = await listSeedFiles(folder);
  const seeds: Seed[] = [];
  const before = new Map(known.map((seed) => [seed.path, seed]));
  const turn = createTurns();
  for (const file of files) {
    const sidecar = file.sidecar === null ? {} : attempt(folder, file.sidecar, readSidecar, problems);
    const read = () => readSeed(folder, file, sidecar ?? {}, { before, readings });
    const seed = attempt(folder, file.name, read, problems);
    if (seed) seeds.push(seed);
    await turn();
  }
  if (problems.length > 0) throw new SeedError(problems);
  return seeds;
}

/** The pairs of names for one thing that a seed's text gives itself. */
export function namesDefinedIn(seed: Seed): Reading['defined'] {
  return sourceOf.get(seed)?.reading.defined ?? definedNames(seed.text);
}

/** Runs `read`; what is wrong with the file is added to `problems`, and anything else travels. */
function attempt<Result>(
  folder: string,
  name: string,
  read: (folder: string, name: string) => Result,
  problems: SeedProblem[],
): Result | null {
  try {
    return read(folder, name);
  } catch (cause) {
    if (!(cause instanceof FileProblem)) throw cause;
    problems.push({ message: `${shown(folder, name)}: ${cause.message}`, cause: cause.cause ?? cause });
    return null;
  }
}

/** What was read before, by path in this process, by content in earlier ones. */
interface Before {
  readonly before: ReadonlyMap<string, Seed>;
  readonly readings: Readings;
}

function readSeed(folder: string, file: SeedFile, sidecar: Sidecar, { before, readings }: Before): Seed {
  const bytes = readWhole(folder, file.name, MAX_SEED_BYTES);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const path = seedPath(folder, file.name);
  const old = before.get(path);
  const unchanged = old?.digest === digest ? old : undefined;
  const source = unchanged && sourceOf.get(unchanged);
  const text = source?.text ?? textOf(bytes);
  const format = /\.txt$/i.test(file.name) ? 'text' : 'markdown';
  const key = `${format} ${digest}`;
  const reading = source?.reading ?? readings.get(key) ?? readText(text(), format);
  readings.set(key, reading);
  const seed: Seed = {
    id: file.id,
    path,
    get text() {
      return text();
    },
    digest,
    blocks: reading.blocks,
    title: sidecar.title ?? reading.title ?? firstWords(text, reading) ?? file.id,
    publisher: sidecar.publisher ?? reading.publisher,
    updated: sidecar.updated ?? reading.updated,
    url: sidecar.url ?? reading.url,
    aliases: sidecar.aliases ?? [],
    examples: sidecar.examples ?? [],
  };
  sourceOf.set(seed, { reading, text });
  return seed;
}

/** @throws {FileProblem} when there is nothing in it that could be quoted, or too much of it */
function readText(text: string, format: 'text' | 'markdown'): Reading {
  if (text.trim() === '') throw new FileProblem('an empty file; put the article in, or remove it');
  if (countPieces(text, MAX_SEED_LINES) > MAX_SEED_LINES) {
    throw new FileProblem(`more than ${MAX_SEED_LINES} lines and pictures; split it into smaller files`);
  }
  const parsed = parseSeedText(text, format);
  if (parsed.blocks.every(({ kind }) => kind === 'noise')) {
    throw new FileProblem('nothing in it that could be quoted; put the article in, or remove it');
  }
  return { ...parsed, defined: definedNames(text) };
}

function readSidecar(folder: string, name: string): Sidecar {
  const json = decode(readWhole(folder, name, MAX_SIDECAR_BYTES));
  try {
    return parseSidecar(json);
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new FileProblem(`not JSON; mend it (${printable(cause.message)})`, { cause });
    }
    if (cause instanceof RangeError) throw new FileProblem(`${cause.message}; mend it`, { cause });
    throw cause;
  }
}

/** @throws {FileProblem} when the bytes are no UTF-8 text; a byte order mark stays the first character */
function decode(bytes: Buffer): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) throw new FileProblem('UTF-16, not UTF-8; save it as UTF-8');
  if (bytes.includes(0)) {
    throw new FileProblem('a binary file (it has NUL bytes); save the article as plain UTF-8 text');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new FileProblem('not UTF-8; save it as UTF-8', { cause });
  }
}

/** Gives the text of a file; decoded when it is asked for, for of thousands of articles a question touches a few. */
function textOf(bytes: Buffer): () => string {
  let decoded: WeakRef<{ readonly text: string }> | undefined;
  return () => {
    const held = decoded?.deref() ?? { text: decode(bytes) };
    decoded = new WeakRef(held);
    return held.text;
  };
}

/** A label of whole words from the article's start, or null when its first word is already too long. */
function firstWords(text: () => string, { blocks }: ParsedSeed): string | null {
  const body = blocks.find(({ kind }) => kind === 'body') ?? blocks.find(({ kind }) => kind !== 'noise');
  if (!body) return null;
  const most = LONGEST_TITLE_FROM_BODY;
  const words = oneLine(text().slice(body.start, Math.min(body.end, body.start + most * 4)));
  if (words.length <= most) return endsSentence(words) ? words.replace(/\.$/, '') : words;
  const end = words.lastIndexOf(' ', most);
  return end > 0 ? words.slice(0, end) : null;
}
