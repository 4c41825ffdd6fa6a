import type { Answer } from '../answering/answer.ts';

/** Places remembered at a time. */
const MAX_PLACES = 1000;

/** Which seed was asked about last in a channel, in memory only; `/read` takes it when none is named. */
export class LastSeeds {
  readonly #byChannel = new Map<string, string>();

  note(channelId: string | null, { outcome, quotes }: Answer): void {
    const [first] = quotes;
    if (channelId === null || first === undefined || outcome === 'not-in-sources') return;
    this.#byChannel.delete(channelId);
    this.#byChannel.set(channelId, first.seed);
    const [oldest] = this.#byChannel.keys();
    if (this.#byChannel.size > MAX_PLACES && oldest !== undefined) this.#byChannel.delete(oldest);
  }

  /** Id of the seed, or undefined. */
  of(channelId: string | null): string | undefined {
    return channelId === null ? undefined : this.#byChannel.get(channelId);
  }
}
