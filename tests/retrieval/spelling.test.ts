import { describe, expect, it, test } from 'vitest';
import { LexicalIndex } from '../../src/indexing/lexical-index.ts';
import { sentenceWords } from '../../src/indexing/terms.ts';
import { asRead, readQuestion } from '../../src/retrieval/question.ts';
import { meantWord, withQuestionWords } from '../../src/retrieval/spelling.ts';

const lexical = LexicalIndex.build(
  [
    'The unification minister opened the liaison office at the ceremony.',
    'Businessmen from the Republic of Korea were invited.',
  ].map(sentenceWords),
);

describe('a mistyped word is read as the word of the sources that it was meant for', () => {
  test.each([
    ['liason', 'liaison'],
    ['minster', 'minister'],
    ['unificaton', 'unification'],
    ['ceremny', 'ceremony'],
    ['ofice', 'office'],
    ['busnessmen', 'businessmen'],
  ])('%s → %s', (typed, meant) => {
    expect(meantWord(typed, lexical)?.written).toBe(meant);
  });

  test.each(['offer', 'kimchi', 'cost', 'unicorn'])('%s stays', (typed) => {
    expect(meantWord(typed, lexical)).toBeUndefined();
  });

  it('leaves words alone that the model knows', () => {
    const isWord = (text: string) => text === 'minster';
    const [known] = readQuestion('where is the minster', lexical, [], isWord).concepts;
    expect(known?.forms).toEqual([]);
    expect(asRead(readQuestion('where is the minster', lexical, []))).toBe('where is the minister');
  });
});

describe('asRead', () => {
  it("puts the articles' own name in the place of an alias that no sentence has", () => {
    const names = ['South Korea', 'Republic of Korea'].map((written) => ({
      written,
      stems: sentenceWords(written).map(({ stem }) => stem),
    }));
    const question = readQuestion('Who came from South Korea?', lexical, [names]);
    expect(asRead(question)).toBe('Who came from Republic of Korea?');
  });
});

describe('question words that are typed in a hurry', () => {
  test.each([
    ['Wen did it open?', 'when did it open?'],
    ['hey whos the minister', "hey who's the minister"],
    ['whats invited', "what's invited"],
  ])('%s → %s', (typed, meant) => {
    expect(withQuestionWords(typed, lexical)).toBe(meant);
    expect(readQuestion(typed, lexical, []).text).toBe(meant);
  });

  it('are left alone where the sources have such a word', () => {
    const temples = LexicalIndex.build(['The wat was built by Premier Wen.'].map(sentenceWords));
    expect(withQuestionWords('wat did Wen build', temples)).toBe('wat did Wen build');
  });
});
