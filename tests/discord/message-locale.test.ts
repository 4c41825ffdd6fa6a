import { expect, it } from 'vitest';
import { messageLocale } from '../../src/discord/message-locale.ts';

it.each([
  ['en-US', 'Where is the liaison office?', undefined],
  ['en-US', 'Where is 개성 and who is 조명균 of the Republic of Korea?', undefined],
  ['ko', '연락사무소는 어디에 있나요?', undefined],
  ['ko', '<@123456789012345678> co-head가 누구인가요?', 'en-US'],
  ['zh-CN', '联络办公室在哪里？', undefined],
  ['ja', '連絡事務所はどこにありますか？', undefined],
  ['ja', 'リアゾンオフィスは?', 'en-US'],
  ['ja', '連絡事務所', 'ja'],
  ['zh-CN', '連絡事務所', 'ko'],
  ['ko', 'Where is the liaison office?', 'ko'],
  ['ja', '<:笑:123456789012345678> 67?', 'ja'],
  ['en-US', '', undefined],
  ['fr', 'Où est le bureau ?', 'fr'],
])('answers in %s what is asked as "%s" where the server is %s', (locale, text, server) => {
  expect(messageLocale(text, server)).toBe(locale);
});
