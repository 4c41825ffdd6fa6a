import { open } from 'node:fs/promises';

/** Pieces are read and digested beside one another, on other threads than the event loop's. */
const PIECE_BYTES = 4 * 1024 * 1024;
const PIECES_AT_ONCE = 4;

/** Digests of a file. */
export interface FileDigest {
  /** Of all of it, in hexadecimal. */
  readonly whole: string;
  /** Of its first bytes, as many as were asked for. */
  readonly prefix: string;
}

/**
 * Digests a file: SHA-256 over the SHA-256 of its pieces of 4 MiB. Some are hundreds of megabytes; this way they are
 * digested on every core, and the event loop goes on meanwhile.
 * @param prefixBytes of how much of its beginning the digest is wanted too
 */
export async function digestFile(file: string, prefixBytes = 0): Promise<FileDigest> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const digestOf = async (start: number, end: number): Promise<ArrayBuffer> => {
      const bytes = Buffer.allocUnsafe(end - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      if (bytesRead < bytes.length) throw new Error(`${file} is shorter than it was`);
      return sha256(bytes);
    };
    const starts = Array.from({ length: Math.ceil(size / PIECE_BYTES) }, (_, i) => i * PIECE_BYTES);
    const pieces: ArrayBuffer[] = [];
    for (let i = 0; i < starts.length; i += PIECES_AT_ONCE) {
      const some = starts.slice(i, i + PIECES_AT_ONCE);
      pieces.push(
        ...(await Promise.all(some.map((start) => digestOf(start, Math.min(size, start + PIECE_BYTES))))),
      );
    }
    const cut = Math.floor(Math.min(prefixBytes, size) / PIECE_BYTES);
    const rest = Math.min(prefixBytes, size) - cut * PIECE_BYTES;
    const last = rest > 0 ? [await digestOf(cut * PIECE_BYTES, cut * PIECE_BYTES + rest)] : [];
    return { whole: await join(pieces), prefix: await join([...pieces.slice(0, cut), ...last]) };
  } finally {
    await handle.close();
  }
}

/** The digest that a file of these bytes has. */
export async function digestBytes(bytes: Uint8Array): Promise<string> {
  const pieces: ArrayBuffer[] = [];
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    pieces.push(await sha256(bytes.subarray(start, start + PIECE_BYTES)));
  }
  return join(pieces);
}

function sha256(bytes: Uint8Array): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
}

async function join(pieces: readonly ArrayBuffer[]): Promise<string> {
  return Buffer.from(await sha256(Buffer.concat(pieces.map((piece) => Buffer.from(piece))))).toString('hex');
}
