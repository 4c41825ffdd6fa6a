import pc from 'picocolors';
import type { Answer, Quote } from '../answering/answer.ts';
import type { Found, Paragraph } from '../answering/library.ts';
import type { Place } from '../answering/place.ts';
import type { Verdict } from '../answering/verify.ts';

type Colours = Pick<ReturnType<typeof pc.createColors>, 'bold' | 'dim' | 'green' | 'red' | 'yellow'>;

/** How a stream wants its text. */
export interface Style {
  readonly colours: Colours;
  /** Columns of the terminal. */
  readonly width: number;
}

const INDENT = '    ';
const MAX_WIDTH = 100;
/** Control characters, and marks that turn the direction of text: they could hide or forge what is shown. */
const UNSAFE = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

const OUTCOMES = {
  answered: 'Answered',
  related: 'Related, not an answer',
  'not-in-sources': 'Not in the sources; the nearest passages are',
} as const;

/** Colour only on a terminal that wants it (`NO_COLOR`). */
export function styleOf(stream: NodeJS.WriteStream): Style {
  const colours = pc.createColors(stream.isTTY && pc.isColorSupported);
  return { colours, width: Math.min(stream.columns ?? MAX_WIDTH, MAX_WIDTH) };
}

export function renderAnswer(answer: Answer, style: Style): string {
  const { colours } = style;
  const colour = { answered: colours.green, related: colours.yellow, 'not-in-sources': colours.red };
  const lines = [
    colour[answer.outcome](
      `${OUTCOMES[answer.outcome]} (${Math.round(answer.confidence * 100)} % sure of the first quote)`,
    ),
  ];
  if (answer.readAs !== null) lines.push(colours.dim(`read as: ${inert(answer.readAs)}`));
  if (answer.notice !== null) lines.push(colours.dim(answer.notice));
  answer.quotes.forEach((quote, i) => {
    lines.push('', ...renderQuote(quote, i + 1, style, i === 0 ? answer.answer : null));
  });
  if (answer.answer !== null) lines.push('', `answer: ${inert(answer.answer)}`);
  return lines.join('\n');
}

function renderQuote(quote: Quote, number: number, style: Style, marked: string | null): string[] {
  const lines = wrap(inert(quote.text), style.width).map((line) =>
    marked === null ? line : line.replace(inert(marked), (words) => style.colours.bold(words)),
  );
  return [...lines, `${INDENT}${style.colours.dim(`[${number}] ${citation(quote)}`)}`];
}

/** `title · outlet · date · ¶7 · caption` */
export function citation(quote: Quote): string {
  const parts = [quote.title, quote.publisher, quote.updated?.slice(0, 10), `¶${quote.paragraph}`];
  return inert([...parts, quote.kind === 'body' ? null : quote.kind].filter(Boolean).join(' · '));
}

export function renderFound(found: Found, style: Style): string {
  const times = found.count === 1 ? 'once' : `${found.count} times`;
  const lines = [
    found.count === 0 ? 'The exact phrase does not occur.' : `The exact phrase occurs ${times}.`,
  ];
  found.exact.forEach((quote, i) => {
    lines.push('', ...renderQuote(quote, i + 1, style, found.phrase));
  });
  if (found.byMeaning.length > 0) lines.push('', 'Near in meaning:');
  found.byMeaning.forEach((quote, i) => {
    lines.push('', ...renderQuote(quote, found.exact.length + i + 1, style, null));
  });
  return lines.join('\n');
}

export function renderVerdict(verdict: Verdict, style: Style): string {
  const { red, green, bold } = style.colours;
  const place = ({ seed, paragraph, start, end }: Place) =>
    `${inert(seed.title)} · ¶${paragraph} · ${start}–${end}: ${inert(seed.text.slice(start, end))}`;
  switch (verdict.verdict) {
    case 'exact':
      return [
        green(verdict.omission === null ? 'Exact.' : 'Exact, with words left out.'),
        ...verdict.places.map(place),
      ].join('\n');
    case 'altered': {
      const words = verdict.parts.map(({ kind, text }) =>
        kind === 'same'
          ? inert(text)
          : kind === 'removed'
            ? red(`[-${inert(text)}-]`)
            : green(`{+${inert(text)}+}`),
      );
      return [
        red('Altered: [-in the source-], {+in the claim+}.'),
        words.join(''),
        `${INDENT}${bold('source')} ${place(verdict.place)}`,
      ].join('\n');
    }
    case 'stitched':
      return [red('Stitched: the pieces exist, but not together.'), ...verdict.pieces.map(place)].join('\n');
    case 'absent':
      return red('Absent: nothing in the sources is near it.');
  }
}

export function renderParagraphs(paragraphs: readonly Paragraph[], asked: number, style: Style): string {
  return paragraphs
    .map(({ paragraph, text }) => {
      const lines = [`¶${paragraph}`, ...wrap(inert(text), style.width)];
      return paragraph === asked ? lines.join('\n') : style.colours.dim(lines.join('\n'));
    })
    .join('\n\n');
}

/** Shows a hostile text as it is, but for what would move the cursor, colour the screen or turn the writing. */
export function inert(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(UNSAFE, '�');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && INDENT.length + line.length + 1 + word.length > width) {
      lines.push(INDENT + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, INDENT + line];
}
