import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** Raise this when older files cannot be read any more, or mean something else. */
export const FORMAT = 11;

const NAME = 'manifest.json';

const manifestShape = z.object({
  format: z.literal(FORMAT),
  builtAt: z.iso.datetime(),
  /** Embedder and chunk policy that made the vectors. */
  fingerprint: z.string(),
  chunkPolicy: z.number().int(),
  dimensions: z.number().int().positive(),
  seeds: z.array(z.object({ id: z.string(), digest: z.string(), sentences: z.number().int().nonnegative() })),
  counts: z.object({ sentences: z.number().int(), passages: z.number().int() }),
  /** The digest of each file, see `digestFile`. */
  files: z.record(z.string(), z.string()),
});

/** What a generation says of itself. */
export type Manifest = z.infer<typeof manifestShape>;

/** The generation in a folder cannot answer; the message goes on after its name: "is damaged: …", "has format 1, …". */
export class UnusableGeneration extends Error {
  override readonly name = 'UnusableGeneration';
}

/** Writes it under a checksum of its own. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const sealed = { ...manifest, checksum: sha256(JSON.stringify(manifest)) };
  await writeFile(path.join(folder, NAME), JSON.stringify(sealed, null, 1), { flush: true });
}

/** Reads only what a generation says of itself. @throws {UnusableGeneration} */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    const text = await readFile(path.join(folder, NAME), 'utf8');
    const { checksum, ...manifest } = JSON.parse(text) as Record<string, unknown>;
    const sealed = checksum === sha256(JSON.stringify(manifest));
    const { format } = manifest;
    // The first format had no checksum.
    if (format !== FORMAT && typeof format === 'number' && (sealed || checksum === undefined)) {
      throw new UnusableGeneration(
        `has format ${format}, as another version of liaison writes it; this one reads format ${FORMAT}`,
      );
    }
    if (!sealed) throw new Error('the manifest is not what was written');
    return manifestShape.parse(manifest);
  } catch (cause) {
    if (cause instanceof UnusableGeneration) throw cause;
    throw new UnusableGeneration(`is damaged: ${NAME} is missing or not what was written`, { cause });
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
