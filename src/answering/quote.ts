import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { OperatorError } from '../operator-error.ts';
import type { Block, Seed, Span } from '../seeds/seed.ts';
import type { Quote } from './answer.ts';

/**
 * Cuts a quote out of its seed: what is shown is `seed.text.slice(start, end)` and nothing else.
 * @param score 0 … 1
 */
export function quoteOf(
  seed: Seed,
  block: Block,
  span: Span,
  score: number,
  evidence: Quote['evidence'],
): Quote {
  return {
    text: seed.text.slice(span.start, span.end),
    seed: seed.id,
    path: seed.path,
    title: seed.title,
    publisher: seed.publisher,
    updated: seed.updated,
    url: seed.url,
    kind: block.kind,
    paragraph: block.paragraph,
    start: span.start,
    end: span.end,
    score,
    evidence,
  };
}

/** An article's file is not what was indexed; readers who must not see where it lies are told its title. */
export class UnquotableArticle extends OperatorError {
  override readonly name = 'UnquotableArticle';
  readonly title: string;

  constructor(message: string, { title }: Seed, cause?: unknown) {
    super(message, { cause });
    this.title = title;
  }
}

/** Holds what is shown to the files it comes from: of a file that was changed after it was indexed nothing is. */
export class FileCheck {
  readonly #seedsFolder: string;
  /** By seed id, the state of the files that were compared and found right. */
  readonly #known = new Map<string, string>();

  constructor(seedsFolder: string) {
    this.#seedsFolder = seedsFolder;
  }

  /**
   * At once, so that nothing comes between the check and the showing. A file is read only when its state is new.
   * @throws {OperatorError} when the file is gone or is not the one that was indexed
   */
  check(seed: Seed): void {
    const file = path.join(this.#seedsFolder, path.basename(seed.path));
    try {
      const { size, mtimeMs, ctimeMs, ino } = statSync(file);
      const state = `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
      if (this.#known.get(seed.id) === state) return;
      if (createHash('sha256').update(readFileSync(file)).digest('hex') !== seed.digest) {
        throw new UnquotableArticle(
          `${seed.path} has changed since it was indexed; run: npm run embed`,
          seed,
        );
      }
      this.#known.set(seed.id, state);
    } catch (error) {
      if (error instanceof OperatorError) throw error;
      const reason = (error as Error).message;
      throw new UnquotableArticle(
        `${seed.path} cannot be read (${reason}); restore it, or run: npm run embed`,
        seed,
        error,
      );
    }
  }
}
