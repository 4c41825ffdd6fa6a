import { basename, extname } from 'node:path';
import { readPage } from './read-page.ts';
import { SeedRefusal } from './seed-refusal.ts';
import type { Sidecar } from './sidecar.ts';
import { slugOf } from './slug.ts';

/** What somebody offers as an article; name and bytes are of unknown origin. */
export interface OfferedFile {
  /** Null for a text that is no file. */
  readonly name: string | null;
  readonly bytes: Buffer;
  /** Content type as the sender says, or null. */
  readonly type: string | null;
  /** Where it was fetched from, if that is where a reader would find it. */
  readonly address?: string;
}

/** An article that may become a seed. */
export interface OfferedArticle {
  /** What to call it, if that is free; null where its title should say. */
  readonly slug: string | null;
  readonly extension: '.txt' | '.md';
  readonly bytes: Buffer;
  readonly sidecar: Sidecar;
}

/** 2 MiB: a long book. What is larger can be put into the folder by hand. */
export const MAX_OFFERED_BYTES = 2 * 1024 * 1024;
type Kind = 'text' | 'markdown' | 'page';
const KINDS = new Map<string, Kind>([
  ['.txt', 'text'],
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.html', 'page'],
  ['.htm', 'page'],
  ['.xhtml', 'page'],
]);
/** Plain text is missing: many servers call everything so, and then the name says more. */
const TYPES = new Map<string, Kind>([
  ['text/markdown', 'markdown'],
  ['text/html', 'page'],
  ['application/xhtml+xml', 'page'],
]);
/** A page says how it is encoded within its first bytes, as HTML's standard asks. */
const PROLOGUE_BYTES = 1024;

/**
 * Makes an article of a file: a text as it is, a web page reduced to its article.
 * @throws {SeedRefusal} when it is of another kind, too large, or no article is in it
 */
export async function readOffered({ name, bytes, type, address }: OfferedFile): Promise<OfferedArticle> {
  const kind = kindOf(name, type);
  const called = [name ?? 'text'];
  if (kind === undefined) throw new SeedRefusal('kind', called);
  if (bytes.length > MAX_OFFERED_BYTES) throw new SeedRefusal('tooLarge', called);
  const from = address === undefined ? {} : { url: address };
  if (kind === 'page') {
    const { text, sidecar } = await readPage(decodePage(bytes, type));
    return { slug: null, extension: '.txt', bytes: Buffer.from(text), sidecar: { ...sidecar, ...from } };
  }
  const slug = name === null ? null : slugOf(basename(name.replaceAll('\\', '/'), extname(name)));
  return { slug, extension: kind === 'text' ? '.txt' : '.md', bytes, sidecar: from };
}

function kindOf(name: string | null, type: string | null): Kind | undefined {
  const [mime = ''] = (type ?? '').toLowerCase().split(';');
  const told = TYPES.get(mime.trim()) ?? KINDS.get(extname(name ?? '').toLowerCase());
  return told ?? (mime.trim() === 'text/plain' ? 'text' : undefined);
}

/**
 * In the encoding that its first bytes, its sender or the page itself names; in the first of them that fits.
 * @throws {SeedRefusal} when none does
 */
export function decodePage(bytes: Buffer, type: string | null): string {
  const wide = { fffe: 'utf-16le', feff: 'utf-16be' }[bytes.subarray(0, 2).toString('hex')];
  const prologue = bytes.subarray(0, PROLOGUE_BYTES).toString('latin1');
  const charset = /charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i;
  const told = [wide, charset.exec(type ?? '')?.[1], charset.exec(prologue)?.[1]];
  const labels = [...told.filter((label) => label !== undefined), 'utf-8'];
  for (const label of labels) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // Unknown, or the bytes are not in it.
    }
  }
  throw new SeedRefusal('encoding', labels.slice(0, 1));
}
