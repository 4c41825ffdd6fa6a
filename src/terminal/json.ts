import type { Answer, Quote } from '../answering/answer.ts';
import type { Found } from '../answering/library.ts';
import type { Place } from '../answering/place.ts';
import type { Verdict } from '../answering/verify.ts';

/** An answer as `--json` prints it: the keys of the contract in its order, others after them. */
export function answerJson(answer: Answer) {
  const { question, outcome, confidence, quotes, timings, span, readAs, notice } = answer;
  return {
    question,
    outcome,
    confidence,
    answer: answer.answer,
    quotes: quotes.map(quoteJson),
    timings,
    span,
    readAs,
    notice,
  };
}

function quoteJson(quote: Quote) {
  const { text, seed, path, title, publisher, updated, url, kind, paragraph, start, end, score } = quote;
  const { evidence } = quote;
  return {
    text,
    seed,
    path,
    title,
    publisher,
    updated,
    url,
    kind,
    paragraph,
    start,
    end,
    score,
    evidence,
  };
}

export function foundJson({ phrase, count, exact, byMeaning }: Found) {
  return { phrase, count, exact: exact.map(quoteJson), byMeaning: byMeaning.map(quoteJson) };
}

/** A verdict with the text and the place of each span in it. */
export function verdictJson(quote: string, verdict: Verdict) {
  switch (verdict.verdict) {
    case 'exact':
      return {
        quote,
        verdict: verdict.verdict,
        places: verdict.places.map(placeJson),
        omission: verdict.omission?.map(placeJson) ?? null,
      };
    case 'altered': {
      const { place, parts, changes, similarity } = verdict;
      return { quote, verdict: verdict.verdict, place: placeJson(place), parts, changes, similarity };
    }
    case 'stitched':
      return { quote, verdict: verdict.verdict, pieces: verdict.pieces.map(placeJson) };
    case 'absent':
      return { quote, verdict: verdict.verdict };
  }
}

function placeJson({ seed, kind, paragraph, start, end }: Place) {
  const { id, path, title, publisher, updated, url } = seed;
  const text = seed.text.slice(start, end);
  return { text, seed: id, path, title, publisher, updated, url, kind, paragraph, start, end };
}
