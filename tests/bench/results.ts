import type { Limits } from './limits.ts';
import type { OursAt } from './ours.ts';
import type { PeerResult } from './peers.ts';
import type { Spread } from './processes.ts';

/** Passages a second, and how many times as many ours are, batch by batch, ascending. */
export interface Embedding {
  readonly ours: Spread;
  readonly plain: Spread;
  readonly ratios: readonly number[];
}

/** Everything at one size. */
export interface SizeResult {
  readonly ours: OursAt;
  /** By name; a sentence where a peer failed. */
  readonly peers: Record<string, PeerResult | string>;
}

export interface Results {
  readonly machine: string;
  readonly limits: Limits;
  readonly embedding: Embedding;
  readonly sizes: SizeResult[];
}
