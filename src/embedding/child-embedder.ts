import { randomBytes } from 'node:crypto';
import { OperatorError } from '../operator-error.ts';
import { batchesOf, checkLengths } from './batches.ts';
import type { Embedder, Embedding } from './embedder.ts';
import { ModelFailure, ModelProcess, type ModelProcessOptions } from './model-process.ts';
import { loadTokenCounter } from './transformers-embedder.ts';

/** Word pieces of one batch: how long a question may wait for work that is under way. */
const MAX_BATCH_TOKENS = 256;

/** A model that answers questions and, behind them, embeds an index. */
export interface Model {
  /** For questions. */
  readonly embedder: Embedder;
  /** The same model; each batch waits until no question does. */
  readonly background: Embedder;
  /** Of the process that runs now; undefined between the end of one and the start of the next. */
  readonly pid: number | undefined;
  close(): void;
}

/**
 * Runs the model in a process of its own: onnxruntime holds the event loop of the process that it runs in. What is in
 * hand when that process fails is tried once more in a new one, then refused.
 * @throws {OperatorError} when the model is missing, cannot be written, or does not load
 */
export async function startModel(options: ModelProcessOptions): Promise<Model> {
  const process = new ModelProcess(options);
  const { place, ...facts } = await process.start().catch((cause: unknown) => {
    if (!(cause instanceof ModelFailure)) throw cause;
    throw new OperatorError(`model: ${cause.message} while loading; run: npm run doctor`, { cause });
  });
  const countTokens = await loadTokenCounter(place);
  const queue = new Queue((texts) => embedTwice(process, texts, options.report));
  const embedderOf = (urgent: boolean): Embedder => ({
    ...facts,
    countTokens,
    async embed(texts) {
      const lengths = texts.map(countTokens);
      checkLengths(lengths, facts.maxTokens);
      const results: Embedding[] = new Array(texts.length);
      const embedBatch = async (batch: readonly number[]) => {
        const embeddings = await queue.add(
          batch.map((i) => texts[i] ?? ''),
          urgent,
        );
        for (const [k, embedding] of embeddings.entries()) results[batch[k] ?? 0] = embedding;
      };
      await Promise.all(batchesOf(lengths, MAX_BATCH_TOKENS).map(embedBatch));
      return results;
    },
  });
  return {
    embedder: embedderOf(true),
    background: embedderOf(false),
    get pid() {
      return process.pid;
    },
    close: () => process.close(),
  };
}

interface Job {
  readonly texts: readonly string[];
  readonly resolve: (embeddings: Embedding[]) => void;
  readonly reject: (error: unknown) => void;
}

/** One batch at a time, in order of arrival; what is urgent before what is not. */
class Queue {
  readonly #embed: (texts: readonly string[]) => Promise<Embedding[]>;
  readonly #urgent: Job[] = [];
  readonly #rest: Job[] = [];
  #busy = false;

  constructor(embed: (texts: readonly string[]) => Promise<Embedding[]>) {
    this.#embed = embed;
  }

  add(texts: readonly string[], urgent: boolean): Promise<Embedding[]> {
    return new Promise((resolve, reject) => {
      (urgent ? this.#urgent : this.#rest).push({ texts, resolve, reject });
      if (!this.#busy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let job = this.#next(); job !== undefined; job = this.#next()) {
      await this.#embed(job.texts).then(job.resolve, job.reject);
    }
    this.#busy = false;
  }

  #next(): Job | undefined {
    return this.#urgent.shift() ?? this.#rest.shift();
  }
}

/** @throws {OperatorError} in one sentence with an id that the log has too */
async function embedTwice(
  process: ModelProcess,
  texts: readonly string[],
  report: (line: string) => void,
): Promise<Embedding[]> {
  try {
    return await process.embed(texts);
  } catch (first) {
    if (!(first instanceof ModelFailure)) throw first;
    report(`model: ${first.message}; trying once more in a new process`);
  }
  try {
    return await process.embed(texts);
  } catch (second) {
    if (!(second instanceof ModelFailure)) throw second;
    const id = randomBytes(4).toString('hex');
    report(`model: ${second.message}, the second time in a row; given up (${id})`);
    throw new OperatorError(
      `the model failed twice over this (${id}); ask something else, or try again later`,
      {
        cause: second,
      },
    );
  }
}
