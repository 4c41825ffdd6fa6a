/** UTF-16 units; an id may have 100, and a number may come behind. */
const MAX_SLUG_UNITS = 60;
/** Names that are no seed here (`readme`), or no plain file on some systems. */
const RESERVED = /^(?:readme|con|prn|aux|nul|com\d|lpt\d)$/;
const NAMELESS = 'article';

/**
 * A name of letters, digits and single hyphens made of any words: fit for a file, and nothing else than a file.
 * @param words of unknown origin
 */
export function slugOf(words: string): string {
  const plain = words
    .slice(0, MAX_SLUG_UNITS * 8)
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  const short = [...plain].reduce((name, letter) => {
    return name.length + letter.length > MAX_SLUG_UNITS ? name : name + letter;
  }, '');
  const slug = short.replace(/^[-\p{M}]+|-+$/gu, '');
  if (slug === '') return NAMELESS;
  return RESERVED.test(slug) ? `${NAMELESS}-${slug}` : slug;
}

/**
 * The slug, or with the first number behind it that makes it another one than those in `taken`.
 * @param taken in lower case: some file systems tell no capitals
 */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  for (let number = 2, name = slug; ; number++) {
    if (!taken.has(name.toLowerCase())) return name;
    name = `${slug}-${number}`;
  }
}
