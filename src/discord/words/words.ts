import { en, type Words } from './en.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { zhCN } from './zh-cn.ts';

export type { Words };

const BY_LOCALE: Readonly<Record<string, Words>> = { ko, 'zh-CN': zhCN, ja };

/** The words of a Discord locale such as `ko` or `en-GB`; English where there are none. */
export function wordsFor(locale: string): Words {
  return BY_LOCALE[locale] ?? en;
}
