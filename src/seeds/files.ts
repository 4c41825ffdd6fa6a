import { type Dirent, lstatSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { printable, SeedError, type SeedProblem } from './seed-error.ts';

/** A seed's file, and its sidecar's name where it has one. */
export interface SeedFile {
  readonly id: string;
  readonly name: string;
  readonly sidecar: string | null;
}

const SEED_EXTENSION = /\.(?:txt|md|markdown)$/i;
const SIDECAR_EXTENSION = /\.json$/i;
const README = /^readme(?:\.|$)/i;
const LONGEST_ID = 100;
const SAFE_ID = /^[\p{L}\p{M}\p{N}._-]+$/u;

/** A problem with one file; caught by the loader, which collects them. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
}

/** How a file is named in messages: as the operator named the folder. */
export function shown(folder: string, name: string): string {
  return printable(join(folder, name));
}

/**
 * Finds the seeds of a folder and their sidecars; dotfiles, READMEs and other files are passed over.
 * @returns the good ones sorted by id, and what is wrong with the names of the others
 * @throws {SeedError} when there is no such folder, or nothing in it
 */
export async function listSeedFiles(folder: string): Promise<{ files: SeedFile[]; problems: SeedProblem[] }> {
  const entries = (await readFolder(folder)).filter(
    ({ name }) => !name.startsWith('.') && !README.test(name),
  );
  const seeds = entries.filter(({ name }) => SEED_EXTENSION.test(name)).map(({ name }) => name);
  const sidecars = entries.filter(({ name }) => SIDECAR_EXTENSION.test(name)).map(({ name }) => name);
  const byId = new Map<string, string[]>();
  for (const name of seeds.sort()) {
    const id = idOf(name).normalize('NFC');
    byId.set(id, [...(byId.get(id) ?? []), name]);
  }
  const problems: SeedProblem[] = [];
  const files: SeedFile[] = [];
  const sidecarOf = new Map(sidecars.toReversed().map((one) => [one.replace(SIDECAR_EXTENSION, ''), one]));
  for (const names of byId.values()) {
    const [name = ''] = names;
    const id = idOf(name);
    const message = nameProblem(folder, id, names);
    const sidecar = sidecarOf.get(id) ?? null;
    if (message) problems.push({ message });
    else files.push({ id, name, sidecar });
  }
  for (const sidecar of sidecars) {
    const id = sidecar.replace(SIDECAR_EXTENSION, '');
    if (byId.has(id.normalize('NFC'))) continue;
    const message = `${shown(folder, sidecar)}: a sidecar without its seed; put ${printable(id)}.txt or .md beside it, or remove it`;
    problems.push({ message });
  }
  if (files.length === 0 && problems.length === 0) {
    const message = `${printable(folder)}: no seeds in it; put an article in as a .txt or .md file (folders inside are not read)`;
    throw new SeedError([{ message }]);
  }
  return { files: files.sort((a, b) => (a.id < b.id ? -1 : 1)), problems };
}

function idOf(name: string): string {
  return name.replace(SEED_EXTENSION, '');
}

function nameProblem(folder: string, id: string, names: readonly string[]): string | null {
  if (names.length > 1) {
    const list = names.map((name) => printable(name)).join(', ');
    return `${printable(folder)}: ${list} would be one seed, "${printable(id)}"; rename or remove all but one`;
  }
  const place = shown(folder, names[0] ?? '');
  if (id.length > LONGEST_ID) {
    return `${place}: a name of ${id.length} characters; rename it to at most ${LONGEST_ID} before the extension`;
  }
  if (SAFE_ID.test(id)) return null;
  const better = id.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '') || 'article';
  return `${place}: a name with other characters than letters, digits, "-", "_" and "."; rename it, to ${better} for example`;
}

async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    const code = errorCode(cause);
    const place = printable(folder);
    const message =
      code === 'ENOENT'
        ? `${place}: no such folder; create it and put an article in as a .txt or .md file, or name another folder`
        : code === 'ENOTDIR'
          ? `${place}: a file, not a folder; name the folder that holds the seeds`
          : `${place}: cannot be read (${code}); allow reading it, or name another folder`;
    throw new SeedError([{ message, cause }]);
  }
}

/** `ENOENT`, `EACCES` …, or the error's own words. */
function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return printable(String(error));
}

/**
 * Reads a plain file whole, at once: of thousands of small files each would go round the event loop seven times.
 * @throws {FileProblem} when it leaves the folder, is no plain file, is unreadable, or larger than `mostBytes`
 */
export function readWhole(folder: string, name: string, mostBytes: number): Buffer {
  const file = join(folder, name);
  try {
    // A look before opening: opening a pipe would wait for ever.
    const state = lstatSync(file);
    const { size } = state.isSymbolicLink() ? statInside(folder, file) : plain(state);
    const bytes = size > mostBytes ? null : readFileSync(file);
    if (bytes !== null && bytes.length <= mostBytes) return bytes;
    throw new FileProblem(
      `${bytes?.length ?? size} bytes, and the limit is ${mostBytes}; split it into smaller files`,
    );
  } catch (cause) {
    if (cause instanceof FileProblem) throw cause;
    const code = errorCode(cause);
    const message =
      code === 'ENOENT'
        ? 'a link to nothing, or removed just now; remove it or mend the link'
        : `cannot be read (${code}); allow reading it (chmod), or remove it`;
    throw new FileProblem(message, { cause });
  }
}

/** What a link leads to. */
function statInside(folder: string, file: string): Stats {
  const root = realpathSync(folder);
  const target = realpathSync(file);
  if (!target.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw new FileProblem('a link that leaves the folder; copy the file itself here');
  }
  return plain(statSync(target));
}

function plain(state: Stats): Stats {
  if (!state.isFile()) throw new FileProblem('not a plain file; move it elsewhere');
  return state;
}

/** `seeds/a.txt` for a folder named `seeds`, wherever it lies. */
export function seedPath(folder: string, name: string): string {
  return `${basename(resolve(folder))}/${name}`;
}
