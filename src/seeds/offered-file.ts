import { basename, extname } from 'node:path';
import { OperatorError } from '../operator-error.ts';
import { readPage } from './read-page.ts';
import { printable } from './seed-error.ts';
import type { Sidecar } from './sidecar.ts';
import { slugOf } from './slug.ts';

/** What somebody offers as an article: a file's name and bytes, both of unknown origin. */
export interface OfferedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Content type as the sender says, or null. */
  readonly type: string | null;
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
const KINDS = { '.txt': 'text', '.md': 'markdown', '.markdown': 'markdown', '.html': 'page', '.htm': 'page' };
const TYPES: Readonly<Record<string, (typeof KINDS)[keyof typeof KINDS]>> = {
  'text/plain': 'text',
  'text/markdown': 'markdown',
  'text/html': 'page',
  'application/xhtml+xml': 'page',
};
/** A page says how it is encoded within its first bytes, as HTML's standard asks. */
const PROLOGUE_BYTES = 1024;

/**
 * Makes an article of a file: a text as it is, a web page reduced to its article.
 * @throws {OperatorError} when it is of another kind, too large, or no article is in it
 */
export async function readOffered({ name, bytes, type }: OfferedFile): Promise<OfferedArticle> {
  const extension = extname(name).toLowerCase();
  const [mime = ''] = (type ?? '').toLowerCase().split(';');
  const kind = KINDS[extension as keyof typeof KINDS] ?? TYPES[mime.trim()];
  if (kind === undefined) {
    throw new OperatorError(`${printable(name)}: no article; send a .txt, .md or .html file`);
  }
  if (bytes.length > MAX_OFFERED_BYTES) throw tooLarge(printable(name));
  const stem = basename(name.replaceAll('\\', '/'), extname(name));
  if (kind !== 'page') {
    return { slug: slugOf(stem), extension: kind === 'text' ? '.txt' : '.md', bytes, sidecar: {} };
  }
  const { text, sidecar } = await readPage(decodePage(bytes, type));
  return { slug: null, extension: '.txt', bytes: Buffer.from(text), sidecar };
}

export function tooLarge(name: string): OperatorError {
  return new OperatorError(
    `${name}: larger than ${MAX_OFFERED_BYTES} bytes; split it, or send its text only`,
  );
}

/** @throws {OperatorError} when the bytes are not what the page says they are */
function decodePage(bytes: Buffer, type: string | null): string {
  const marked = bytes.subarray(0, 3);
  const bom = marked.equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 'utf-8' : undefined;
  const wide = { fffe: 'utf-16le', feff: 'utf-16be' }[marked.subarray(0, 2).toString('hex')];
  const prologue = bytes.subarray(0, PROLOGUE_BYTES).toString('latin1');
  const charset = /charset\s*=\s*["']?([\w.:-]{1,40})/i;
  const label = bom ?? wide ?? charset.exec(type ?? '')?.[1] ?? charset.exec(prologue)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new OperatorError(`the page is not ${printable(label)} text; save it as UTF-8`, { cause });
  }
}
