import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AutoModel, AutoTokenizer, env } from '@xenova/transformers';
import { OperatorError } from '../operator-error.ts';
import type { Embedder, Embedding } from './embedder.ts';
import { DEFAULT_MODEL, digestModelFolder, prepareDefaultModel } from './model-files.ts';
import { meanPool, normaliseRows } from './pooling.ts';

/** Most word pieces of one text: what all-MiniLM-L6-v2 was trained with. */
const MAX_TOKENS = 256;
/** Word pieces of one forward pass, padding included: bounds memory and how long a question may wait. */
const MAX_BATCH_TOKENS = 2048;

export interface EmbedderOptions {
  /** `all-MiniLM-L6-v2`, a folder, or a hub id such as `owner/name`, which is downloaded when not there yet. */
  readonly model: string;
  /** Where models are kept. */
  readonly modelsFolder: string;
  /** Takes a line whenever something takes more than a moment. */
  readonly report: (line: string) => void;
}

interface Encoded {
  readonly input_ids: { readonly dims: readonly number[] };
  readonly attention_mask: unknown;
}
interface Tokenizer {
  (texts: string[], options: { padding: boolean; truncation: boolean }): Encoded;
  encode(text: string): number[];
  readonly model: { convert_ids_to_tokens(ids: number[]): string[] };
}
type Model = (inputs: Encoded) => Promise<{
  readonly last_hidden_state: { readonly data: Float32Array; readonly dims: readonly number[] };
}>;

/**
 * Loads a sentence-embedding model through transformers.js: mean pooling, unit length.
 * @throws {OperatorError} when the model is missing, cannot be written, or does not load
 */
export async function loadEmbedder(options: EmbedderOptions): Promise<Embedder> {
  const { digest, localFolder } = await locate(options);
  const name = localFolder === undefined ? options.model : path.basename(localFolder);
  env.allowRemoteModels = localFolder === undefined;
  env.cacheDir = options.modelsFolder;
  if (localFolder !== undefined) env.localModelPath = path.dirname(localFolder);
  try {
    const quantized = await isQuantized(localFolder);
    const tokenizer = (await AutoTokenizer.from_pretrained(name)) as unknown as Tokenizer;
    const model = (await AutoModel.from_pretrained(name, { quantized })) as unknown as Model;
    const modelDigest = digest ?? (await digestModelFolder(path.join(options.modelsFolder, name)));
    return await createEmbedder(tokenizer, model, `${modelDigest}/${quantized ? 'int8' : 'fp32'}/mean`);
  } catch (error) {
    const where = localFolder ?? `hub id ${options.model}`;
    const reason = String((error as Error).message).split('\n')[0];
    throw new OperatorError(`model: ${where} does not load (${reason}); mend EMBEDDING_MODEL or unset it`, {
      cause: error,
    });
  }
}

async function locate(options: EmbedderOptions): Promise<{ digest?: string; localFolder?: string }> {
  if (options.model === DEFAULT_MODEL) {
    const { digest, folder } = await prepareDefaultModel(options.modelsFolder, options.report);
    return { digest, localFolder: folder };
  }
  if (await isFolder(options.model)) {
    const localFolder = path.resolve(options.model);
    return { digest: await digestModelFolder(localFolder), localFolder };
  }
  if (/^[\w.-]{1,96}\/[\w.-]{1,96}$/.test(options.model)) {
    options.report(`model: loading ${options.model} from the hub, or from ${options.modelsFolder}`);
    return {};
  }
  throw new OperatorError(
    `model: EMBEDDING_MODEL=${options.model} is neither a folder nor a hub id (owner/name); mend or unset it`,
  );
}

/** A folder of one's own may hold only the full or only the quantised graph; hub models come quantised. */
async function isQuantized(folder: string | undefined): Promise<boolean> {
  if (folder === undefined) return true;
  return !(await stat(path.join(folder, 'onnx', 'model.onnx')).then(
    () => true,
    () => false,
  ));
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function createEmbedder(tokenizer: Tokenizer, model: Model, fingerprint: string): Promise<Embedder> {
  const encode = (text: string) => tokenizer.encode(text);
  const embedBatch = async (texts: readonly string[], ids: readonly number[][]): Promise<Embedding[]> => {
    const { last_hidden_state: hidden } = await model(
      tokenizer([...texts], { padding: true, truncation: false }),
    );
    const [, sequence = 0, dimensions = 0] = hidden.dims;
    return ids.map((row, i) => {
      const offset = i * sequence * dimensions;
      const rows = hidden.data.subarray(offset, offset + row.length * dimensions);
      const inner = rows.slice(dimensions, (row.length - 1) * dimensions);
      return {
        vector: meanPool(rows, dimensions),
        tokenVectors: normaliseRows(inner, dimensions),
        pieces: tokenizer.model.convert_ids_to_tokens(row.slice(1, -1)),
      };
    });
  };
  const probe = await embedBatch(['a'], [encode('a')]);
  return {
    fingerprint,
    dimensions: probe[0]?.vector.length ?? 0,
    maxTokens: MAX_TOKENS,
    countTokens: (text) => encode(text).length,
    async embed(texts) {
      const ids = texts.map(encode);
      ids.forEach((row, i) => {
        if (row.length > MAX_TOKENS) {
          throw new RangeError(`text ${i} has ${row.length} word pieces, more than ${MAX_TOKENS}`);
        }
      });
      const results: Embedding[] = new Array(texts.length);
      for (const batch of batchesByLength(ids)) {
        const embeddings = await embedBatch(
          batch.map((i) => texts[i] ?? ''),
          batch.map((i) => ids[i] ?? []),
        );
        batch.forEach((i, k) => {
          const embedding = embeddings[k];
          if (embedding !== undefined) results[i] = embedding;
        });
      }
      return results;
    },
  };
}

/** Groups texts of like length, so that little of a batch is padding. */
function batchesByLength(ids: readonly (readonly number[])[]): number[][] {
  const length = (i: number) => ids[i]?.length ?? 0;
  const order = ids.map((_, i) => i).sort((a, b) => length(a) - length(b));
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const i of order) {
    if (batch.length > 0 && (batch.length + 1) * length(i) > MAX_BATCH_TOKENS) {
      batches.push(batch);
      batch = [];
    }
    batch.push(i);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
