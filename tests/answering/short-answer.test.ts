import { describe, expect, test } from 'vitest';
import { shortAnswer } from '../../src/answering/short-answer.ts';
import { expectedAnswer } from '../../src/retrieval/expected-answer.ts';

const OPENED =
  "The liaison office was opened in the DPRK's border town of Kaesong, with around 50 people from each side attending the opening ceremony.";

function answer(question: string, quote: string): string | null {
  const span = shortAnswer(question, expectedAnswer(question), quote, 100);
  return span && quote.slice(span.start - 100, span.end - 100);
}

describe('the words that answer by themselves', () => {
  test.each([
    ['How many people came from each side?', OPENED, 'around 50'],
    ['Where is the liaison office?', OPENED, 'Kaesong'],
    [
      'Who is the minister?',
      `"A new chapter is open here today," the ROK's minister Cho Myoung-gyon said.`,
      'Cho Myoung-gyon',
    ],
    ['How often will they meet?', 'The co-heads will meet every week.', 'every week'],
    ['When did the ferry first sail?', 'In the town the ferry first sailed on 3 May 1958.', '3 May 1958'],
    ['What time does it open?', 'It opens at 9.30 a.m. on 15 April.', '9.30 a.m.'],
    ['How old is the deputy?', 'Her deputy, Graham Stoll, 67, was in tears.', '67'],
    ['How old was the skipper?', 'The skipper, who died at 88, saved nine.', '88'],
    ['How much is the deposit?', 'Shoppers pay 15 cents more.', '15 cents'],
    ['Who built the pier?', 'The pier was built by Anna de Vries.', 'Anna de Vries'],
  ])('%s', (question, quote, words) => {
    expect(answer(question, quote)).toBe(words);
  });

  test.each([
    ['two dates', 'When did it run?', 'It ran from 1958 to 1960.'],
    ['two ages', 'How old is the boy?', 'Ann Reed, 61, and her son, Bo (12), came.'],
    ['two people', 'Who met?', 'Anna Vries met Ben Stone.'],
    ['two places', 'Where is the pier?', 'The pier in Vellmar is older than the one in Tarnbeck.'],
    [
      'an office in place of a person',
      'Who is the minister?',
      'The minister heads the Ministry of Unification.',
    ],
    ['a name that stands in no place', 'Where is the pier?', 'The pier was named after Vellmar.'],
    ['what the question says itself', 'Where in Kaesong is the office?', OPENED],
  ])('none for %s', (_, question, quote) => {
    expect(answer(question, quote)).toBeNull();
  });
});
