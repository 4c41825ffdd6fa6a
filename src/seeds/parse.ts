import { type Article, classify, type FoundMetadata } from './classify.ts';
import { readFrontMatter } from './front-matter.ts';
import { linesOf, oneLine, type Piece, trimSpan } from './lines.ts';
import { cutMarkdown } from './markdown.ts';
import { cutPlainText } from './plain-text.ts';
import type { Block } from './seed.ts';

/** A seed's text as it is read, and what it says about itself; null where it says nothing. */
export interface ParsedSeed extends FoundMetadata {
  /** In file order, without overlap; every character that is not blank lies in exactly one. */
  readonly blocks: readonly Block[];
  /** An http(s) address, from a Markdown file's front matter only. */
  readonly url: string | null;
}

const LONGEST_TITLE = 300;

/**
 * Reads an article: its headline, dateline, paragraphs, captions and credits, and the noise around them.
 * Never fails: what it cannot tell apart is body. Time and memory are linear in the text.
 * @param text decoded; a byte order mark counts as blank
 */
export function parseSeedText(text: string, format: 'text' | 'markdown'): ParsedSeed {
  const lines = linesOf(text);
  const front = format === 'markdown' ? readFrontMatter(text, lines) : null;
  const pieces =
    format === 'markdown' ? cutMarkdown(text, lines.slice(front?.lines)) : cutPlainText(text, lines);
  const article = classify(text, pieces);
  return {
    blocks: number(text, cover(text, pieces, article)),
    title: label(front?.title ?? article.title),
    publisher: label(front?.publisher ?? article.publisher),
    updated: front?.updated ?? article.updated,
    url: front?.url ?? null,
  };
}

type Unnumbered = Omit<Block, 'paragraph' | 'repeated'>;

/** The pieces with their kinds, and what lies between them as noise. */
function cover(text: string, pieces: readonly Piece[], { kinds }: Article): Unnumbered[] {
  const blocks: Unnumbered[] = [];
  let covered = 0;
  const coverTo = (end: number): void => {
    const rest = trimSpan(text, covered, end);
    if (rest.start < rest.end) blocks.push({ ...rest, kind: 'noise', level: 0 });
  };
  for (const [index, { start, end, level }] of pieces.entries()) {
    coverTo(start);
    const kind = kinds[index] ?? 'body';
    blocks.push({ start, end, kind, level: kind === 'headline' ? Math.max(1, level) : 0 });
    covered = end;
  }
  coverTo(text.length);
  return blocks;
}

/** Numbers what may be quoted; the same words again get the number of their first copy. */
function number(text: string, blocks: readonly Unnumbered[]): Block[] {
  const numbers = new Map<string, number>();
  return blocks.map((block) => {
    if (block.kind === 'noise') return { ...block, paragraph: 0, repeated: false };
    const words = oneLine(text.slice(block.start, block.end));
    const first = numbers.get(words);
    const paragraph = first ?? numbers.size + 1;
    numbers.set(words, paragraph);
    return { ...block, paragraph, repeated: first !== undefined };
  });
}

/** Words fit to be shown as a name: on one line, without Markdown's marks, cut after a whole word. */
function label(words: string | null): string | null {
  if (words === null) return null;
  const plain = oneLine(words.slice(0, LONGEST_TITLE * 4))
    .replace(/\[([^[\]]{0,200})\]\([^()\s]{0,500}\)/g, '$1')
    .replace(/[*`]/g, '')
    .trim();
  if (plain.length <= LONGEST_TITLE) return plain === '' ? null : plain;
  const end = plain.lastIndexOf(' ', LONGEST_TITLE);
  return end > 0 ? plain.slice(0, end) : null;
}
