import { diffArrays } from 'diff';
import type { Span } from '../seeds/seed.ts';
import { type Normalised, normalise } from './normalise.ts';
import { TOKEN, WORD } from './seed-words.ts';

/** `removed` stands in the source but not in the claim, `added` the other way round. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** The source has `from` where the claim has `to`; one of them may be empty. */
export interface Change {
  readonly from: string;
  readonly to: string;
}

/** A piece of a text, by offsets of its normalised form. */
export interface Stretch extends Span {
  readonly text: string;
  readonly normalised: Normalised;
}

export interface WordDiff {
  /** `same` and `removed` together are the source's stretch to the letter. */
  readonly parts: readonly DiffPart[];
  /** Negations, numbers and names first, then the order of the text. */
  readonly changes: readonly Change[];
  /** Share of the words and marks of both that are the same, 0 … 1 (Sørensen–Dice). */
  readonly similarity: number;
  /** How many of the claim's words are the same; marks do not count. */
  readonly sameWords: number;
}

const NEGATION = /^(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot)$|n't$/;
const NEGATIVE_PREFIX = /^(?:un|in|im|il|ir|dis|non|non-)$/;
const NUMBER = new RegExp(
  `\\p{N}|^(?:${[
    'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen',
    '(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|(?:m|b|tr)illions?|dozens?',
    'half|third|quarter|twice|double|once|first|second|fourth|fifth|all|every|most|some|few|many',
  ].join('|')})$`,
  'u',
);
/** Capitalised without being a name, mostly because a sentence begins with them. */
const NO_NAME = new RegExp(
  `^(?:${[
    'a|an|the|this|that|these|those|there|here|it|its|he|she|his|her|they|their|we|our|i|you|your|who|what',
    'when|where|why|how|which|while|and|but|or|so|if|as|at|by|for|from|in|into|of|on|to|with|after|before',
    'since|under|over|during|about|however|also|then|now|is|are|was|were|has|have|had|do|does|did|will',
  ].join('|')})$`,
);

/**
 * Compares word by word and mark by mark, regardless of typesetting.
 * Time grows with the length of both times their difference.
 */
export function diffWords(source: Stretch, claim: Stretch): WordDiff {
  const from = tokensOf(source);
  const to = tokensOf(claim);
  const changes = diffArrays(
    from.map((token) => token.word),
    to.map((token) => token.word),
  );
  const parts: DiffPart[] = [];
  let fromAt = 0;
  let toAt = 0;
  let same = 0;
  let sameWords = 0;
  for (const { added, removed, value } of changes) {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    const text = added
      ? textOf(claim.text, to, toAt, value.length)
      : textOf(source.text, from, fromAt, value.length);
    parts.push({ kind, text });
    if (!added) fromAt += value.length;
    if (!removed) toAt += value.length;
    if (kind !== 'same') continue;
    same += value.length;
    sameWords += value.filter(isWord).length;
  }
  return {
    parts: spaceAfterOpening(parts, claim, to),
    changes: listChanges(parts),
    similarity: from.length + to.length === 0 ? 0 : (2 * same) / (from.length + to.length),
    sameWords,
  };
}

/** A normalised word or mark, and its place in the text as it was given. */
interface Token extends Span {
  readonly word: string;
}

function tokensOf({ normalised, start, end }: Stretch): Token[] {
  return [...normalised.text.slice(start, end).matchAll(TOKEN)].map((match) => ({
    word: match[0],
    start: normalised.starts[start + match.index] ?? 0,
    end: normalised.ends[start + match.index + match[0].length - 1] ?? 0,
  }));
}

function isWord(token: string): boolean {
  return token.search(WORD) !== -1;
}

/** The text of `count` tokens, with the gap before the first of them. */
function textOf(text: string, tokens: readonly Token[], at: number, count: number): string {
  const start = tokens[at - 1]?.end ?? tokens[at]?.start ?? 0;
  return text.slice(start, tokens[at + count - 1]?.end ?? start);
}

/** The source's first word has no gap before it; words added before it bring the claim's gap along. */
function spaceAfterOpening(parts: readonly DiffPart[], claim: Stretch, tokens: readonly Token[]): DiffPart[] {
  const [first, ...rest] = parts;
  if (first?.kind !== 'added' || rest.length === 0) return [...parts];
  const opening = tokens.findLastIndex((token) => token.end - (tokens[0]?.start ?? 0) <= first.text.length);
  const gap = claim.text.slice(tokens[opening]?.end, tokens[opening + 1]?.start);
  return [{ kind: 'added', text: first.text + gap }, ...rest];
}

function listChanges(parts: readonly DiffPart[]): Change[] {
  const changes: Change[] = [];
  let from = '';
  let to = '';
  for (const { kind, text } of [...parts, { kind: 'same', text: '' }]) {
    if (kind === 'removed') from += text;
    else if (kind === 'added') to += text;
    else {
      if (from !== '' || to !== '') changes.push({ from: from.trim(), to: to.trim() });
      from = '';
      to = '';
    }
  }
  return [...changes.filter(changesTheMatter), ...changes.filter((change) => !changesTheMatter(change))];
}

/** Whether a negation, a number or a name is in what changed. */
function changesTheMatter({ from, to }: Change): boolean {
  const folded = [from, to].map((text) => normalise(text).text);
  const words = folded.flatMap((text) => text.match(WORD) ?? []);
  if (words.some((word) => NEGATION.test(word) || NUMBER.test(word))) return true;
  const [short = '', long = ''] = folded.toSorted((a, b) => a.length - b.length);
  if (long.endsWith(short) && NEGATIVE_PREFIX.test(long.slice(0, long.length - short.length))) return true;
  const capitalised = `${from} ${to}`.match(/(?<![\p{L}\p{M}])\p{Lu}[\p{L}\p{M}]*/gu) ?? [];
  return capitalised.some((word) => !NO_NAME.test(word.toLowerCase()));
}
