import { describe, expect, it, test } from 'vitest';
import { LexicalIndex } from '../../src/indexing/lexical-index.ts';
import { sentenceWords } from '../../src/indexing/terms.ts';
import { expectedAnswer } from '../../src/retrieval/expected-answer.ts';
import { isName, readQuestion } from '../../src/retrieval/question.ts';
import { piecesOf } from '../../src/retrieval/question-pieces.ts';
import { holdsAnswer, matchWords } from '../../src/retrieval/word-match.ts';

const lexicalOf = (...sentences: string[]) => LexicalIndex.build(sentences.map(sentenceWords));

describe('expectedAnswer', () => {
  test.each([
    ['When was the office opened?', 'date'],
    ['Who opened the office when the fog lifted?', 'person'],
    ['When the office opened in 1990, who cut the ribbon?', 'person'],
    ['What does the mayor do when it rains?', 'other'],
    ['opening date of the office', 'date'],
    ['What did the mayor say about the price?', 'statement'],
    ['What does the mayor say?', 'statement'],
    ['What time does it open?', 'time'],
    ['At what time of the year does it open?', 'date'],
    ['How much did the office cost?', 'money'],
    ['how much money was spent', 'money'],
    ['How much does the bell weigh?', 'number'],
    ['How old is the mayor?', 'age'],
    ['How many floors are there?', 'number'],
    ['How often do they meet?', 'frequency'],
    ['For how long will he stay?', 'duration'],
    ['What movie company paid for an ad?', 'other'],
    ['Why did they raise the price of oil?', 'reason'],
    ['Who may change the date?', 'person'],
    ['What did the pier at Orrin cost?', 'money'],
    ['What is the ticket price?', 'money'],
    ["what's the deposit for a can", 'money'],
    ['ticket price', 'money'],
    ['co heads names', 'person'],
    ['Which area of China did Japan conquer?', 'other'],
  ])('%s → %s', (question, expected) => {
    expect(expectedAnswer(question)).toBe(expected);
  });

  it('reads a million characters in no time', () => {
    for (const hostile of [
      'when '.repeat(200_000),
      `how much ${'a'.repeat(1_000_000)}`,
      ','.repeat(1_000_000),
    ]) {
      expect(expectedAnswer(hostile)).toBeTypeOf('string');
    }
  });
});

describe('holdsAnswer', () => {
  const classesOf = (text: string) => sentenceWords(text).reduce((all, { wordClass }) => all | wordClass, 0);
  test.each([
    ['money', 'It cost $40 in all.', 1],
    ['money', 'It has 40 rooms.', 0],
    ['money', 'It cost forty dollars.', 1],
    ['number', 'It has 40 rooms.', 1],
    ['number', 'It opened on Sept. 14.', 0],
    ['date', 'It opened on Sept. 14.', 1],
    ['age', 'The mayor is 40 years old.', 1],
    ['age', 'The mayor was only 40.', 0.5],
    ['age', 'The mayor has rooms.', 0],
    ['duration', 'It took four weeks.', 1],
    ['duration', 'It ran from 1961 to 1972.', 0.5],
    ['duration', 'It is 40 metres long.', 1],
    ['duration', 'It was long.', 0],
    ['statement', '"It is wide," the mayor went on.', 1],
    ['statement', 'The mayor announced a bridge.', 1],
    ['statement', 'The mayor came on Tuesday.', 0],
    ['date', 'It opens next week.', 0.5],
    ['time', 'It opens at 10:30.', 1],
    ['time', 'It opens at 9 p.m. sharp.', 1],
    ['time', 'It opens in April, in a time slot.', 0],
    ['frequency', 'They rarely meet.', 1],
    ['person', 'President Moon came.', 1],
    ['person', 'The president came.', 0],
  ] as const)('%s in "%s": %s', (kind, text, held) => {
    expect(holdsAnswer(kind, classesOf(text))).toBe(held);
  });
});

describe('readQuestion', () => {
  const lexical = lexicalOf('The building has two floors.', 'Companies ran factories in Kaesong.');
  const focusOf = (text: string) => {
    const { focus, concepts } = readQuestion(text, lexical, []);
    return focus === undefined ? undefined : concepts[focus]?.word;
  };

  it('finds what a question word asks for', () => {
    expect(focusOf('Which companies ran factories?')).toBe('companies');
    expect(focusOf('How many floors does the building have?')).toBe('floors');
    expect(focusOf('What is the building?')).toBeUndefined();
    expect(focusOf('Who ran factories?')).toBeUndefined();
    expect(focusOf('which')).toBeUndefined();
  });

  it('knows a name by how the sources write it, where the question has no capitals or only capitals', () => {
    const names = (text: string) =>
      readQuestion(text, lexical, [])
        .concepts.filter(isName)
        .map(({ word }) => word);
    expect(names('which companies ran factories in kaesong')).toEqual(['kaesong']);
    expect(names('WHICH COMPANIES RAN FACTORIES IN KAESONG')).toEqual(['KAESONG']);
    expect(names('Which companies ran factories in kaesong?')).toEqual([]);
  });

  it('tells a question about a picture', () => {
    const asks = (text: string) => readQuestion(text, lexical, []).asksForPicture;
    expect(asks('Who is in the photo?')).toBe(true);
    expect(asks('which agency are the pictures from')).toBe(true);
    expect(asks('Who photocopied it?')).toBe(false);
  });

  it('tells a question for a definition', () => {
    const asks = (text: string) => readQuestion(text, lexical, []).asksForDefinition;
    expect(asks('What is a liaison office?')).toBe(true);
    expect(asks('who was Kettering')).toBe(true);
    expect(asks('What is the name of the first captain of the old boat?')).toBe(false);
    expect(asks('Where is the office?')).toBe(false);
  });
});

describe('matchWords', () => {
  it('lets words count that stand as near to one another as in the question', () => {
    const lexical = lexicalOf('The unification minister spoke.', 'The unification and trade minister spoke.');
    const question = readQuestion('Who is the unification minister?', lexical, []);
    const [beside, apart] = [0, 1].map((sentence) => matchWords(question, lexical, sentence));
    expect(beside?.phrase).toBe(1);
    expect(apart?.phrase).toBeCloseTo(1 / 3);
    expect(apart?.adjacency).toBe(1);
  });
});

test.each([
  ['Who are the co-heads?', true],
  ["so who's the minister", true],
  ['Who was Chun Hae-sung?', true],
  ['Who is running the office?', false],
  ['Who opened the office?', false],
  ['co heads names', true],
  ['the name of the girl?', true],
])('%s asks who somebody is: %s', (text, expected) => {
  expect(readQuestion(text, lexicalOf(), []).asksWhoSomebodyIs).toBe(expected);
});

describe('a word beside the question’s own can change what is meant', () => {
  const sentence = (text: string, asked: string) => {
    const lexical = lexicalOf(text);
    return matchWords(readQuestion(asked, lexical, []), lexical, 0);
  };

  it.each([
    ['Who is the minister?', 'The vice minister spoke.', true],
    ['Who is the minister?', 'The vice minister spoke to the old minister.', true],
    ['Who is the vice minister?', 'The vice minister spoke.', false],
    ['Who is the minister?', 'The minister spoke.', false],
  ])('%s / %s: something less %s', (asked, text, demoted) => {
    expect(sentence(text, asked).demoted).toBe(demoted);
  });

  it.each([
    ['When does the summer boat leave?', 'The winter boat leaves at noon.', true],
    ['When does the summer boat leave?', 'The summer boat leaves at noon.', false],
    ['When does the summer boat leave?', 'In summer the boat leaves at noon.', false],
    ['When does the summer boat leave?', 'The boat leaves at noon.', false],
    ['Where is Corn Street?', 'It is in Corn Lane.', true],
  ])('%s / %s: something else %s', (asked, text, substituted) => {
    expect(sentence(text, asked).substituted).toBe(substituted);
  });
});

describe('piecesOf', () => {
  it('finds the pieces of each concept, by word', () => {
    const question = readQuestion("Where did Kaesong's 1,250 café-goers meet?", lexicalOf('Nothing.'), []);
    const pieces = [
      'where',
      'did',
      'ka',
      '##eso',
      '##ng',
      "'",
      's',
      '1',
      ',',
      '250',
      'cafe',
      '-',
      'goer',
      '##s',
      'meet',
      '?',
    ];
    const { words, concepts } = piecesOf(question, { pieces });
    expect(words).toEqual([0, 1, 2, 3, 4, 6, 7, 9, 10, 12, 13, 14]);
    const byWord = Object.fromEntries(question.concepts.map(({ word }, c) => [word, concepts[c]]));
    expect(byWord["Kaesong's"]).toEqual([2, 3, 4]);
    expect(byWord.café).toEqual([10]);
    expect(byWord.goers).toEqual([12, 13]);
    expect(byWord.meet).toEqual([14]);
  });
});
