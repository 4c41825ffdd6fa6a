/** A half-open range `[start, end)` of UTF-16 code units in a seed's decoded text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a block of a seed is. Noise is never quoted; everything else may be. */
export type BlockKind = 'headline' | 'dateline' | 'body' | 'caption' | 'credit' | 'noise';

/** One paragraph-like piece of a seed, trimmed of surrounding white space. */
export interface Block extends Span {
  readonly kind: BlockKind;
  /**
   * The number a reader sees after `¶`: 1, 2, 3 … over the blocks that are not noise, in file order.
   * A repeated block has the number of its first copy; noise has 0.
   */
  readonly paragraph: number;
  /** Whether an earlier block of the same seed has the same words; only the first copy is quoted. */
  readonly repeated: boolean;
  /** Depth of a headline: 1 for the article's own, 2 … 6 for section headings; 0 for other kinds. */
  readonly level: number;
}

/** What the file cannot say of itself; from the sidecar, or found in the text, else null. */
export interface SeedMetadata {
  readonly title: string;
  readonly publisher: string | null;
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, as exact as the source was. */
  readonly updated: string | null;
  readonly url: string | null;
  /** Groups of names for one thing, used for searching only. */
  readonly aliases: readonly (readonly string[])[];
  /** Questions that this seed answers; shown to people as examples. */
  readonly examples: readonly string[];
}

/** An article as the user gave it, and how it is read. */
export interface Seed extends SeedMetadata {
  /** The file's name without its extension; unique in a folder of seeds. */
  readonly id: string;
  /** Where the file lies, relative to the folder that holds the seeds' folder, with `/`: `seeds/a.txt`. */
  readonly path: string;
  /** The decoded text; a byte order mark, if any, is its first character. */
  readonly text: string;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly digest: string;
  /** Every non-blank character of `text` lies in exactly one block; blocks are in file order. */
  readonly blocks: readonly Block[];
}
