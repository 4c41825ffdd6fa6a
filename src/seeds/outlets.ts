/** Words that tell an outlet's name from a person's or a section's. */
const OUTLET_WORD =
  /\b(?:news|times|post|guardian|herald|tribune|journal|daily|press|agency|agence|gazette|telegraph|chronicle|observer|today|wire|network|radio|tv|television|media|magazine|review|independent|broadcasting|reuters|xinhua|yonhap|kyodo|bloomberg|jazeera|politico|economist|monitor|wikipedia|wikinews|online)\b|\.(?:com|org|net|co\.uk)$/i;
/** Sections of a site stand where an outlet's name stands, and are none. */
const SECTION =
  /^(?:home|world|politics|business|sports?|tech|technology|science|health|culture|opinion|entertainment|economy|finance|travel|video|photos|lifestyle|environment|climate|education|europe|asia|africa|china|us|uk|middle east|breaking|live|analysis|feature|features|exclusive|interview)$/i;
const CONNECTOR = /^(?:of|the|and|&|for|in|la|le|de|el|al|der|die|das)$/;
const LONGEST_NAME_CHARS = 40;
const LONGEST_NAME_WORDS = 5;

/**
 * How much a line looks like the name of a news outlet by itself.
 * @returns 0 not at all; 1 a short name of some kind, which may be a person's; 2 surely an outlet
 */
export function outletLikeness(line: string): 0 | 1 | 2 {
  if (line.length < 2 || line.length > LONGEST_NAME_CHARS || SECTION.test(line)) return 0;
  const words = line.split(/\s+/);
  if (words.length > LONGEST_NAME_WORDS || /[,;:!?"“”()[\]]/.test(line) || line.endsWith('.')) return 0;
  const named = words.every((word) => CONNECTOR.test(word) || /^[\p{Lu}\p{Lo}\d]/u.test(word));
  const site = words.length === 1 && OUTLET_WORD.test(line);
  if ((!named && !site) || !/\p{L}/u.test(line)) return 0;
  return OUTLET_WORD.test(line) || /^\p{Lu}{2,6}$/u.test(line) ? 2 : 1;
}
