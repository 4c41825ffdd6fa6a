import { createHash } from 'node:crypto';
import { FileProblem, listSeedFiles, readWhole, type SeedFile, seedPath, shown } from './files.ts';
import { countPieces, endsSentence, oneLine } from './lines.ts';
import { type ParsedSeed, parseSeedText } from './parse.ts';
import type { Seed } from './seed.ts';
import { printable, SeedError, type SeedProblem } from './seed-error.ts';
import { parseSidecar, type Sidecar } from './sidecar.ts';

export { SeedError } from './seed-error.ts';

/** 8 MiB. */
export const MAX_SEED_BYTES = 8 * 1024 * 1024;
/** Blank lines and Markdown's pictures included. Each costs some hundred bytes while it is read; a book has ten thousand. */
export const MAX_SEED_LINES = 200_000;
const MAX_SIDECAR_BYTES = 1024 * 1024;
const LONGEST_TITLE_FROM_BODY = 80;

/** How each seed was parsed: one whose file did not change since is not parsed again. */
const parsedSeeds = new WeakMap<Seed, ParsedSeed>();

/**
 * Reads every seed of a folder.
 * @param known seeds that were read before
 * @returns sorted by id, in code units
 * @throws {SeedError} when the folder or any file in it cannot be used, with one line for each bad file
 */
export async function loadSeeds(folder: string, known: readonly Seed[] = []): Promise<Seed[]> {
  const { files, problems } = await listSeedFiles(folder);
  const seeds: Seed[] = [];
  const byPath = new Map(known.map((seed) => [seed.path, seed]));
  for (const file of files) {
    const sidecar = file.sidecar === null ? {} : await attempt(folder, file.sidecar, readSidecar, problems);
    const seed = await attempt(
      folder,
      file.name,
      () => readSeed(folder, file, sidecar ?? {}, byPath),
      problems,
    );
    if (seed) seeds.push(seed);
  }
  if (problems.length > 0) throw new SeedError(problems);
  return seeds;
}

/** Runs `read`; what is wrong with the file is added to `problems`, and anything else travels. */
async function attempt<Result>(
  folder: string,
  name: string,
  read: (folder: string, name: string) => Promise<Result>,
  problems: SeedProblem[],
): Promise<Result | null> {
  try {
    return await read(folder, name);
  } catch (cause) {
    if (!(cause instanceof FileProblem)) throw cause;
    problems.push({ message: `${shown(folder, name)}: ${cause.message}`, cause: cause.cause ?? cause });
    return null;
  }
}

async function readSeed(
  folder: string,
  file: SeedFile,
  sidecar: Sidecar,
  known: ReadonlyMap<string, Seed>,
): Promise<Seed> {
  const bytes = await readWhole(folder, file.name, MAX_SEED_BYTES);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const path = seedPath(folder, file.name);
  const before = known.get(path);
  const unchanged = before?.digest === digest ? before : undefined;
  const text = unchanged?.text ?? decode(bytes);
  if (text.trim() === '') throw new FileProblem('an empty file; put the article in, or remove it');
  if (unchanged === undefined && countPieces(text, MAX_SEED_LINES) > MAX_SEED_LINES) {
    throw new FileProblem(`more than ${MAX_SEED_LINES} lines and pictures; split it into smaller files`);
  }
  const parsed =
    (unchanged && parsedSeeds.get(unchanged)) ??
    parseSeedText(text, /\.txt$/i.test(file.name) ? 'text' : 'markdown');
  if (parsed.blocks.every(({ kind }) => kind === 'noise')) {
    throw new FileProblem('nothing in it that could be quoted; put the article in, or remove it');
  }
  const seed: Seed = {
    id: file.id,
    path,
    text,
    digest,
    blocks: parsed.blocks,
    title: sidecar.title ?? parsed.title ?? firstWords(text, parsed) ?? file.id,
    publisher: sidecar.publisher ?? parsed.publisher,
    updated: sidecar.updated ?? parsed.updated,
    url: sidecar.url ?? parsed.url,
    aliases: sidecar.aliases ?? [],
    examples: sidecar.examples ?? [],
  };
  parsedSeeds.set(seed, parsed);
  return seed;
}

async function readSidecar(folder: string, name: string): Promise<Sidecar> {
  const json = decode(await readWhole(folder, name, MAX_SIDECAR_BYTES));
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

/** A label of whole words from the article's start, or null when its first word is already too long. */
function firstWords(text: string, { blocks }: ParsedSeed): string | null {
  const body = blocks.find(({ kind }) => kind === 'body') ?? blocks.find(({ kind }) => kind !== 'noise');
  if (!body) return null;
  const most = LONGEST_TITLE_FROM_BODY;
  const words = oneLine(text.slice(body.start, Math.min(body.end, body.start + most * 4)));
  if (words.length <= most) return endsSentence(words) ? words.replace(/\.$/, '') : words;
  const end = words.lastIndexOf(' ', most);
  return end > 0 ? words.slice(0, end) : null;
}
