import { describe, expect, test } from 'vitest';
import { asksAboutArticle } from '../../src/answering/about-article.ts';

/** What the question is answered by: the kind of line, and for a date line whether it is the date or the outlet. */
function asked(question: string): string | null {
  const about = asksAboutArticle(question);
  if (about === null) return null;
  return about.kind === 'dateline' ? (about.fits('CGTN') ? 'outlet' : 'date') : about.kind;
}

describe('a question about the article itself is told from one about its subject', () => {
  test.each([
    ['What is the headline of the article?', 'headline'],
    ['what is the title of the story', 'headline'],
    ['What is this article about?', 'headline'],
    ['summarize this article', 'headline'],
    ['When was the article last updated?', 'date'],
    ['When was this published?', 'date'],
    ['what day was this news posted', 'date'],
    ['is this news recent?', 'date'],
    ['How old is this report?', 'date'],
    ['article date', 'date'],
    ['Which outlet published this article?', 'outlet'],
    ['Who published this?', 'outlet'],
    ['which news channel is this from?', 'outlet'],
    ['Where does this story come from?', 'outlet'],
    ['Who contributed to this article?', 'credit'],
  ])('%s → %s', (question, line) => {
    expect(asked(question)).toBe(line);
  });

  test.each([
    ['Who published the story about the harvest?', 'outlet', 'the harvest'],
    ['When was the article on the two bridges of Lisk updated?', 'date', 'the two bridges of lisk'],
    ['what is the headline of the report on the flood', 'headline', 'the flood'],
    ['Who published this story?', 'outlet', null],
  ])('%s → %s, of the article about %s', (question, line, subject) => {
    expect(asked(question)).toBe(line);
    expect(asksAboutArticle(question)?.subject).toBe(subject);
  });

  test.each([
    'When was the book published?',
    'When was the photo of the march released?',
    'Who wrote the anthem?',
    'Who wrote it in 1871?',
    'What is this bridge called?',
    'Which agency are the pictures from?',
    'Which news agency reported how many officials will work there?',
    'How old is this castle?',
    'What is the subject of the talks?',
    'Is this office new?',
  ])('%s is about the subject', (question) => {
    expect(asked(question)).toBeNull();
  });
});
