import { isFunctionWord } from '../indexing/function-words.ts';
import type { Span } from '../seeds/seed.ts';

/** A run of capitalised words, at most six. */
const NAME =
  /\p{Lu}[\p{L}.’'-]{0,30}(?:(?: (?:of|the|de|van|von|al|bin)){0,2} \p{Lu}[\p{L}.’'-]{0,30}){0,5}/gu;
const TIME =
  /^(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:\p{Ll}|\.|$)/u;
/** Words that are part of other names than people's. */
const NO_PERSON =
  /\b(?:Committee|University|College|School|Institute|Party|Complex|Council|Republic|Kingdom|Empire|City|Town|Hall|House|Company|Corporation|Ministry|Army|Navy|Church|Association|Union|Club|League|Act|War|Battle|River|Lake|Sea|Ocean|Mount|Islands?|Street|Road|County|States?|United|North|South|East|West|New|Park|Museum|Theatre|Award|Prize|Court|Office|Department|Agency|Bank|Times|Group|Crusade)\b/u;
/** What stands before a name that is a place. */
const IN_A_PLACE =
  /\b(?:(?:in|at|near|outside|to)(?: the)?|(?:town|city|village|port|capital|district|province|county|state|region|island|suburb) of) $/u;
const ASKS_WHO = /^who(?:'s|’s|s)? /iu;
const ASKS_WHERE = /^(?:where(?:'s|’s|s)? |(?:in )?(?:what|which) (?:town|city|village|country)\b)/iu;
/** "Who did they meet?" is answered by another name than the one that acts. */
const ASKS_FOR_ANOTHER = /^\p{L}{1,8} (?:else|besides|did|do|does) /iu;

/**
 * The one name in a quote that the question does not have, if it can be the person or the place that is asked for.
 * @returns null when the quote has no such name, or two
 */
export function onlyName(question: string, expects: 'person' | 'place', quote: string): Span | null {
  const plain = question.trimStart();
  const asksPlainly = (expects === 'person' ? ASKS_WHO : ASKS_WHERE).test(plain);
  if (!asksPlainly || ASKS_FOR_ANOTHER.test(plain)) return null;
  const asked = question.toLowerCase();
  const names = [...quote.matchAll(NAME)]
    .map((match) => withoutOpening(quote, match.index, match.index + match[0].length))
    .filter(({ start, end }) => {
      const name = quote.slice(start, end);
      return name !== '' && !/['’]s?$/u.test(name) && !TIME.test(name) && !asked.includes(name.toLowerCase());
    });
  const [only] = names;
  if (only === undefined || names.length > 1) return null;
  const name = quote.slice(only.start, only.end);
  const fits =
    expects === 'person'
      ? name.includes(' ') && !NO_PERSON.test(name)
      : IN_A_PLACE.test(quote.slice(0, only.start));
  return fits ? only : null;
}

/** "In the Hague", "A Norman" and a full stop at the end are not all name. */
function withoutOpening(quote: string, from: number, to: number): Span {
  let start = from;
  for (;;) {
    const [opening = '', word = ''] = /^([\p{L}’']+)\s*/u.exec(quote.slice(start, to)) ?? [];
    if (word === '' || !isFunctionWord(word.toLowerCase())) break;
    start += opening.length;
  }
  const end = quote[to - 1] === '.' && !/\.\p{L}\.$/u.test(quote.slice(start, to)) ? to - 1 : to;
  return { start, end: Math.max(start, end) };
}
