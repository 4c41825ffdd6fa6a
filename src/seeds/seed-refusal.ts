import { OperatorError } from '../operator-error.ts';
import { printable } from './seed-error.ts';

/** Why an article is not taken or changed, in English, each with what it is about. */
export const REFUSALS = {
  only: () => 'that is the only article, and without one there is nothing to answer from; add another first',
  notRemoved: (name: string) => `${name}: no article of that name was removed`,
  tooMany: (count: string) => `there are ${count} articles already, which is the limit; remove some first`,
  there: (id: string) => `that article is there already, as ${id}`,
  gone: (id: string) => `${id}: that article is gone; /seeds list shows those there are`,
  inTheWay: (file: string) => `${file} is in the way; remove it first`,
  kind: (name: string) => `${name}: no article; give a .txt, .md or .html file`,
  tooLarge: (name: string) => `${name}: larger than 2 MiB; split it, or send its text only`,
  encoding: (label: string) => `the page is not ${label} text; save it as UTF-8`,
  tangled: () => 'the page is too large or too tangled to be read; save the article as text',
  noArticle: () => 'no article was found in the page; save the article as text',
  noAddress: (given: string) => `${given}: no address; give one that begins with https://`,
  notAllowed: (host: string) =>
    `${host}: articles are not fetched from there; name the place in SEED_URLS, or send the file`,
  notPublic: (address: string) => `${address}: a private address; articles are not fetched from there`,
  sentOn: (address: string) => `${address}: sent on too often; give the last address`,
  answered: (host: string, what: string) => `${host}: answered with ${what}; check the address`,
  notFetched: (address: string, reason: string) =>
    `${address}: cannot be fetched (${reason}); try again later`,
};

export type Refusals = { readonly [Why in keyof typeof REFUSALS]: (typeof REFUSALS)[Why] };

/** An article that is not taken or changed; people are told why in their own language. */
export class SeedRefusal extends OperatorError {
  override readonly name = 'SeedRefusal';
  readonly why: keyof Refusals;
  readonly about: readonly string[];

  /** @param about of unknown origin */
  constructor(why: keyof Refusals, about: readonly string[] = [], cause?: unknown) {
    const shown = about.map(printable);
    super(inWords(REFUSALS, why, shown), cause === undefined ? {} : { cause });
    this.why = why;
    this.about = shown;
  }

  /** The same in other words. */
  in(words: Refusals): string {
    return inWords(words, this.why, this.about);
  }
}

function inWords(words: Refusals, why: keyof Refusals, [first = '', second = '']: readonly string[]): string {
  return words[why](first, second);
}
