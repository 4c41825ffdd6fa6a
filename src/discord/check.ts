import type { Quote } from '../answering/answer.ts';
import type { Library } from '../answering/library.ts';
import { splitSentences } from '../chunks/sentences.ts';
import { MAX_ASKED_UNITS } from './limits.ts';
import { type Place, placeIn } from './pages/quotes.ts';

/** A sentence of somebody's message and what the articles have of it. */
export interface Checked {
  readonly sentence: string;
  readonly outcome: 'supported' | 'related' | 'not-mentioned';
  /** The quote that supports it, or the nearest one; null when it is not mentioned. */
  readonly place: (Place & { readonly seed: string }) | null;
}

/** Sentences checked of one message; each costs a search. */
const MAX_SENTENCES = 10;
/** Shorter ones ("Yes.") say nothing that could be checked. */
const MIN_SENTENCE_WORDS = 2;

/**
 * Compares a message with the articles, sentence by sentence. *Supported* means that it stands there word for
 * word, and the whole sentence around it is shown; whether other words say the same is left to the reader, who is
 * shown the nearest quote.
 * @returns the first sentences, and how many there are
 */
export async function checkText(
  text: string,
  library: Library,
): Promise<{ readonly checked: Checked[]; readonly all: number }> {
  const sentences = splitSentences(text, { start: 0, end: text.length })
    .map(({ start, end }) => text.slice(start, end).trim())
    .filter((sentence) => sentence.split(/\s+/, MIN_SENTENCE_WORDS).length >= MIN_SENTENCE_WORDS);
  const checked: Checked[] = [];
  for (const sentence of sentences.slice(0, MAX_SENTENCES))
    checked.push(await checkSentence(sentence, library));
  return { checked, all: sentences.length };
}

async function checkSentence(sentence: string, library: Library): Promise<Checked> {
  const verdict = library.verify(sentence);
  // Where something is left out, that may say the opposite.
  if (verdict.verdict === 'exact' && verdict.omission === null) {
    const [whole] = (await library.find(sentence, { limit: 1 })).exact;
    if (whole !== undefined) return { sentence, outcome: 'supported', place: whole };
  }
  if (verdict.verdict === 'altered') {
    const { seed, ...span } = verdict.place;
    return { sentence, outcome: 'related', place: { ...placeIn(seed, span), seed: seed.id } };
  }
  const answer = await library.ask(sentence.slice(0, MAX_ASKED_UNITS), { limit: 1 });
  const [nearest]: readonly Quote[] = answer.quotes;
  if (answer.outcome === 'not-in-sources' || nearest === undefined) {
    return { sentence, outcome: 'not-mentioned', place: null };
  }
  return { sentence, outcome: 'related', place: nearest };
}
