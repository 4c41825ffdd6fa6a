import type { IndexReport } from '../indexing/build.ts';
import type { Seed } from '../seeds/seed.ts';
import type { Answer, Quote } from './answer.ts';
import type { Verdict } from './verify.ts';

/** What a question was about before: the follow-up's context. */
export interface Exchange {
  readonly question: string;
  /** The first quote that was given, or null. */
  readonly quote: string | null;
}

export interface AskOptions {
  /** Id of the only seed to look into. */
  readonly seed?: string;
  /** Most quotes, 1 … 10; 3 by default. */
  readonly limit?: number;
  /** The question may lean on this one ("How often do they meet?"). */
  readonly previous?: Exchange;
}

/** A phrase looked up: where it stands word for word, then what is near in meaning. */
export interface Found {
  readonly phrase: string;
  /** How often it stands in the seeds. */
  readonly count: number;
  /** The first places, in order of seed and offset; the whole sentence of each. */
  readonly exact: readonly Quote[];
  /** Other sentences, nearest in meaning first. */
  readonly byMeaning: readonly Quote[];
}

/** A paragraph as it stands in its seed, ready to be shown. */
export interface Paragraph {
  readonly seed: Seed;
  readonly paragraph: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The seeds and the index that answers for them. Each method throws `OperatorError` when a seed's file is not what
 * was indexed (the message says what to run), or an unknown seed is named.
 */
export interface Library {
  /** In order of id. */
  readonly seeds: readonly Seed[];
  readonly index: {
    /** Name of the generation that answers. */
    readonly generation: string;
    /** ISO 8601, UTC. */
    readonly builtAt: string;
    readonly sentences: number;
    readonly passages: number;
    readonly model: string;
    /** Sentences by seed id. */
    readonly sentencesBySeed: ReadonlyMap<string, number>;
  };
  ask(question: string, options?: AskOptions): Promise<Answer>;
  find(phrase: string, options?: { readonly seed?: string; readonly limit?: number }): Promise<Found>;
  /** Paragraphs `paragraph − around … paragraph + around`, as far as there are any; empty when there is none. */
  read(seed: string, paragraph: number, around?: number): Paragraph[];
  verify(claim: string): Verdict;
}

/** Where things are and which model to use. */
export interface LibraryOptions {
  readonly seedsFolder: string;
  readonly indexFolder: string;
  readonly modelsFolder: string;
  readonly model: string;
  /** Holds `ID.json` with questions of the article `ID`; looked into when an index is built. */
  readonly questionsFolder?: string | undefined;
  /** Takes progress: a line for a log, and how far (0 … 1) when that is known. */
  readonly report: (line: string, part?: number) => void;
}

export type { IndexReport };
