import type { Answer } from '../answering/answer.ts';

/** An answer as `--json` prints it: the keys of the contract first, others after. */
export function answerJson({
  question,
  outcome,
  confidence,
  answer,
  quotes,
  timings,
  span,
  readAs,
  notice,
}: Answer) {
  return {
    question,
    outcome,
    confidence,
    answer,
    quotes: quotes.map(({ text, seed, path, title, publisher, updated, url, kind, ...rest }) => ({
      text,
      seed,
      path,
      title,
      publisher,
      updated,
      url,
      kind,
      paragraph: rest.paragraph,
      start: rest.start,
      end: rest.end,
      score: rest.score,
    })),
    timings,
    span,
    readAs,
    notice,
  };
}
