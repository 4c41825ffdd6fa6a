/*
 * Shapes of single lines on pasted pages. Every pattern is anchored, or looked for in a short tail, and its
 * repeated parts are bounded or exclude what follows them, so matching is linear in the line; lines past a
 * fixed length are not looked at. Real text thrown away is worse than noise kept: when in doubt, no shape.
 */

const LONGEST_CAPTION = 600;
const LONGEST_TAIL = 80;
const LONGEST_CREDIT = 300;
const LONGEST_FURNITURE = 300;

const FURNITURE = new Set(
  `share|share this|share this article|share this story|share this page|share full article|tweet|copy link|
  advertisement|advertisements|sponsored content|skip advertisement|advertisement - scroll to continue|
  advertisement. scroll to continue reading|story continues below advertisement|article continues below advertisement|
  continue reading below|read more|skip to content|skip to main content|jump to navigation|back to top|
  accept cookies|accept all cookies|reject all cookies|manage cookies|cookie settings|subscribe now|
  sign up for our newsletter|subscribe to our newsletter|follow us|follow us on twitter|follow us on facebook|
  click to play|play video|watch video|video player is loading|loading...|leave a comment|show comments|
  view comments|view all comments|related articles|related stories|related topics|you may also like|[edit]`
    .split('|')
    .map((words) => words.trim()),
);
const SHARE_TARGETS = new Set(['share', 'tweet', 'facebook', 'twitter', 'whatsapp', 'linkedin', 'reddit']);
const SHARE_BESIDE = new Set([
  'x',
  'telegram',
  'pinterest',
  'messenger',
  'weibo',
  'wechat',
  'email',
  'print',
  'link',
]);
const PLAYING_TIME = /^(?:\d{1,2}:[0-5]\d \/ )?\d{1,2}:[0-5]\d(?::[0-5]\d)?$/;
const READ_MORE =
  /^(?:read more|read also|also read|related (?:story|stories|article|articles|coverage|news))\s?:/i;
const COOKIES =
  /^(?:we|this site|this website|our site|our website) (?:also )?uses? cookies(?:[.,]| (?:to|and|on|for|so)\b)/i;
/** Punctuation, marks for rules and tables, invisible characters; symbols such as emoji and ∑ are content. */
const NO_WORDS = /^[\p{P}\p{Z}\p{Cc}\p{Cf}\s=+|~^`<>$]*$/u;

/** Whether nothing in a text could be read out: no letter, digit or symbol of its own meaning. */
export function hasNoWords(words: string): boolean {
  return NO_WORDS.test(words);
}

/** Page furniture: buttons, tags, playing times, advertisements, cookie notices, rules. */
export function isFurniture(line: string): boolean {
  if (hasNoWords(line)) return true;
  if (line.length > LONGEST_FURNITURE) return false;
  const plain = line.toLowerCase().replace(/\s+/g, ' ');
  if (FURNITURE.has(plain) || FURNITURE.has(plain.replace(/[.:…]$/, ''))) return true;
  return (
    isTagList(line) ||
    PLAYING_TIME.test(line) ||
    isShareButtons(plain) ||
    READ_MORE.test(line) ||
    COOKIES.test(line)
  );
}

/** `["china", "asia"]`. */
function isTagList(line: string): boolean {
  if (!line.startsWith('["') || !line.endsWith('"]')) return false;
  try {
    const tags: unknown = JSON.parse(line);
    return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string' && tag.length <= 60);
  } catch {
    return false;
  }
}

/** `Facebook Twitter Email`. */
function isShareButtons(plain: string): boolean {
  const buttons = plain.split(/[\s,|/]+/);
  if (buttons.length < 2 || !buttons.some((button) => SHARE_TARGETS.has(button))) return false;
  return buttons.every((button) => SHARE_TARGETS.has(button) || SHARE_BESIDE.has(button));
}

const PICTURE = 'photos?|photographs?|images?|pictures?|pics?|screenshots?|illustrations?|graphics?';
const AGENCY =
  'VCG|AP|AFP|EPA|EFE|UPI|CFP|PA|DPA|ANSA|Reuters|Xinhua|Yonhap|Kyodo|CGTN|TASS|Bloomberg|Getty(?: Images)?|Shutterstock|iStock|Alamy|Unsplash|NASA|Handout|Wikimedia Commons';
const LABEL = `(?:${PICTURE})(?: credits?| source)?\\s?(?::|by\\s|courtesy of\\s)`;
const CAPTION_START = new RegExp(`^(?:file |cover |photo |image )?${LABEL}`, 'i');
const LABELLED_TAIL = new RegExp(`[.!?)”"]\\s(?:file )?${LABEL}(?=[^.!?]{1,60}$)`, 'i');
const SLASH_TAIL = new RegExp(`/\\s?(?:[^/]{0,40}\\b(?:${PICTURE})|(?:${AGENCY}))$`, 'i');
const BRACKETED_LABEL = new RegExp(
  `^(?:(?:${AGENCY}|file|cover) ){0,2}(?:${PICTURE})(?: credits?| source)? ?(?::|/|by |via |courtesy of |©)|^(?:${AGENCY}|file) (?:${PICTURE})(?: ?/|$)`,
  'i',
);
const BRACKETED_AGENCY = new RegExp(`/ ?(?:${AGENCY})$|^(?:via )?Getty Images$|^©`, 'i');
const AGENCY_TAIL = new RegExp(
  `(?:^|[/|©.:–—-]\\s?|\\b(?:via|credit|courtesy)[ :]{1,2})(?:(?:${AGENCY})(?:/| via )){0,2}(?:Getty Images|Shutterstock|iStock|Alamy|AP Photo|AFP Photo|Reuters Pictures|Wikimedia Commons)$`,
  'i',
);
const COPYRIGHT_TAIL = /©\s?[^.!?]{1,40}$/;

/** A line that ends in, or consists of, the credit of a picture. */
export function isCaption(line: string): boolean {
  if (line.length > LONGEST_CAPTION) return false;
  const tail = line.slice(-LONGEST_TAIL);
  if (line.length <= LONGEST_CREDIT && isLabelled(line, CAPTION_START)) return true;
  if (isLabelled(tail, LABELLED_TAIL) || AGENCY_TAIL.test(tail)) return true;
  const slash = SLASH_TAIL.exec(tail);
  if (slash && /^\/\s?\p{Lu}/u.test(slash[0])) return true;
  const bracket = bracketTail(tail);
  if (bracket === null) return false;
  return BRACKETED_LABEL.test(bracket) || (!tail.endsWith('.') && BRACKETED_AGENCY.test(bracket));
}

/** `Photo: …`, or `Photo by Jane Doe`: after `by` a name must come, and no sentence. */
function isLabelled(words: string, label: RegExp): boolean {
  const found = label.exec(words);
  if (!found) return false;
  if (found[0].endsWith(':')) return true;
  return /^\p{Lu}/u.test(words.slice(found.index + found[0].length)) && !words.endsWith('.');
}

/** A weaker sign, enough only for a line that stands twice in a row: any name after `/`, `©` or in brackets. */
export function endsWithSomeCredit(line: string): boolean {
  if (line.length > LONGEST_CAPTION) return false;
  const tail = line.slice(-LONGEST_TAIL);
  return /\/\s?\p{Lu}[^/.!?]{1,40}$/u.test(tail) || bracketTail(tail) !== null || COPYRIGHT_TAIL.test(tail);
}

/** What stands in the brackets that close the line, or null. */
function bracketTail(tail: string): string | null {
  const words = tail.endsWith('.') ? tail.slice(0, -1) : tail;
  const opening = words.endsWith(')') ? '(' : words.endsWith(']') ? '[' : null;
  const start = opening === null ? -1 : words.lastIndexOf(opening);
  return start < 0 ? null : words.slice(start + 1, -1).trim();
}

const CREDIT_START =
  /^[([]?(?:with (?:additional )?(?:inputs?|reporting|contributions?) (?:from|by)|(?:additional |further )?reporting (?:by|from)|editing by|sources?(?:\(s\))?\s?:)\s?\S/i;
const MAKERS = /^[([]?(?:[Ww]ritten|[Ee]dited|[Cc]ompiled|[Pp]roduced|[Tt]ranslated) by \p{Lu}/u;
const RIGHTS = /^(?:copyright\b.{0,3}(?:©|\(c\)|\d{4})|©|\(c\) ?\d{4})/i;

/** Who reported, edited or owns the article, as it stands at an article's end. */
export function isCredit(line: string): boolean {
  if (line.length > LONGEST_CREDIT) return false;
  if (CREDIT_START.test(line) || RIGHTS.test(line)) return true;
  return MAKERS.test(line) && !line.endsWith('.');
}

/** The name after `Source:`, or null. */
export function sourceNamed(line: string): string | null {
  return /^sources?\s?:\s?([^:;,.]{2,40})$/i.exec(line)?.[1]?.trim() ?? null;
}
