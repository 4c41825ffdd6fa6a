import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AutoModel, AutoTokenizer, env } from '@xenova/transformers';
import { OperatorError } from '../operator-error.ts';
import { batchesByLength, checkLengths } from './batches.ts';
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

/** Where the files of a model lie. */
export interface ModelPlace {
  /** As transformers.js calls it: the folder's own name, or a hub id. */
  readonly name: string;
  /** The folder that holds the model, or null for a hub id, whose files are kept in `modelsFolder`. */
  readonly folder: string | null;
  readonly modelsFolder: string;
  /** Known already for a folder. */
  readonly digest: string | null;
}

/**
 * Loads a sentence-embedding model through transformers.js: mean pooling, unit length.
 * @throws {OperatorError} when the model is missing, cannot be written, or does not load
 */
export async function loadEmbedder(options: EmbedderOptions): Promise<Embedder> {
  return loadEmbedderFrom(await locateModel(options));
}

/** @throws {OperatorError} when the model does not load */
export async function loadEmbedderFrom(place: ModelPlace): Promise<Embedder> {
  return loading(place, async () => {
    const quantized = await isQuantized(place.folder);
    const tokenizer = (await AutoTokenizer.from_pretrained(place.name)) as unknown as Tokenizer;
    const model = (await AutoModel.from_pretrained(place.name, { quantized })) as unknown as Model;
    const digest = place.digest ?? (await digestModelFolder(path.join(place.modelsFolder, place.name)));
    return createEmbedder(tokenizer, model, `${digest}/${quantized ? 'int8' : 'fp32'}/mean`);
  });
}

/** Loads what counts word pieces, without the model. @throws {OperatorError} when it does not load */
export async function loadTokenCounter(place: ModelPlace): Promise<Embedder['countTokens']> {
  return loading(place, async () => {
    const tokenizer = (await AutoTokenizer.from_pretrained(place.name)) as unknown as Tokenizer;
    return (text) => tokenizer.encode(text).length;
  });
}

async function loading<Loaded>(
  { name, folder, modelsFolder }: ModelPlace,
  load: () => Promise<Loaded>,
): Promise<Loaded> {
  env.allowRemoteModels = folder === null;
  env.cacheDir = modelsFolder;
  if (folder !== null) env.localModelPath = path.dirname(folder);
  try {
    return await load();
  } catch (error) {
    const where = folder ?? `hub id ${name}`;
    const reason = String((error as Error).message).split('\n')[0];
    throw new OperatorError(`model: ${where} does not load (${reason}); mend EMBEDDING_MODEL or unset it`, {
      cause: error,
    });
  }
}

/**
 * Finds the model's files; writes those of the default model.
 * @throws {OperatorError} when the model is missing or cannot be written
 */
export async function locateModel(options: EmbedderOptions): Promise<ModelPlace> {
  const { model, modelsFolder } = options;
  if (model === DEFAULT_MODEL) {
    const { digest, folder } = await prepareDefaultModel(modelsFolder, options.report);
    return { name: path.basename(folder), folder, modelsFolder, digest };
  }
  if (await isFolder(model)) {
    const folder = path.resolve(model);
    return { name: path.basename(folder), folder, modelsFolder, digest: await digestModelFolder(folder) };
  }
  if (/^[\w.-]{1,96}\/[\w.-]{1,96}$/.test(model)) {
    options.report(`model: loading ${model} from the hub, or from ${modelsFolder}`);
    return { name: model, folder: null, modelsFolder, digest: null };
  }
  throw new OperatorError(
    `model: EMBEDDING_MODEL=${model} is neither a folder nor a hub id (owner/name); mend or unset it`,
  );
}

/** A folder of one's own may hold only the full or only the quantised graph; hub models come quantised. */
async function isQuantized(folder: string | null): Promise<boolean> {
  if (folder === null) return true;
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
      const lengths = ids.map(({ length }) => length);
      checkLengths(lengths, MAX_TOKENS);
      const results: Embedding[] = new Array(texts.length);
      for (const batch of batchesByLength(lengths, MAX_BATCH_TOKENS)) {
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
