import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SQUAD = fileURLToPath(new URL('../../../shared/data/squad2/articles.json', import.meta.url));
const PARAGRAPHS_AN_ARTICLE = 20;
const WORDS_ASKED = 6;

interface Squad {
  readonly data: readonly { readonly paragraphs: readonly { readonly context: string }[] }[];
}

/** Articles of paragraphs from SQuAD, in files; past the paragraphs that there are, they come again in another mix. */
export class Articles {
  readonly folder: string;
  readonly #known: readonly string[];
  readonly #paragraphs: string[][] = [];

  private constructor(folder: string, known: readonly string[]) {
    this.folder = folder;
    this.#known = known;
  }

  /** Writes so many paragraphs; each becomes a passage, a long one two. */
  static async write(folder: string, paragraphs: number, source = SQUAD): Promise<Articles> {
    const { data } = JSON.parse(await readFile(source, 'utf8')) as Squad;
    const known = data.flatMap((article) => article.paragraphs.map(({ context }) => oneLine(context)));
    const articles = new Articles(folder, known);
    await mkdir(folder, { recursive: true });
    await articles.grow(paragraphs);
    return articles;
  }

  /** Writes more of them, up to so many paragraphs. */
  async grow(paragraphs: number): Promise<void> {
    for (let i = this.#paragraphs.flat().length; i < paragraphs; i++) {
      if (i % PARAGRAPHS_AN_ARTICLE === 0) this.#paragraphs.push([]);
      this.#paragraphs.at(-1)?.push(recombined(this.#known, i));
    }
    for (const number of this.#paragraphs.keys()) await this.#save(number);
  }

  /** So many questions about them, which need not have an answer; others in each round. */
  questions(count: number, round: number): string[] {
    const texts = this.#paragraphs.flat();
    return Array.from({ length: count }, (_, i) => {
      const words = (texts[(i * 7) % texts.length] ?? '').split(' ');
      const from = Math.floor(words.length / 2) - round * WORDS_ASKED;
      return `What is said of ${words.slice(from, from + WORDS_ASKED).join(' ')}?`;
    });
  }

  /** Adds a sentence to this share of the paragraphs, spread over the articles. */
  async change(share: number): Promise<void> {
    const step = Math.round(1 / share);
    const all = this.#paragraphs.flatMap((paragraphs, number) => paragraphs.map((_, i) => ({ number, i })));
    for (const { number, i } of all.filter((_, at) => at % step === 0)) {
      const paragraphs = this.#paragraphs[number] ?? [];
      paragraphs[i] = `${paragraphs[i]} This was amended at ${Date.now()}.`;
      await this.#save(number);
    }
  }

  async #save(number: number): Promise<void> {
    const text = `Article ${number}\n\n${(this.#paragraphs[number] ?? []).join('\n\n')}\n`;
    await writeFile(path.join(this.folder, `article-${String(number).padStart(4, '0')}.txt`), text);
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The paragraph itself the first time round; later its first half goes with the second half of another. */
function recombined(known: readonly string[], i: number): string {
  const round = Math.floor(i / known.length);
  const first = known[i % known.length] ?? '';
  if (round === 0) return first;
  const second = known[(i + round * 37) % known.length] ?? '';
  const cut = (text: string) => text.indexOf('. ', text.length / 2) + 1;
  return `${first.slice(0, cut(first))} ${second.slice(cut(second))}`.trim();
}
