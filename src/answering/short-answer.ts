import type { ExpectedAnswer } from '../retrieval/expected-answer.ts';
import type { Span } from '../seeds/seed.ts';
import { onlyName } from './only-name.ts';

const MONTH =
  '(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)';
const YEAR = '(?:1\\d{3}|20\\d{2})';
const WEEKDAY = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const NUMBER =
  '(?:\\d{1,15}(?:[.,]\\d{1,15}){0,6}(?:[-–]\\d{1,15})?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)\\b)';
const SCALE = '(?: (?:hundred|thousand|million|billion|trillion))?';
const UNIT = '(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|century)';

/** What each kind of answer looks like; every repetition is bounded. */
const SHAPES: Readonly<Partial<Record<ExpectedAnswer, RegExp>>> = {
  date: new RegExp(
    `\\b(?:\\d{1,2}:\\d{2}, )?\\d{1,2}[- ]${MONTH}[- ,]{1,2}${YEAR}|\\b${MONTH} \\d{1,2}(?:, ${YEAR})?\\b|\\b${MONTH},? ${YEAR}\\b|\\b${WEEKDAY}\\b|\\b${YEAR}s?\\b`,
    'gu',
  ),
  time: /\b\d{1,2}:\d{2}(?: ?[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d{2})? ?[ap]\.?m\b\.?|\b(?:noon|midnight)\b/giu,
  duration: new RegExp(`\\b(?:${NUMBER})${SCALE}[- ]${UNIT}\\b`, 'giu'),
  frequency: new RegExp(
    `\\b(?:every|each|per) (?:other |${NUMBER} )?(?:${UNIT.slice(3, -1)})\\b|\\b(?:daily|weekly|monthly|yearly|annually|once|twice)\\b`,
    'giu',
  ),
  money: new RegExp(
    `(?:[$£€¥]|US\\$) ?${NUMBER}${SCALE}|\\b${NUMBER}${SCALE} (?:dollars|euros|pounds|won|yen|yuan|crowns|kroner|kronor|francs|rupees|pesos|roubles|rubles|cents)\\b`,
    'giu',
  ),
  age: /(?<=\p{L}, )\d{1,3}(?=,)|(?<=\()\d{1,3}(?=\))|(?<=\b(?:aged|died at|dies at|age of) )\d{1,3}\b|\b\d{1,3}(?=-year-old\b| years old\b)/gu,
  number: new RegExp(
    `\\b(?:(?:about|around|nearly|some|over|almost) )?${NUMBER}${SCALE}(?: (?:percent|per cent)\\b|%)?`,
    'giu',
  ),
};

/**
 * Finds the words that answer by themselves: a date, duration, frequency, sum or number, a person or a place, and only
 * when the quote holds exactly one that the question does not name itself. A guess among several is worse than none.
 * @param offset where `quote` starts in its file
 */
export function shortAnswer(
  question: string,
  expects: ExpectedAnswer,
  quote: string,
  offset: number,
): Span | null {
  if (expects === 'person' || expects === 'place') {
    const name = onlyName(question, expects, quote);
    return name && { start: offset + name.start, end: offset + name.end };
  }
  const shape = SHAPES[expects];
  if (shape === undefined) return null;
  const asked = question.toLowerCase();
  const found = [...quote.matchAll(shape)].filter((match) => !asked.includes(match[0].toLowerCase()));
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  return { start: offset + only.index, end: offset + only.index + only[0].length };
}
