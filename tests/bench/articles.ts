import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { OperatorError } from '../../src/operator-error.ts';

export const SQUAD = fileURLToPath(new URL('../../../shared/data/squad2/articles.json', import.meta.url));
export const PARAGRAPHS_AN_ARTICLE = 20;
const WORDS_ASKED = 6;

interface SquadFile {
  readonly data: readonly {
    readonly paragraphs: readonly {
      readonly context: string;
      readonly qas: readonly { readonly question: string }[];
    }[];
  }[];
}

/** SQuAD's paragraphs, and what is asked about them. */
export interface Squad {
  readonly paragraphs: readonly string[];
  readonly questions: readonly string[];
}

/** @throws {OperatorError} when the file is not there */
export async function readSquad(file: string): Promise<Squad> {
  const json = await readFile(file, 'utf8').catch((cause) => {
    throw new OperatorError(`${file}: absent; --data FILE names SQuAD's articles.json`, { cause });
  });
  const paragraphs = (JSON.parse(json) as SquadFile).data.flatMap((article) => article.paragraphs);
  return {
    paragraphs: paragraphs.map(({ context }) => context.replace(/\s+/g, ' ').trim()),
    questions: paragraphs.flatMap(({ qas }) => qas.map(({ question }) => question)),
  };
}

/** So many paragraphs; past those that there are, the first half of one goes with the second half of another. */
export function recombined(known: readonly string[], count: number): string[] {
  const cut = (text: string) => text.indexOf('. ', text.length / 2) + 1;
  return Array.from({ length: count }, (_, i) => {
    const round = Math.floor(i / known.length);
    const first = known[i % known.length] ?? '';
    if (round === 0) return first;
    const second = known[(i + round * 37) % known.length] ?? '';
    return `${first.slice(0, cut(first))} ${second.slice(cut(second))}`.trim();
  });
}

/** Articles of paragraphs from SQuAD, in files. */
export class Articles {
  readonly folder: string;
  readonly #known: readonly string[];
  #paragraphs: string[] = [];

  private constructor(folder: string, known: readonly string[]) {
    this.folder = folder;
    this.#known = known;
  }

  /** Writes so many paragraphs; each becomes a passage, a long one two. */
  static async write(folder: string, paragraphs: number, source = SQUAD): Promise<Articles> {
    const articles = new Articles(folder, (await readSquad(source)).paragraphs);
    await mkdir(folder, { recursive: true });
    await articles.grow(paragraphs);
    return articles;
  }

  /** Writes more of them, up to so many paragraphs. */
  async grow(paragraphs: number): Promise<void> {
    this.#paragraphs.push(...recombined(this.#known, paragraphs).slice(this.#paragraphs.length));
    await this.#save(this.#paragraphs.keys());
  }

  /** So many questions about them, which need not have an answer; others in each round. */
  questions(count: number, round: number): string[] {
    const texts = this.#paragraphs;
    return Array.from({ length: count }, (_, i) => {
      const words = (texts[(i * 7) % texts.length] ?? '').split(' ');
      const from = Math.floor(words.length / 2) - round * WORDS_ASKED;
      return `What is said of ${words.slice(from, from + WORDS_ASKED).join(' ')}?`;
    });
  }

  /** Adds a sentence to this share of the paragraphs, spread over the articles. */
  async change(share: number): Promise<void> {
    const step = Math.round(1 / share);
    const changed = [...this.#paragraphs.keys()].filter((i) => i % step === 0);
    for (const i of changed) {
      this.#paragraphs[i] = `${this.#paragraphs[i]} This was amended at ${Date.now()}.`;
    }
    await this.#save(changed);
  }

  /** Writes the articles that have these paragraphs. */
  async #save(paragraphs: Iterable<number>): Promise<void> {
    for (const number of new Set([...paragraphs].map((i) => Math.floor(i / PARAGRAPHS_AN_ARTICLE)))) {
      const first = number * PARAGRAPHS_AN_ARTICLE;
      const texts = this.#paragraphs.slice(first, first + PARAGRAPHS_AN_ARTICLE);
      const file = path.join(this.folder, `article-${String(number).padStart(4, '0')}.txt`);
      await writeFile(file, `Article ${number}\n\n${texts.join('\n\n')}\n`);
    }
  }
}
