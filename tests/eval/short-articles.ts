import type { Article, EvalQuestion, EvalSet, Sampling } from './datasets.ts';
import { seededRandom, shuffled } from './sample.ts';

/** So many of an article's paragraphs make one short article, in turn. */
const PARAGRAPHS = [1, 2, 3] as const;

/** Whether a set's articles are short, by its name. */
export function isShort(set: string): boolean {
  return set.endsWith('short');
}

/** A short article, and which of its article's characters it is. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A question as people type it into a search box: lower case, no quotation or question marks, "what" first. */
export function asTyped(question: string): string {
  return question
    .toLowerCase()
    .replace(/[“”"]/g, '')
    .replace(/[?\s]+$/u, '')
    .replace(/^(?:in|at|on|by|for|to|of|from|with|during) (?=(?:what|which|whom)\b)/, '');
}

/**
 * What a search engine sees: short articles, each an index of its own, and questions as they are typed. Each
 * answerable one is also put to another part of its article, and to a part of another one.
 */
export function shortArticles(name: string, articles: readonly Article[], sampling: Sampling): EvalSet {
  const random = seededRandom(sampling.seedNumber);
  const partsOfArticle = new Map(articles.map((article) => [article, partsOf(article)]));
  const all = [...partsOfArticle].flatMap(([{ questions }, parts]) =>
    questions.flatMap((question) => {
      const about = question.gold[0]?.start ?? question.about ?? 0;
      const part = parts.find(({ end }) => about < end);
      return part === undefined ? [] : [{ question, part }];
    }),
  );
  const everyPart = [...partsOfArticle.values()].flat();
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  const questions = shuffled(all, random)
    .slice(0, sampling.size)
    .flatMap(({ question, part }): EvalQuestion[] => {
      const { start, id, title } = part;
      const gold = question.gold.map((span) => ({ start: span.start - start, end: span.end - start }));
      const typed = { ...question, text: asTyped(question.text), gold, seed: id };
      if (question.expected !== 'answered') return [typed];
      const other = pick(everyPart.filter((one) => one.title === title && one !== part));
      const far = pick(everyPart.filter((one) => one.title !== title));
      return [
        typed,
        ...(other === undefined ? [] : [{ ...typed, gold: [], seed: other.id, expected: 'absent' as const }]),
        ...(far === undefined ? [] : [{ ...typed, gold: [], seed: far.id, expected: 'far' as const }]),
      ];
    });
  const asked = new Set(questions.map(({ seed }) => seed));
  const files = everyPart
    .filter(({ id }) => asked.has(id))
    .flatMap(({ id, title, text }): [string, string][] => [
      [`${id}.txt`, `${text}\n`],
      [`${id}.json`, JSON.stringify({ title })],
    ]);
  return { name, files: new Map(files), questions };
}

/** Runs of paragraphs; an article whose sentences are known is one part, a sentence a line. */
function partsOf({ id, title, text, sentences }: Article): Part[] {
  if (sentences !== undefined) {
    const lines = sentences.map((start, i) => text.slice(start, (sentences[i + 1] ?? text.length + 1) - 1));
    return [{ id: `${id}-0`, title, text: lines.join('\n'), start: 0, end: text.length }];
  }
  const parts: Part[] = [];
  for (let start = 0; start < text.length; ) {
    let end = start;
    for (let lines = PARAGRAPHS[parts.length % PARAGRAPHS.length] ?? 1; lines > 0; lines--) {
      const next = text.indexOf('\n', end);
      end = next < 0 ? text.length : next + 1;
    }
    parts.push({ id: `${id}-${parts.length}`, title, text: text.slice(start, end).trimEnd(), start, end });
    start = end;
  }
  return parts;
}
