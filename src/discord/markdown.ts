/** Marks that mean something to Discord wherever they stand. */
const MARKS = /[\\*_~`|<>@[\]]/g;
/** A colon opens `:emoji:` and `scheme:rest` when something follows it, in the text or right behind it. */
const COLON = /:(?=\S|$)/g;
/** Marks that open a heading, subtext, or list item at the start of a line. */
const OPENING = /^([^\S\n\r\u2028\u2029]*)([-+#])/gm;
const NUMBERED = /^([^\S\n\r\u2028\u2029]*\d+)\./gm;
/** How Discord reads a backslash: what follows is shown, unless it is a letter, a digit or white space. */
const ESCAPED = /\\([^0-9A-Za-z\s])/g;

/**
 * The text so written that Discord shows exactly it: no markup, mention, link or emoji comes of it. Only
 * backslashes are put in, which Discord takes out again, so that what a reader copies is the text itself.
 */
export function inert(text: string): string {
  return text
    .replace(MARKS, '\\$&')
    .replace(COLON, '\\:')
    .replace(OPENING, '$1\\$2')
    .replace(NUMBERED, '$1\\.');
}

/** The text that `inert` was given, for text that it made. */
export function shown(markdown: string): string {
  return markdown.replace(ESCAPED, '$1');
}

/** A quote as an inert block quote, its `span` (offsets into `text`) in bold. It must end its text display. */
export function blockQuote(
  text: string,
  span: { readonly start: number; readonly end: number } | null,
): string {
  const bold = span === null ? '' : text.slice(span.start, span.end);
  if (span === null || bold.trim() === '') return `>>> ${inert(text)}`;
  return `>>> ${inert(text.slice(0, span.start))}**${inert(bold)}**${inert(text.slice(span.end))}`;
}

/** The text on one line, at most `maxUnits` UTF-16 units, a cut marked by `…`. Never for a quote. */
export function clip(text: string, maxUnits: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= maxUnits) return line;
  let end = maxUnits - 1;
  if (/[\uD800-\uDBFF]/.test(line.charAt(end - 1))) end -= 1;
  return `${line.slice(0, end).trimEnd()}…`;
}
