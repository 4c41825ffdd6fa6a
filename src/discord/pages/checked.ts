import type { Checked } from '../check.ts';
import { inert } from '../markdown.ts';
import { COLOUR, line, type Page, text } from '../page.ts';
import { SUBTEXT } from '../previous.ts';
import type { AnswerView } from './answer.ts';
import { withQuotes } from './quote-page.ts';
import { type QuoteBlock, quoteBlock } from './quotes.ts';

/** Each sentence of a message with its outcome and, where there is one, the quote. */
export function checkedPage(
  { checked, all }: { readonly checked: readonly Checked[]; readonly all: number },
  view: Pick<AnswerView, 'words' | 'seeds' | 'mayAttach'>,
): Page {
  const { words } = view;
  const some = checked.length < all ? `\n${SUBTEXT}${words.checkedSome(checked.length, all)}` : '';
  const head = text(`### ${words.checkTitle}\n${SUBTEXT}${words.checkNote}${some}`);
  const blocks = checked.map((one, index) => blockOf(one, index + 1, view));
  return withQuotes(COLOUR.plain, [head, line()], blocks, [], view);
}

function blockOf(
  { sentence, outcome, place }: Checked,
  number: number,
  { words, seeds }: Pick<AnswerView, 'words' | 'seeds'>,
): QuoteBlock {
  const outcomes = {
    supported: `✓ **${words.supported}**`,
    related: `≈ **${words.relatedTo}**`,
    'not-mentioned': `∅ **${words.notMentioned}**`,
  };
  const told = `${outcomes[outcome]}\n${SUBTEXT}“${inert(sentence)}”`;
  if (place === null)
    return { at: number, parts: [text(told)], plain: `[${number}] ${sentence}\n— ${words.notMentioned}\n` };
  const seed = seeds.find(({ id }) => id === place.seed);
  const quoted = quoteBlock(place, seed, number, words, { above: told });
  const outcomeWord = outcome === 'supported' ? words.supported : words.relatedTo;
  return {
    at: number,
    parts: quoted.parts,
    plain: `${sentence}\n— ${outcomeWord}\n${quoted.plain}`,
  };
}
