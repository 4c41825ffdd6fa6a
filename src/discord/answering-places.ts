import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { z } from 'zod';
import { OperatorError } from '../operator-error.ts';

const FILE_NAME = 'answering-places.json';
/** A writer that has not touched its lock for so long is dead. */
const STALE_LOCK_MS = 5000;
/** Longer than that, so that a dead writer is waited out. */
const LOCK_PATIENCE = { retries: 200, factor: 1, minTimeout: 20, maxTimeout: 50 };
/** Channels that one server may list. */
export const MAX_LISTED = 50;

const policy = z.object({
  mode: z.enum(['everywhere', 'listed', 'nowhere']),
  channels: z.array(z.string().regex(/^\d{1,20}$/)).max(MAX_LISTED),
});
const file = z.record(z.string().regex(/^\d{1,20}$/), policy);

/** Where a server wants mentions answered; `channels` counts when the mode is `listed`. */
export type Policy = z.infer<typeof policy>;

const EVERYWHERE: Policy = { mode: 'everywhere', channels: [] };

/**
 * Where the bot answers mentions, by server, kept in one small file in the index folder. Shards share the file; each
 * knows what it has set itself, and a server belongs to one of them.
 */
export class AnsweringPlaces {
  readonly #path: string;
  readonly #policies: Map<string, Policy>;
  #saving: Promise<void> = Promise.resolve();

  private constructor(filePath: string, policies: Map<string, Policy>) {
    this.#path = filePath;
    this.#policies = policies;
  }

  /** @throws {OperatorError} when the file is there but is not what this class writes */
  static async load(folder: string): Promise<AnsweringPlaces> {
    const filePath = path.join(folder, FILE_NAME);
    return new AnsweringPlaces(filePath, await readPolicies(filePath));
  }

  policyOf(server: string): Policy {
    return this.#policies.get(server) ?? EVERYWHERE;
  }

  /** Whether a mention is answered in a channel; a thread goes by its own id and its parent's. */
  answersIn(server: string | null, channelIds: readonly string[]): boolean {
    if (server === null) return true;
    const { mode, channels } = this.policyOf(server);
    return mode === 'everywhere' || (mode === 'listed' && channelIds.some((id) => channels.includes(id)));
  }

  /** Takes a policy and resolves once it is on disk. */
  async set(server: string, wanted: Policy): Promise<void> {
    this.#policies.set(server, wanted);
    const saved = this.#saving.then(() => this.#save(server, wanted));
    this.#saving = saved.catch(() => undefined);
    await saved;
  }

  async #save(server: string, wanted: Policy): Promise<void> {
    await mkdir(path.dirname(this.#path), { recursive: true });
    let lost = false;
    const onCompromised = () => {
      lost = true;
    };
    const release = await lock(this.#path, {
      realpath: false,
      onCompromised,
      stale: STALE_LOCK_MS,
      retries: LOCK_PATIENCE,
    });
    try {
      // Another shard may have set another server's meanwhile.
      const policies = await readPolicies(this.#path);
      await this.#write(policies.set(server, wanted), () => {
        if (lost) throw new OperatorError(`${this.#path} is written by another process; try again`);
      });
    } finally {
      if (!lost) await release();
    }
  }

  /** Writes beside, then renames, so that the file is whole at any instant. */
  async #write(policies: ReadonlyMap<string, Policy>, assertHeld: () => void): Promise<void> {
    const beside = `${this.#path}.${process.pid}.tmp`;
    const handle = await open(beside, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(Object.fromEntries(policies), null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    assertHeld();
    await rename(beside, this.#path);
  }
}

async function readPolicies(filePath: string): Promise<Map<string, Policy>> {
  let text: string;
  try {
    text = await readFile(filePath, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw new OperatorError(`${filePath} cannot be read (${(error as Error).message})`, { cause: error });
  }
  try {
    return new Map(Object.entries(file.parse(JSON.parse(text))));
  } catch (cause) {
    throw new OperatorError(`${filePath} is damaged; delete it, and set /channel again`, { cause });
  }
}
