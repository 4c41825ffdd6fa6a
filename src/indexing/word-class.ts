import { isFunctionWord } from './function-words.ts';

/** What a word looks like, as bits; found once when a sentence is indexed. */
export const WordClass = {
  /** Written with a capital where a sentence does not ask for one. */
  NAME: 1,
  /** In digits, but no year. */
  NUMBER: 2,
  /** A four-digit year. */
  YEAR: 4,
  /** A month, a day of the week, today, century … */
  DATE: 8,
  MONEY: 16,
  /** Hours, days, years …: with a number, a duration. */
  TIME_UNIT: 32,
  /** Every, weekly, twice …: how often. */
  FREQUENCY: 64,
  /** A number written as a word. */
  NUMBER_WORD: 128,
  /** In, at, near …: may open a place. */
  PLACE_WORD: 256,
  /** Because, due, so …: may open a reason. */
  REASON_WORD: 512,
  /** Aged, born, old …: with a number, an age. */
  AGE_WORD: 1024,
  /** Metres, miles …: with a number, how long a thing is. */
  LENGTH_UNIT: 2048,
  /** 10:30, p.m., noon …: a time of day. */
  CLOCK: 4096,
  /** Said, announced …, or beside a quotation mark: somebody's words. */
  SPEECH: 8192,
} as const;

const words = (list: string) => list.trim().split(/\s+/);
const CLASSES = new Map<string, number>();
for (const [bits, list] of [
  [
    WordClass.DATE,
    `january february march april may june july august september october november december jan feb mar apr jun
     jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
     century centuries decade era bc bce ad morning evening afternoon night noon midnight spring summer autumn
     winter`,
  ],
  [
    WordClass.MONEY,
    `dollar dollars euro euros pound pounds yen won yuan krone kroner krona kronor franc francs rupee rupees peso pesos
     ruble rubles rouble roubles zloty cent cents price cost usd eur gbp`,
  ],
  [
    WordClass.TIME_UNIT,
    `second seconds minute minutes hour hours day days week weeks month months year years decade decades century
     centuries`,
  ],
  [
    WordClass.FREQUENCY,
    `every each daily weekly monthly yearly annually annual quarterly hourly once twice often always never per rarely
     seldom sometimes usually regularly frequently occasionally`,
  ],
  [
    WordClass.NUMBER_WORD,
    `one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
     eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
     trillion dozen half percent several`,
  ],
  [WordClass.PLACE_WORD, 'in at near from to of within across between north south east west'],
  [
    WordClass.REASON_WORD,
    'because due since so reason cause caused causes result therefore owing order led lead',
  ],
  [
    WordClass.LENGTH_UNIT,
    `metre metres meter meters kilometre kilometres kilometer kilometers km cm mm mile miles foot feet inch inches
     yard yards`,
  ],
  [
    WordClass.SPEECH,
    `said says saying say told tells telling announced announces added adds argued argues asked
     claimed claims declared denied explained insisted promised quoted recalled remarked replied reported stated
     suggested urged vowed warned wrote`,
  ],
  [WordClass.CLOCK, 'a.m p.m pm noon midnight o’clock'],
  [WordClass.AGE_WORD, 'age aged ages old older oldest born birthday'],
] as const) {
  for (const word of words(list)) CLASSES.set(word, (CLASSES.get(word) ?? 0) | bits);
}

const QUOTATION_MARK = /["“”„«»「」]/;
const DYING = /^(?:die|dies|died|dead)$/;
const MONTHS = new Set(
  words(`january february march april may june july august september october november december jan feb mar apr jun
         jul aug sept sep oct nov dec`),
);

/** A word as it stands in a text. */
export interface WrittenWord {
  /** In lower case. */
  readonly word: string;
  readonly written: string;
  /** What stands between it and the words beside it. */
  readonly before: string;
  readonly after: string;
}

/** What each word of a sentence or question looks like there: bits of `WordClass`. */
export function wordClasses(sentence: readonly WrittenWord[]): number[] {
  const alone = sentence.map((word, i) => classOf(word, i === 0));
  return alone.map((bits, i) => {
    const { word = '', written = '', before = '', after = '' } = sentence[i] ?? {};
    if (/\p{Sc}\s?$/u.test(before)) return bits | WordClass.MONEY;
    if (isAge(sentence, i, alone[i - 1] ?? 0)) return bits | WordClass.AGE_WORD;
    if (/^\d{1,2}$/.test(word) && after === ':') return bits | WordClass.CLOCK;
    const neighbours = [sentence[i - 1]?.word ?? '', sentence[i + 1]?.word ?? ''];
    if (/^\d{1,2}(st|nd|rd|th)?$/.test(word) && neighbours.some((neighbour) => MONTHS.has(neighbour))) {
      return WordClass.DATE;
    }
    const opensName = i === 0 && isCapitalised(word, written) && ((alone[1] ?? 0) & WordClass.NAME) !== 0;
    return opensName && !isFunctionWord(word) ? bits | WordClass.NAME : bits;
  });
}

/** "Ann Reed, 61, said", "Ann Reed (61)", "dies at 88": as news tells how old somebody is. */
function isAge(sentence: readonly WrittenWord[], i: number, classesBefore: number): boolean {
  const { word = '', before = '', after = '' } = sentence[i] ?? {};
  if (!/^(?:[1-9]\d?|1[01]\d)$/.test(word)) return false;
  const isName = (classesBefore & WordClass.NAME) !== 0;
  if (before === ', ') return isName && (after === '' || /^[,.]/.test(after));
  if (before === ' (') return isName && after.startsWith(')');
  return sentence[i - 1]?.word === 'at' && DYING.test(sentence[i - 2]?.word ?? '');
}

function classOf({ word, written, before, after }: WrittenWord, opens: boolean): number {
  let bits = CLASSES.get(word) ?? 0;
  if (QUOTATION_MARK.test(before) || QUOTATION_MARK.test(after)) bits |= WordClass.SPEECH;
  if (!opens && isCapitalised(word, written)) bits |= WordClass.NAME;
  if (/^(1\d|20)\d\ds?$/.test(word)) bits |= WordClass.YEAR;
  else if (/^\d/.test(word)) bits |= WordClass.NUMBER;
  return bits;
}

function isCapitalised(word: string, written: string): boolean {
  return written !== word && /^\p{Lu}/u.test(written);
}
