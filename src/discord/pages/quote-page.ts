import { ComponentType, SeparatorSpacingSize } from 'discord.js';
import { fitting, line, type Page, type Part, page, text } from '../page.ts';
import { SUBTEXT } from '../previous.ts';
import type { Words } from '../words/words.ts';
import type { QuoteBlock } from './quotes.ts';

/** Keeps a quote's citation nearer to it than the next quote is. */
const SPACE: Part = { type: ComponentType.Separator, divider: false, spacing: SeparatorSpacingSize.Small };

/** A page of quotes; those that do not fit go into a file whole, or are counted where no file may go. */
export function withQuotes(
  colour: number,
  head: readonly Part[],
  blocks: readonly QuoteBlock[],
  foot: readonly Part[],
  { words, mayAttach }: { readonly words: Words; readonly mayAttach: boolean },
): Page {
  const tell = (count: number) =>
    text(`${SUBTEXT}${mayAttach ? words.inFile(count) : words.cannotAttach(count)}`);
  const end = foot.length > 0 ? [line(), ...foot] : [];
  const spaced = blocks.map((block) => ({ ...block, parts: [SPACE, ...block.parts] }));
  const { taken, left } = fitting(spaced, [...head, ...end, tell(blocks.length)]);
  const quoted = withoutTwins(
    taken
      .toSorted((a, b) => a.at - b.at)
      .flatMap(({ parts }) => parts)
      .slice(1),
  );
  const told = left.length > 0 ? [tell(left.length)] : [];
  const file = left.length > 0 && mayAttach ? left.map(({ plain }) => plain).join('\n') : null;
  return page(colour, [...head, ...quoted, ...told, ...end], file);
}

/** Discord refuses two buttons of one custom id: where a quote comes twice, the second goes without. */
function withoutTwins(parts: readonly Part[]): Part[] {
  const seen = new Set<string>();
  return parts.flatMap((part) => {
    if (part.type !== ComponentType.Section || !('custom_id' in part.accessory)) return [part];
    const { custom_id: id } = part.accessory;
    if (seen.has(id)) return part.components;
    seen.add(id);
    return [part];
  });
}
