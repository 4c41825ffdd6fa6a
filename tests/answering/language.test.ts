import { describe, expect, it } from 'vitest';
import { isForeign } from '../../src/answering/language.ts';

describe('a question in another language than English', () => {
  it.each([
    '연락사무소는 어디에 있습니까?',
    '投票结果是什么？(nine to six)',
    '投票の結果は？(nine to six)',
    'Где находится бюро?',
    'Wo ist das Büro und wann wurde es eröffnet?',
    'Où est le bureau de liaison?',
  ])('is known by its script or its commonest words: %s', (question) => {
    expect(isForeign(question)).toBe(true);
  });

  it.each([
    'Where is the liaison office?',
    'What does 統一 mean?',
    'who is Cho Myoung-gyon',
    'Did El Niño reach São Paulo?',
    '42',
    '',
  ])('is not one with a foreign name: %j', (question) => {
    expect(isForeign(question)).toBe(false);
  });
});
