import { ButtonStyle } from 'discord.js';
import type { GoldenAnswer, Regression } from '../../answering/golden.ts';
import type { LastRun, Rebuilt } from '../../answering/last-run.ts';
import { clip, inert } from '../markdown.ts';
import { button, COLOUR, fitting, type Page, type Part, page, row, text } from '../page.ts';
import { SUBTEXT } from '../previous.ts';
import type { Run } from '../rebuild.ts';
import type { Words } from '../words/words.ts';
import { DOT } from './quotes.ts';

/** Of a golden question, and of a quote that it got, where they are compared. */
const MAX_QUESTION_UNITS = 200;
const MAX_QUOTE_UNITS = 160;
const SHOWN_REGRESSIONS = 5;

/** How far a rebuild is, with a button that ends it. */
export function progressPage(run: Run, words: Words): Page {
  const { rebuilding } = words;
  const cancel = row(button({ does: 'rebuild', step: 'cancel', key: run.id }, rebuilding.cancel));
  const steps = stepsOf(run, words).map((step) => `- ${step}`);
  const lines = [`### ${rebuilding.title}`, ...steps, `${SUBTEXT}${rebuilding.stillAnswers}`];
  return page(COLOUR.plain, [text(lines.join('\n')), ...cancel]);
}

function stepsOf({ steps, secondsLeft }: Run, { rebuilding }: Words): string[] {
  const { read, chunked, embedded, verified } = steps;
  const left = secondsLeft === null ? '' : `${DOT}${rebuilding.left(secondsLeft)}`;
  const isEmbedded = chunked !== undefined && (embedded?.done ?? 0) >= chunked.fresh;
  return [
    read === undefined ? rebuilding.waiting : rebuilding.read(read.seeds),
    ...(chunked ? [rebuilding.chunked(chunked.texts, chunked.fresh)] : []),
    ...(embedded ? [`${rebuilding.embedded(embedded.done, embedded.all)}${left}`] : []),
    ...(isEmbedded && verified === undefined ? [rebuilding.checking] : []),
    ...(verified ? [rebuilding.verified(verified.questions)] : []),
  ];
}

/** What a rebuild came to; `above` it stands what it was for. */
export function rebuiltPage(rebuilt: Rebuilt, words: Words, above: readonly Part[] = []): Page {
  const { rebuilding } = words;
  switch (rebuilt.outcome) {
    case 'held':
      return heldPage(rebuilt, words, above);
    case 'cancelled':
      return page(COLOUR.absent, [...above, text(rebuilding.cancelled(rebuilt.embedded))]);
    case 'unchanged':
      return page(COLOUR.answered, [
        ...above,
        text(`### ${rebuilding.done}\n${rebuilding.upToDate}\n${SUBTEXT}${rebuilding.changes(rebuilt)}`),
      ]);
    case 'published':
      return page(COLOUR.answered, [...above, text(`### ${rebuilding.done}\n${reportOf(rebuilt, words)}`)]);
  }
}

function reportOf(rebuilt: Rebuilt, { rebuilding }: Words): string {
  const { embedded, seconds, golden } = rebuilt;
  const lines = [
    rebuilding.changes(rebuilt),
    rebuilding.embeddedIn(embedded, seconds.toFixed(1)),
    rebuilding.golden(golden.asked, golden.worse.length),
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}

/** What got worse, question by question, and the decision about it. */
function heldPage(rebuilt: Rebuilt, words: Words, above: readonly Part[]): Page {
  const { rebuilding } = words;
  const { asked, worse } = rebuilt.golden;
  const key = String(Date.parse(rebuilt.held ?? ''));
  const head = text(`### ${rebuilding.held}\n${rebuilding.heldWhy(worse.length, asked)}`);
  const more = (count: number) => (count > 0 ? [text(`${SUBTEXT}${rebuilding.moreWorse(count)}`)] : []);
  const foot = (count: number): Part[] => [
    ...more(count),
    text(`${SUBTEXT}${rebuilding.changes(rebuilt)}`),
    ...row(
      button({ does: 'rebuild', step: 'publish', key }, rebuilding.publish, ButtonStyle.Danger),
      button({ does: 'rebuild', step: 'discard', key }, rebuilding.discard),
    ),
  ];
  const blocks = worse.slice(0, SHOWN_REGRESSIONS).map((one) => ({ parts: [text(compared(one, words))] }));
  const { taken } = fitting(blocks, [...above, head, ...foot(worse.length)]);
  const rest = worse.length - taken.length;
  return page(COLOUR.related, [...above, head, ...taken.flatMap(({ parts }) => parts), ...foot(rest)]);
}

function compared({ question, before, after }: Regression, words: Words): string {
  const { rebuilding } = words;
  return [
    `**${inert(clip(question, MAX_QUESTION_UNITS))}**`,
    `${rebuilding.before}: ${answerOf(before, words)}`,
    `${rebuilding.after}: ${answerOf(after, words)}`,
  ].join('\n');
}

function answerOf({ outcome, confidence, quotes: [first] }: GoldenAnswer, words: Words): string {
  const sure = words.sure(Math.round(100 * confidence));
  const found = first === undefined ? '' : `\n> ${inert(clip(first.text, MAX_QUOTE_UNITS))}`;
  return `${words.rebuilding.outcomes[outcome]}${DOT}${sure}${found}`;
}

/** The last rebuild as a line of `/status`. */
export function lastRunLine(last: LastRun | null, { rebuilding }: Words): string {
  if (last === null) return rebuilding.noLastRun;
  const { outcome, reason, embedded, seconds, asked, worse } = last;
  const parts =
    outcome === 'failed'
      ? [inert(reason ?? '')]
      : [
          rebuilding.changes(last),
          rebuilding.embeddedIn(embedded, seconds.toFixed(1)),
          ...(outcome === 'published' || outcome === 'held' ? [rebuilding.golden(asked, worse)] : []),
        ];
  return rebuilding.lastRun(last.at, [rebuilding.lastOutcomes[outcome], ...parts].join(DOT));
}
