import { describe, expect, it } from 'vitest';
import { REGISTERED } from '../../src/discord/register.ts';
import { commandsIn, NAMES } from '../../src/discord/words/command-names.ts';
import { en } from '../../src/discord/words/en.ts';
import { ja } from '../../src/discord/words/ja.ts';
import { ko } from '../../src/discord/words/ko.ts';
import { wordsFor } from '../../src/discord/words/words.ts';
import { zhCN } from '../../src/discord/words/zh-cn.ts';

const LANGUAGES = { en, ko, 'zh-CN': zhCN, ja };
/** A fixed text beside which all that a page quotes must have room. */
const MAX_FIXED_UNITS = 900;
/** What stands on a button: Discord takes 80, a phone shows about half of it. */
const MAX_BUTTON_UNITS = 40;
const BUTTONS = [
  'context',
  'moreQuotes',
  'why',
  'share',
  'dismiss',
  'earlier',
  'later',
  'byMeaning',
  'wordForWord',
] as const;
/** The same in every language: nothing, a way to write dates, and Discord's own "ms". */
const NO_WORDS = new Set(['date', 'kinds.body', 'kinds.noise']);

/** Stands for whatever a text is made of: any number, any name, any report. */
const anything: object = new Proxy(() => undefined, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => '1234567' : anything),
});

/** Every fixed text of a language by its key, those that are made of something with `anything` in them. */
function textsOf(words: object, path: readonly string[] = []): [key: string, text: string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] => {
    const key = [...path, name];
    if (NO_WORDS.has(key.join('.'))) return [];
    const written =
      typeof value === 'function' ? value(...Array.from({ length: value.length }, () => anything)) : value;
    return typeof written === 'string' ? [[key.join('.'), written]] : textsOf(written, key);
  });
}

const english = new Map(textsOf(en));

it('are all looked at', () => {
  expect(english.size).toBeGreaterThan(80);
  expect(english.get('helpLines.0')).toContain('Mention me');
  expect(english.get('wait')).toContain('1234567 s');
});

describe.each(Object.entries(LANGUAGES))('the words in %s', (locale, words) => {
  it('are those of its readers', () => {
    expect(wordsFor(locale)).toBe(words);
  });

  it('leave room on a page, and none is empty', () => {
    for (const [key, text] of textsOf(words)) {
      expect(text.trim(), key).not.toBe('');
      expect(text.length, key).toBeLessThanOrEqual(MAX_FIXED_UNITS);
    }
  });

  it('fit onto buttons whole', () => {
    for (const button of BUTTONS) expect(words[button].length, button).toBeLessThanOrEqual(MAX_BUTTON_UNITS);
  });

  it('name every command as it is called there, and no other', () => {
    const names = new Set(Object.values(commandsIn(locale as keyof typeof NAMES)));
    const help = [...words.helpLines, words.helpAdmins].join('\n');
    const told = [...help.matchAll(/\*\*(.+?)\*\*/g)].map(([, name = '']) => name);
    expect(told.length).toBeGreaterThanOrEqual(11);
    for (const name of told) expect(names).toContain(name);
  });
});

it.each(Object.entries(LANGUAGES).slice(1))('the words in %s are not the English ones', (_, words) => {
  const same = textsOf(words).filter(([key, text]) => english.get(key) === text);
  expect(same).toEqual([]);
});

it.each(Object.entries(NAMES))(
  'the names of commands in %s are within limits, and none is given twice',
  (locale, names) => {
    for (const [key, [name, description]] of Object.entries(names)) {
      expect(name.length, key).toBeLessThanOrEqual(32);
      expect(description.length, key).toBeLessThanOrEqual(100);
      // Menus and choices have no description, and may have blanks.
      if (description !== '') expect(name, key).toMatch(/^[-_'\p{L}\p{N}]+$/u);
    }
    const top = REGISTERED.map(
      ({ name, name_localizations: all }) => (all as Record<string, string> | undefined)?.[locale] ?? name,
    );
    expect(new Set(top).size).toBe(top.length);
  },
);
