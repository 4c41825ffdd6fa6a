import type { Answer, Quote } from '../answering/answer.ts';
import type { Found, Library, Paragraph } from '../answering/library.ts';
import type { Seed, Span } from '../seeds/seed.ts';
import { type Style, setQuote, setText } from './style.ts';

const OUTCOMES = {
  answered: 'Answered',
  related: 'Related passages, not an answer',
  'not-in-sources': 'Not in the sources; the nearest passages, not an answer',
} as const;

/** The outcome, then each quote with its citation. Without colours the answer's span has a line of its own. */
export function renderAnswer(answer: Answer, style: Style): string {
  const { outcome, quotes, span } = answer;
  const { colours } = style;
  const paint = { answered: colours.green, related: colours.yellow, 'not-in-sources': colours.red }[outcome];
  const lines = setText(
    quotes.length === 0 ? 'Not in the sources' : `${OUTCOMES[outcome]} (confidence ${percent(answer)})`,
    style,
    { paint },
  );
  if (answer.readAs !== null) lines.push(...setText(`read as: ${answer.readAs}`, style));
  if (answer.notice !== null) lines.push(...setText(answer.notice, style));
  if (answer.answer !== null && !colours.isColorSupported) {
    lines.push(...setText(answer.answer, style, { first: 'answer: ' }));
  }
  quotes.forEach((quote, i) => {
    const marks = i === 0 && span !== null ? [within(quote, span)] : [];
    lines.push('', ...renderQuote(quote, i + 1, style, marks));
  });
  return lines.join('\n');
}

/** Neither certainty nor impossibility is claimed. */
function percent({ confidence }: Answer): string {
  if (confidence < 0.01) return 'under 1 %';
  return confidence > 0.99 ? 'over 99 %' : `${Math.round(confidence * 100)} %`;
}

function within(quote: Span, { start, end }: Span): Span {
  return { start: start - quote.start, end: end - quote.start };
}

function renderQuote(quote: Quote, number: number, style: Style, marks: readonly Span[]): string[] {
  return [...setQuote(quote.text, style, marks), ...setCitation(quote, style, `[${number}]`)];
}

interface Cited extends Pick<Seed, 'title' | 'publisher' | 'updated'>, Pick<Quote, 'paragraph' | 'kind'> {}

/** `[1] title · outlet · date · ¶7 · caption` */
export function setCitation(cited: Cited, style: Style, label: string): string[] {
  const { title, publisher, updated, paragraph, kind } = cited;
  const parts = [title, publisher, updated?.slice(0, 10), `¶${paragraph}`, kind === 'body' ? null : kind];
  return setText(parts.filter(Boolean).join(' · '), style, {
    first: `  ${label} `,
    paint: style.colours.dim,
  });
}

/** Where a phrase stands, then what is near in meaning. */
export function renderFound({ phrase, count, exact, byMeaning }: Found, style: Style): string {
  const { colours } = style;
  const times = count === 1 ? 'once' : `${count} times`;
  const lines =
    count === 0
      ? [colours.yellow('Not found word for word.')]
      : [colours.green(`Found word for word ${times}${exact.length < count ? '; the first:' : ':'}`)];
  exact.forEach((quote, i) => {
    lines.push('', ...renderQuote(quote, i + 1, style, standsIn(quote.text, phrase)));
  });
  if (byMeaning.length > 0) lines.push('', 'Near in meaning:');
  byMeaning.forEach((quote, i) => {
    lines.push('', ...renderQuote(quote, exact.length + i + 1, style, []));
  });
  return lines.join('\n');
}

/** The phrase's first place, when it stands there letter by letter but for case; typesetting may differ. */
function standsIn(text: string, phrase: string): Span[] {
  const folded = text.toLowerCase();
  const start = folded.length === text.length ? folded.indexOf(phrase.toLowerCase()) : -1;
  return start === -1 ? [] : [{ start, end: start + phrase.length }];
}

/** A paragraph between its neighbours. */
export function renderParagraphs(
  paragraphs: readonly Paragraph[],
  asked: number,
  { colours, columns }: Style,
): string {
  const [first] = paragraphs;
  if (first === undefined) return '';
  const style = { colours, columns };
  const lines = setText(`${first.seed.title} (${first.seed.id})`, style, { paint: colours.bold });
  for (const { seed, paragraph, start, text } of paragraphs) {
    const kind = seed.blocks.find((block) => block.start === start)?.kind ?? 'body';
    const label = `${paragraph === asked ? '→' : ' '} ¶${paragraph}${kind === 'body' ? '' : ` · ${kind}`}`;
    lines.push('', paragraph === asked ? label : colours.dim(label), ...setQuote(text, style));
  }
  return lines.join('\n');
}

/** Each article, with a question that it answers. */
export function renderSeeds({ seeds, index }: Library, style: Style): string {
  return seeds
    .flatMap((seed) => {
      const { id, title, publisher, updated, examples } = seed;
      const sentences = index.sentencesBySeed.get(id);
      const parts = [
        title,
        publisher,
        updated?.slice(0, 10),
        sentences === undefined ? null : `${sentences} sentences`,
      ];
      return [
        ...setText(id, style, { paint: style.colours.bold }),
        ...setText(parts.filter(Boolean).join(' · '), style, { first: '  ' }),
        ...examples
          .slice(0, 1)
          .flatMap((example) => setText(`for example: ${example}`, style, { first: '  ' })),
      ];
    })
    .join('\n');
}
