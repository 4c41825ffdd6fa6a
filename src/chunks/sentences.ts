import type { Span } from '../seeds/seed.ts';
import { BEFORE_NUMBER, NEVER_LAST, OPENERS, SELDOM_LAST, SPEECH_VERBS } from './abbreviations.ts';

/** Where a sentence may end, the round brackets that can hold one, and blank lines. */
const STOP_OR_BRACKET = /[.?!…‼⁇⁈⁉。！？｡؟۔।॥()（）]|\n[^\S\n]*\n/gu;
/** A run of end marks, `...` and `. . .` as one. */
const END_MARKS = /[.?!…‼⁇⁈⁉。！？｡؟۔।॥]+(?: \.(?![\p{L}\p{N}]))*/uy;
/** What closes after the end mark: quotation marks, brackets, footnote marks `[12]` and their pages `:34`. */
const CLOSERS =
  /(?:["'”’»)\]}」』）】〉》]|\[[^[\]().!]{1,28}\]|\s\[\d{1,3}\]|:\d{1,4}(?:[-–]\d{1,4})?(?=\s)){0,12}/uy;
const SPACE = /\s*/uy;
const NEXT_WORD = /["'“‘„«([{¿¡「『（*_]{0,8}([\p{L}\p{M}\p{N}'’-]{0,24})(.?)/suy;
/** Languages that write no space between sentences have end marks of their own. */
const SPACELESS_MARK = /[。！？｡]/u;
const LAST_TOKEN = /[\p{L}\p{M}\p{N}.'’&]+$/u;
/** Things named by one letter; after them the letter is no initial. */
const LETTERED =
  /(?:War|[Vv]itamin|[Hh]epatitis|[Gg]rade|[Tt]ype|[Cc]lass|[Pp]lan|[Cc]ategory|[Gg]roup|[Aa]ppendix) \p{Lu}$/u;
/** Editors' questions inside square brackets: `[who?]`. */
const EDITORS_QUESTION = /\[[a-z ]{1,20}$/u;
/** Longest look back for the word before a full stop, in UTF-16 code units. */
const LOOK_BACK = 24;
/** Longest look ahead for the bracket that closes, in UTF-16 code units. */
const BRACKET_REACH = 400;

/** A place where a sentence may end, and what stands around it. */
interface Stop {
  readonly marks: string;
  /** What closes between the end marks and the white space. */
  readonly closers: string;
  /** The word before the marks, dots inside it kept: `U.S`, `Dr`, `3.5`; empty when there is none. */
  readonly before: string;
  /** Whether `before` is the first thing of its sentence. */
  readonly opening: boolean;
  /** The character before the marks; empty where the sentence starts with them. */
  readonly left: string;
  readonly spaced: boolean;
  /** The next word without the quotation marks and brackets that open before it. */
  readonly next: string;
  /** The first character after the white space. */
  readonly right: string;
  /** The character after the next word. */
  readonly afterNext: string;
  /** Where the text goes on after the white space. */
  readonly resume: number;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Reads the surroundings of the end marks at `at`; `text` is cut off where the span ends. */
function readStop(text: string, at: number, sentenceStart: number): Stop {
  const marks = matchAt(END_MARKS, text, at)?.[0] ?? '';
  const closers = matchAt(CLOSERS, text, at + marks.length)?.[0] ?? '';
  const closed = at + marks.length + closers.length;
  const resume = closed + (matchAt(SPACE, text, closed)?.[0].length ?? 0);
  const next = matchAt(NEXT_WORD, text, resume);
  const from = Math.max(sentenceStart, at - LOOK_BACK);
  const before = LAST_TOKEN.exec(text.slice(from, at))?.[0] ?? '';
  return {
    marks,
    closers,
    before: before.replace(/^['’.]+/u, ''),
    opening: at - before.length === sentenceStart,
    left: at > sentenceStart ? (text[at - 1] ?? '') : '',
    spaced: resume > closed,
    next: next?.[1] ?? '',
    right: text[resume] ?? '',
    afterNext: next?.[2] ?? '',
    resume,
  };
}

function opensSentence({ next, afterNext }: Stop): boolean {
  return OPENERS.has(next.replace('’', "'")) && /^[\s,]?$/u.test(afterNext);
}

/** Whether the sentence plainly goes on: a lower-case word (but for `iPod`), a comma, a sum. */
function goesOn({ next, right }: Stop): boolean {
  return /^[,;:)\]}%+=−×÷]/u.test(right) || (/^\p{Ll}/u.test(next) && !/^\p{Ll}{1,2}\p{Lu}/u.test(next));
}

/** Whether a single full stop after `lead` ends a sentence, given that the next word could open one. */
function fullStopEnds(stop: Stop, lead: string): boolean {
  const { before, next, opening } = stop;
  if (opening && /^(?:\d{1,2}|\p{Lu})$/u.test(before)) return false;
  if (NEVER_LAST.has(before)) return false;
  if (BEFORE_NUMBER.has(before) && /^(?:\p{N}|[IVXLC]{2,}$)/u.test(next)) return false;
  const abbreviated =
    SELDOM_LAST.has(before) || /^(?:\p{L}\.)+\p{L}$/u.test(before) || /^\p{Lu}$/u.test(before);
  if (!abbreviated) return true;
  if (stop.closers.includes('[')) return true;
  if (LETTERED.test(lead)) return true;
  return opensSentence(stop);
}

/** `...the church.They are` has lost its space; `Node.js` and `example.com` have not. */
function lacksSpace(stop: Stop): boolean {
  if (stop.closers.includes('[')) return /^\p{Lu}/u.test(stop.next);
  return (
    stop.closers === '' && /^\p{Ll}{3,}$/u.test(stop.before) && stop.afterNext !== '' && opensSentence(stop)
  );
}

/** Whether the sentence ends with the end marks at `at`. */
function ends(text: string, at: number, stop: Stop): boolean {
  const { marks, closers, left, right } = stop;
  const lead = text.slice(Math.max(0, at - LOOK_BACK), at);
  if (right === '') return true;
  if (SPACELESS_MARK.test(marks)) return !/^[と，、,]/u.test(right);
  if (!stop.spaced && !lacksSpace(stop)) return false;
  if (goesOn(stop) || /[([]$/u.test(lead)) return false;
  if (marks === '.') return fullStopEnds(stop, lead);
  if (/\.\.|…|\. \./u.test(marks)) {
    return left !== '' && !/(?:“|\s["'])$/u.test(lead) && !/^I(?:['’]|$)/u.test(stop.next);
  }
  if (closers.startsWith(']') && EDITORS_QUESTION.test(lead)) return false;
  if (/["”]/u.test(closers)) return !isNamedSpeaker(text, stop);
  return true;
}

/** `"Why?" Smith asked.` is one sentence, as `"Why?" he asked.` is. */
function isNamedSpeaker(text: string, stop: Stop): boolean {
  if (opensSentence(stop)) return false;
  const words = text.slice(stop.resume, stop.resume + 60).split(/\s+/u);
  const verb = words.findIndex((word) => SPEECH_VERBS.has(word.replace(/[.,:]$/u, '')));
  return verb > 0 && words.slice(0, verb).every((word) => /^\p{Lu}/u.test(word));
}

/** Whether a round bracket that opened inside the sentence closes soon, so that no end lies in it. */
function closesSoon(text: string, at: number): boolean {
  const ahead = text.slice(at, at + BRACKET_REACH);
  const close = ahead.search(/[)）]/u);
  return close >= 0 && !/\n[^\S\n]*\n/u.test(ahead.slice(0, close));
}

/** Round brackets that opened inside the sentence and are still open, after the bracket `mark` at `at`. */
function bracketDepth(depth: number, mark: string, at: number, sentenceStart: number): number {
  if (mark === ')' || mark === '）') return Math.max(0, depth - 1);
  return at > sentenceStart ? depth + 1 : depth;
}

/** Offsets where a new sentence starts, beside the first; strictly rising. `text` ends with the span. */
function sentenceStarts(text: string, start: number): number[] {
  const starts: number[] = [];
  const pattern = new RegExp(STOP_OR_BRACKET);
  pattern.lastIndex = start;
  let sentenceStart = start;
  let depth = 0;
  for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) {
    const at = hit.index;
    if (/[()（）]/u.test(hit[0])) {
      depth = bracketDepth(depth, hit[0], at, sentenceStart);
      continue;
    }
    const stop = readStop(text, at, sentenceStart);
    const enclosed = depth > 0 && !/[)）]/u.test(stop.closers) && closesSoon(text, at);
    if (hit[0].startsWith('\n') || (!enclosed && ends(text, at, stop))) {
      sentenceStart = stop.resume;
      depth = 0;
      starts.push(sentenceStart);
    }
    pattern.lastIndex = Math.max(sentenceStart, at + stop.marks.length);
  }
  return starts;
}

/**
 * Cuts a block of prose into sentences. Abbreviations, initials, numbers, addresses and what closes after
 * the full stop (`."`, `.)`, `.[12]`) stay with their sentence; line breaks and semicolons end none, a blank
 * line ends one. Linear time.
 *
 * @param span - offsets into `text`, on code point boundaries; nothing outside it is looked at
 * @returns spans of `text` without surrounding white space, in order; every non-blank character of `span`
 *   lies in exactly one, and each but the first holds a letter or a digit
 */
export function splitSentences(text: string, span: Span): Span[] {
  const within = text.slice(0, span.end);
  const bounds = [span.start, ...sentenceStarts(within, span.start), span.end];
  const sentences: Span[] = [];
  for (let i = 0; i + 1 < bounds.length; i++) {
    const start = bounds[i] ?? span.end;
    const piece = within.slice(start, bounds[i + 1]);
    const trimmed = piece.trim();
    if (trimmed === '') continue;
    const first = start + piece.length - piece.trimStart().length;
    const end = first + trimmed.length;
    const last = sentences.at(-1);
    if (last && !/[\p{L}\p{N}]/u.test(trimmed)) sentences[sentences.length - 1] = { start: last.start, end };
    else sentences.push({ start: first, end });
  }
  return sentences;
}
