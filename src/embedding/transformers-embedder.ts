import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AutoModel, AutoTokenizer, BertModel, BertTokenizer, env, Tensor } from '@xenova/transformers';
import onnxruntime from 'onnxruntime-node';
import { OperatorError } from '../operator-error.ts';
import { checkLengths } from './batches.ts';
import type { Embedder, Embedding } from './embedder.ts';
import { digestModelFolder, isWritten, prepareModel, WRITTEN } from './model-files.ts';
import { meanPool, normaliseRows } from './pooling.ts';

/** Most word pieces of one text: what all-MiniLM-L6-v2 was trained with. */
const MAX_TOKENS = 256;
/** Up to so many word pieces one core is hardly slower than two, for half of the processor time (docs/performance.md). */
const ONE_CORE_TOKENS = 128;

export interface EmbedderOptions {
  /** `all-MiniLM-L6-v2`, `all-MiniLM-L6-v2-fp32`, a folder, or a hub id such as `owner/name`, which is downloaded when not there yet. */
  readonly model: string;
  /** Where models are kept. */
  readonly modelsFolder: string;
  /** Takes a line whenever something takes more than a moment. */
  readonly report: (line: string) => void;
}

interface Tokenizer {
  encode(text: string): number[];
  readonly model: { convert_ids_to_tokens(ids: readonly number[]): string[] };
}
type Model = (inputs: Readonly<Record<string, Tensor>>) => Promise<{
  /** 1 × word pieces × dimensions. */
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
    const tokenizer = await loadTokenizer(place);
    const written = writtenFolder(place);
    const model =
      written === null
        ? ((await AutoModel.from_pretrained(place.name, { quantized })) as unknown as Model)
        : await loadWritten(written, place.name);
    const digest = place.digest ?? (await digestModelFolder(path.join(place.modelsFolder, place.name)));
    return createEmbedder(tokenizer, model, `${digest}/${quantized ? 'int8' : 'fp32'}/mean`);
  });
}

/** Loads what counts word pieces, without the model. @throws {OperatorError} when it does not load */
export async function loadTokenCounter(place: ModelPlace): Promise<Embedder['countTokens']> {
  return loading(place, async () => {
    const encode = encoding(await loadTokenizer(place));
    return (text) => encode(text).length;
  });
}

/** The folder of a model that is written here: what it is need not be found out. */
function writtenFolder({ name, folder, modelsFolder }: ModelPlace): string | null {
  return isWritten(name) && folder === path.join(modelsFolder, name) ? folder : null;
}

async function loadTokenizer(place: ModelPlace): Promise<Tokenizer> {
  const written = writtenFolder(place);
  const tokenizer = await (written === null
    ? AutoTokenizer.from_pretrained(place.name)
    : readJson(written, 'tokenizer.json').then(
        async (json) => new BertTokenizer(json, await readJson(written, 'tokenizer_config.json')),
      ));
  return tokenizer as unknown as Tokenizer;
}

/**
 * From its file: of what transformers.js reads itself a copy stays in memory, and every text goes through on all cores.
 * Here a long one does; both ways give the same numbers.
 */
async function loadWritten(folder: string, name: string): Promise<Model> {
  const config = await readJson(folder, 'config.json');
  const file = path.join(folder, WRITTEN[name]?.file ?? '');
  const load = async (options: object) =>
    new BertModel(config, await onnxruntime.InferenceSession.create(file, options)) as unknown as Model;
  const onOneCore = await load({ intraOpNumThreads: 1 });
  let onAllCores: Promise<Model> | undefined;
  return async (inputs) => {
    if ((inputs.input_ids?.dims.at(-1) ?? 0) <= ONE_CORE_TOKENS) return onOneCore(inputs);
    onAllCores ??= load({});
    return (await onAllCores)(inputs);
  };
}

async function readJson(folder: string, name: string): Promise<object> {
  return JSON.parse(await readFile(path.join(folder, name), 'utf8')) as object;
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
 * Finds the model's files; writes those that come from the weights' package.
 * @throws {OperatorError} when the model is missing or cannot be written
 */
export async function locateModel(options: EmbedderOptions): Promise<ModelPlace> {
  const { model, modelsFolder } = options;
  if (isWritten(model)) {
    const { digest, folder } = await prepareModel(model, modelsFolder, options.report);
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

/** Cuts a text once when it is asked for again at once: a question's pieces are counted before it is embedded. */
function encoding(tokenizer: Tokenizer): (text: string) => readonly number[] {
  let last: { readonly text: string; readonly ids: readonly number[] } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, ids: tokenizer.encode(text) };
    return last.ids;
  };
}

/**
 * Each text goes through the model by itself. That is faster here than any batch, whose numbers do not stay in the
 * processor's caches (docs/performance.md), and a text has the same vector whatever is embedded with it: an int8 graph
 * rounds what it multiplies by with one scale for the whole batch.
 */
async function createEmbedder(tokenizer: Tokenizer, model: Model, fingerprint: string): Promise<Embedder> {
  const encode = encoding(tokenizer);
  const embedOne = async (ids: readonly number[]): Promise<Embedding> => {
    const { last_hidden_state: hidden } = await model(inputsOf(ids));
    const dimensions = hidden.dims.at(-1) ?? 0;
    return {
      vector: meanPool(hidden.data, dimensions),
      tokenVectors: normaliseRows(hidden.data.slice(dimensions, -dimensions), dimensions),
      pieces: tokenizer.model.convert_ids_to_tokens(ids.slice(1, -1)),
    };
  };
  const probe = await embedOne(encode('a'));
  return {
    fingerprint,
    dimensions: probe.vector.length,
    maxTokens: MAX_TOKENS,
    countTokens: (text) => encode(text).length,
    async embed(texts) {
      const ids = texts.map(encode);
      checkLengths(
        ids.map(({ length }) => length),
        MAX_TOKENS,
      );
      const results: Embedding[] = [];
      for (const one of ids) results.push(await embedOne(one));
      return results;
    },
  };
}

function inputsOf(ids: readonly number[]): Readonly<Record<string, Tensor>> {
  const shape = [1, ids.length];
  return {
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
  };
}
