import type { Model } from '../embedding/child-embedder.ts';
import { remembering } from '../embedding/remembering.ts';
import { loadEmbedder } from '../embedding/transformers-embedder.ts';
import { type NamedGeneration, newestName, readNewest } from '../indexing/store.ts';
import { OperatorError } from '../operator-error.ts';
import { loadSeeds } from '../seeds/load.ts';
import type { Seed } from '../seeds/seed.ts';
import { dropHeld, publishHeld } from './held.ts';
import type { Rebuilt } from './last-run.ts';
import type { AskOptions, Library, LibraryOptions } from './library.ts';
import { libraryOver } from './library-over.ts';
import { type Opened, openGeneration } from './open-library.ts';
import { type RebuildHow, rebuild, seedsToBuild } from './rebuild.ts';
import { rollBack } from './roll-back.ts';
import { staleness } from './staleness.ts';

/** How soon what another process published answers here: a look at the names in a folder each time. */
const LOOK_EVERY_MS = 1000;

type Embedders = Pick<Model, 'embedder' | 'background'>;

/**
 * A library that goes with its index while it answers: rebuilt and rolled back from here or by another process.
 * Whatever happens to the index, `current` is swapped only for a whole one; a question that is in hand keeps its own.
 */
export class LiveLibrary implements Library {
  readonly #options: LibraryOptions;
  readonly #model: Embedders;
  readonly #swapped: (library: Library) => void;
  #current: Library;
  /** What `#current` is the library over. */
  #generation: NamedGeneration;
  /** A generation that was dealt with and does not answer. */
  #passedOver: string | undefined;
  /** What was last told to be wrong with the index; once is enough. */
  #told = '';
  #longestSwapMs = 0;
  /** The last of what is done to the index; one at a time. */
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    options: LibraryOptions,
    model: Embedders,
    { seeds, generation }: Opened,
    swapped: (library: Library) => void,
  ) {
    this.#options = options;
    this.#model = model;
    this.#generation = generation;
    this.#current = libraryOver(options, seeds, generation, model.embedder);
    this.#swapped = swapped;
  }

  /**
   * Opens the library as `openLibrary` does, and watches its index until `close`.
   * @param loaded the model; loaded in this process when it is not given
   * @param swapped takes the library that answers from then on
   * @throws {OperatorError} for what the operator can mend
   */
  static async open(
    options: LibraryOptions,
    loaded?: Embedders,
    swapped: (library: Library) => void = () => undefined,
  ): Promise<LiveLibrary> {
    const loading = Promise.resolve(loaded ?? loadHere(options)).then(({ embedder, background }) => {
      return { embedder: remembering(embedder), background };
    });
    const opened = await openGeneration(
      options,
      loading.then(({ embedder }) => embedder),
    );
    const live = new LiveLibrary(options, await loading, opened, swapped);
    live.#watch();
    return live;
  }

  /** How long it took at most to make the swapped library answer, all of it in one turn of the event loop. */
  get longestSwapMs(): number {
    return this.#longestSwapMs;
  }

  /** The library over the generation that answers now. */
  get current(): Library {
    return this.#current;
  }
  get seeds() {
    return this.#current.seeds;
  }
  get index() {
    return this.#current.index;
  }
  ask(question: string, options?: AskOptions) {
    return this.#current.ask(question, options);
  }
  find(phrase: string, options?: { readonly seed?: string; readonly limit?: number }) {
    return this.#current.find(phrase, options);
  }
  read(seed: string, paragraph: number, around?: number) {
    return this.#current.read(seed, paragraph, around);
  }
  verify(claim: string) {
    return this.#current.verify(claim);
  }

  /**
   * Brings the index up to date with the seeds while the old one answers, and goes on doing so unless the new one is
   * published.
   * @throws {OperatorError | SeedError} for what the operator can mend; the library stays as it was then
   */
  rebuild(how: RebuildHow): Promise<Rebuilt> {
    return this.#inTurn(async () => {
      const seeds = await seedsToBuild(this.#options, this.seeds);
      const { background } = this.#model;
      const { generation, rebuilt } = await rebuild(this.#options, seeds, background, how, this.#generation);
      const answers = rebuilt.outcome === 'published' || rebuilt.outcome === 'unchanged';
      if (answers && generation !== undefined) this.#answerFrom(generation, seeds);
      return rebuilt;
    });
  }

  /**
   * Lets the index answer that was held back because it answers golden questions worse.
   * @param builtAt which one
   * @returns its name, or undefined when it is gone or not of the articles as they are
   * @throws {OperatorError | SeedError} for what the operator can mend
   */
  publishHeld(builtAt: string): Promise<string | undefined> {
    return this.#inTurn(async () => {
      const seeds = await loadSeeds(this.#options.seedsFolder, this.seeds);
      const generation = await publishHeld(this.#options, seeds, this.#model.embedder, builtAt);
      if (generation !== undefined) this.#answerFrom(generation, seeds);
      return generation?.name;
    });
  }

  /** Lets that index go. @returns whether it was there */
  discardHeld(builtAt: string): Promise<boolean> {
    return this.#inTurn(() => dropHeld(this.#options, builtAt));
  }

  /**
   * Lets the generation before the one that answers answer, until a new one is built.
   * @returns its name
   * @throws {OperatorError | SeedError} when there is none, or it cannot answer for the articles as they are
   */
  rollback(): Promise<string> {
    return this.#inTurn(async () => {
      const { generation, seeds } = await rollBack(this.#options, this.#model.embedder);
      this.#answerFrom(generation, seeds);
      return generation.name;
    });
  }

  /** Takes up what another process did to the index; what cannot answer here is told once and passed over. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        const name = await newestName(this.#options.indexFolder);
        if (name === this.index.generation || name === this.#passedOver) return;
        this.#passedOver = name;
        await this.#takeUp();
      } catch (error) {
        const [reason = ''] = (error as Error).message.split('\n');
        if (reason === this.#told) return;
        this.#told = reason;
        this.#options.report(`${reason}; generation ${this.index.generation} goes on answering`);
      }
    });
  }

  async #takeUp(): Promise<void> {
    const { indexFolder, seedsFolder, report } = this.#options;
    const seeds = await loadSeeds(seedsFolder, this.seeds);
    const stored = await readNewest(indexFolder, report);
    if (stored?.name === this.index.generation) return;
    const reason = staleness(stored, seeds, this.#model.embedder);
    if (stored === undefined || reason !== undefined) {
      throw new OperatorError(
        `index: generation ${stored?.name ?? 'in memory'} cannot answer here: ${reason}`,
      );
    }
    this.#answerFrom(stored, seeds);
    report(`index: generation ${stored.name} answers now; another process has changed the index`);
  }

  /** Ends the watching. */
  close(): void {
    clearInterval(this.#timer);
  }

  #watch(): void {
    let looking = false;
    this.#timer = setInterval(async () => {
      if (looking) return;
      looking = true;
      await this.refresh();
      looking = false;
    }, LOOK_EVERY_MS).unref();
  }

  #answerFrom(generation: NamedGeneration, seeds: readonly Seed[]): void {
    const began = performance.now();
    const library = libraryOver(this.#options, seeds, generation, this.#model.embedder);
    this.#current = library;
    this.#generation = generation;
    this.#passedOver = undefined;
    this.#told = '';
    this.#swapped(library);
    this.#longestSwapMs = Math.max(this.#longestSwapMs, performance.now() - began);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

async function loadHere(options: LibraryOptions): Promise<Embedders> {
  const embedder = await loadEmbedder(options);
  return { embedder, background: embedder };
}
