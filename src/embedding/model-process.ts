import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { OperatorError } from '../operator-error.ts';
import type { Embedding } from './embedder.ts';
import { faultIn, type Ready, type Reply, type Request, replyShape } from './model-protocol.ts';
import type { EmbedderOptions } from './transformers-embedder.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const LAUNCH = fileURLToPath(new URL('../launch.js', import.meta.url));
const ENTRY = fileURLToPath(new URL('./model-child.ts', import.meta.url));
/** A batch takes some 40 ms; a process that is silent for so long hangs. */
const PATIENCE_MS = 15_000;
/** While it loads, the process says every second that it does. */
const LOADING_PATIENCE_MS = 60_000;
/** Waits after the second start in a row that failed; twice as long after each further one, up to the longest. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

export interface ModelProcessOptions extends EmbedderOptions {
  /** For tests: another entry file that speaks the same protocol. */
  readonly entry?: string;
  /** All of its environment; empty by default, for the parent's holds Discord's token. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long a batch may take. */
  readonly patienceMs?: number;
  /** Milliseconds from any start. */
  readonly clock?: () => number;
}

/** The process ended, hung or answered nonsense; it is gone now. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
}

/** The process that holds the model: started when it is needed, ended as soon as it fails. */
export class ModelProcess {
  readonly #options: ModelProcessOptions;
  readonly #clock: () => number;
  #running: { readonly child: ChildProcess; readonly ready: Ready } | null = null;
  #starting: ChildProcess | null = null;
  /** What the first process said; a later one must say the same. */
  #first: Ready | null = null;
  #failedStarts = 0;
  #mayStartAt = Number.NEGATIVE_INFINITY;
  #lastId = 0;
  #closed = false;

  constructor(options: ModelProcessOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
  }

  /** Of the process that runs; undefined for none. */
  get pid(): number | undefined {
    return this.#running?.child.pid;
  }

  /**
   * Starts the process unless it runs.
   * @throws {OperatorError} when the operator must mend something, or the process failed to start again and again
   * @throws {ModelFailure} when this start failed
   */
  async start(): Promise<Ready> {
    if (this.#running !== null) return this.#running.ready;
    if (this.#closed) throw new OperatorError('the model is shut down; start liaison again');
    const waitMs = this.#mayStartAt - this.#clock();
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      throw new OperatorError(
        `the model does not start; it is tried again in ${seconds} s. See the log, or run: npm run doctor`,
      );
    }
    const child = this.#fork();
    this.#starting = child;
    try {
      const { model, modelsFolder } = this.#options;
      const ready = await this.#exchange(
        child,
        { load: { model, modelsFolder } },
        LOADING_PATIENCE_MS,
        readyOf,
      );
      this.#first ??= ready;
      if (ready.fingerprint !== this.#first.fingerprint || ready.dimensions !== this.#first.dimensions) {
        throw new OperatorError("the model's files have changed while liaison runs; start it again");
      }
      this.#running = { child, ready };
      this.#failedStarts = 0;
      return ready;
    } catch (error) {
      child.kill('SIGKILL');
      this.#failedStarts++;
      const waits = this.#failedStarts - 2;
      if (waits >= 0) {
        this.#mayStartAt = this.#clock() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** waits);
      }
      throw error;
    } finally {
      this.#starting = null;
    }
  }

  /**
   * Embeds a batch; one at a time.
   * @throws {ModelFailure | OperatorError} see `start`
   */
  async embed(texts: readonly string[]): Promise<Embedding[]> {
    // Without a pause where it runs: it is to have the texts before the caller goes on.
    const { dimensions } = this.#running?.ready ?? (await this.start());
    const child = this.#running?.child;
    if (child === undefined) throw new ModelFailure('its process ended as it was asked');
    const id = ++this.#lastId;
    try {
      return await this.#exchange(child, { id, texts }, this.#options.patienceMs ?? PATIENCE_MS, (reply) => {
        if (!('id' in reply) || reply.id !== id) return null;
        const fault = faultIn(reply.embeddings, texts.length, dimensions);
        if (fault !== null) throw new ModelFailure(`it answered ${fault}`);
        return reply.embeddings;
      });
    } catch (error) {
      this.#drop(child);
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    this.#starting?.kill('SIGKILL');
    if (this.#running !== null) this.#drop(this.#running.child);
  }

  #fork(): ChildProcess {
    const child = fork(LAUNCH, [this.#options.entry ?? ENTRY], {
      cwd: PROJECT,
      env: { ...this.#options.env },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // It is waited for by the timer of each exchange and by nothing else: an idle model keeps nobody up.
    child.unref();
    child.channel?.unref();
    // Told to whoever is waiting for it, if anybody is.
    child.on('error', () => undefined);
    child.on('exit', () => {
      if (this.#running?.child === child) this.#running = null;
    });
    return child;
  }

  #drop(child: ChildProcess): void {
    child.kill('SIGKILL');
    if (this.#running?.child === child) this.#running = null;
  }

  /**
   * Sends a request and waits for what answers it.
   * @param patienceMs how long the process may say nothing
   * @param read the answer in a reply, or null when it is none
   * @throws {ModelFailure | OperatorError}
   */
  #exchange<Answer>(
    child: ChildProcess,
    request: Request,
    patienceMs: number,
    read: (reply: Reply) => Answer | null,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const settle = (settled: () => void) => {
        clearTimeout(timer);
        child.off('message', hear).off('exit', ended).off('error', broke);
        settled();
      };
      const fail = (reason: string) => settle(() => reject(new ModelFailure(reason)));
      const ended = (status: number | null, signal: string | null) =>
        fail(`its process ended (${signal ?? `exit status ${status}`})`);
      const broke = (error: Error) => fail(`its process cannot be reached (${error.message})`);
      // An answer that came while this process was busy is heard first.
      const hung = () => setImmediate(() => fail(`its process said nothing for ${patienceMs / 1000} s`));
      const hear = (message: unknown) => {
        try {
          const { data: reply, error } = replyShape.safeParse(message);
          if (reply === undefined) throw new ModelFailure(`it answered ${error.issues[0]?.message}`);
          if ('failed' in reply)
            throw reply.expected ? new OperatorError(reply.failed) : new ModelFailure(reply.failed);
          if ('line' in reply) this.#options.report(reply.line);
          if ('line' in reply || 'loading' in reply) timer.refresh();
          const answer = read(reply);
          if (answer !== null) settle(() => resolve(answer));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const timer = setTimeout(hung, patienceMs);
      child.on('message', hear).on('exit', ended).on('error', broke);
      child.send(request, (error) => error && broke(error));
    });
  }
}

function readyOf(reply: Reply): Ready | null {
  return 'ready' in reply ? reply.ready : null;
}
