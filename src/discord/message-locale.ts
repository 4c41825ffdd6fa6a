/** A script tells a text's language when it has at least this share of the letters: a name in it does not. */
const TELLING_SHARE = 1 / 3;

const LETTER = /\p{L}/gu;
const HANGUL = /\p{Script=Hangul}/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const HAN = /\p{Script=Han}/gu;
/** Discord's own marks in a text: a mention, an emoji, a moment. */
const MARKUP = /<[^<>\s]+>/g;

/**
 * The locale in which to answer a message; it says none itself. The script of the text tells it, else it is the
 * server's. Chinese characters alone are read as Chinese, but where the server is Japanese.
 * @param server the server's locale; English's in a direct message
 */
export function messageLocale(content: string, server = 'en-US'): string {
  const text = content.replace(MARKUP, ' ');
  const count = (script: RegExp) => text.match(script)?.length ?? 0;
  const tells = (letters: number) => letters > 0 && letters >= count(LETTER) * TELLING_SHARE;
  if (tells(count(HANGUL))) return 'ko';
  if (count(KANA) > 0 && tells(count(KANA) + count(HAN))) return 'ja';
  if (tells(count(HAN))) return server === 'ja' ? 'ja' : 'zh-CN';
  return server;
}
