import type { Limits } from './limits.ts';
import type { OursAt } from './ours.ts';
import type { PeerAt } from './peers.ts';
import type { Spread } from './processes.ts';

/** What every system at every size is asked. */
export interface Questions {
  /** Asked before anything is measured; others than are measured, for an answer that is remembered takes no time. */
  readonly warmUp: readonly string[];
  readonly measured: readonly string[];
}

/** Passages a second, batch by batch of the same passages, one way after the other. */
export interface ModelSpeed {
  readonly ours: Spread;
  readonly plain: Spread;
  readonly ratio: Spread;
  /** Word pieces a second. */
  readonly oursTokens: number;
  /** Passages a second of peers that embed, each by itself; a sentence where one failed. */
  readonly peers: Readonly<Record<string, number | string>>;
}

/** Everything at one size, as far as it was measured. */
export interface SizeResult {
  readonly paragraphs: number;
  readonly ours: OursAt;
  /** By name; a sentence where a peer failed. */
  readonly peers: Readonly<Record<string, PeerAt | string>>;
}

export interface Results {
  readonly machine: string;
  /** `git describe` of the code; several when it changed between parts. */
  readonly code: string;
  /** The share of the machine that others used right before each part. */
  readonly busy: Readonly<Record<string, number>>;
  readonly limits?: Limits;
  readonly model?: ModelSpeed;
  /** Ascending. */
  readonly sizes: readonly SizeResult[];
}

/** Later results in place of earlier ones, part by part. */
export function merged(before: Results | undefined, now: Results): Results {
  if (before === undefined) return now;
  const sizes = new Map(before.sizes.map((at) => [at.paragraphs, at]));
  for (const at of now.sizes) {
    const known = sizes.get(at.paragraphs);
    const both = { ours: { ...known?.ours, ...at.ours }, peers: { ...known?.peers, ...at.peers } };
    sizes.set(at.paragraphs, { ...at, ...both });
  }
  return {
    ...before,
    ...now,
    code: [...new Set([...before.code.split(', '), now.code])].join(', '),
    busy: { ...before.busy, ...now.busy },
    sizes: [...sizes.values()].sort((a, b) => a.paragraphs - b.paragraphs),
  };
}
