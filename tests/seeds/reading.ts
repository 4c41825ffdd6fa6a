import { parseSeedText } from '../../src/seeds/parse.ts';
import type { Block } from '../../src/seeds/seed.ts';

/** A text's blocks as `kind paragraph words`, one a line, so that a test reads as the page does. */
export function outline(text: string, format: 'text' | 'markdown' = 'text'): string[] {
  return parseSeedText(text, format).blocks.map((block) => describeBlock(text, block));
}

function describeBlock(text: string, { kind, paragraph, repeated, level, start, end }: Block): string {
  const rank = kind === 'headline' ? level : '';
  const place = paragraph === 0 ? '' : ` ${paragraph}${repeated ? ' again' : ''}`;
  return `${kind}${rank}${place}: ${text.slice(start, end)}`;
}
