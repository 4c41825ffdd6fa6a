import type { BlockKind } from '../seeds/seed.ts';

const ARTICLE = '(?:article|story|report|news|piece|page|text|post|handbook|document)';
/** The article itself, as a question calls it. */
const NAMED = `(?:the|this|that|your) (?:\\w+ )?${ARTICLE}`;
/** The same, or a bare "this", which is the article only where nothing follows that would say what else it is. */
const SUBJECT = `(?:${NAMED}|this|it)`;
const OUTLET =
  '(?:news )?(?:outlet|publisher|publication|newspaper|broadcaster|site|website|source|channel|network|media|press|agency|organi[sz]ation)';
const PUBLISHED = '(?:updated|published|posted|written|released|edited|reported|printed|put online|dated)';

const MENTION = new RegExp(
  `\\b(?:the|this|these|that|your) (?:\\w+ )?(?:${ARTICLE}s?|photos?|pictures?|images?|captions?|headlines?)\\b`,
  'i',
);

/** Questions about the article itself, and the kind of line that answers each; the first match decides. */
const PATTERNS: readonly (readonly [RegExp, BlockKind, (line: string) => boolean])[] = [
  [
    new RegExp(
      [
        '\\bheadline\\b',
        `\\b(?:title|topic|subject|gist|summary) of ${NAMED}\\b`,
        `\\b${ARTICLE}(?:'s)? (?:title|topic|subject)\\b`,
        `\\bwhat(?: is|'s|s) ${SUBJECT} (?:all |mainly )?(?:about|called|titled|entitled)$`,
        `\\bsum(?:mari[sz]e| up) ${SUBJECT}$`,
      ].join('|'),
    ),
    'headline',
    () => true,
  ],
  [
    new RegExp(
      [
        `\\b(?:when|(?:what|which) (?:date|day|time|month|year)) (?:was|were|is|did) (?:${SUBJECT} )?(?:last |first |originally )?${PUBLISHED}\\b(?: here| online| last)?$`,
        `\\bwhen did ${SUBJECT} (?:come out|appear|go online)\\b`,
        '\\b(?:update|publication|publishing) (?:time|date)\\b',
        `\\bdate of ${NAMED}\\b`,
        `\\bhow (?:old|recent|current|new|fresh) is ${SUBJECT}$`,
        `\\bis ${SUBJECT} (?:still )?(?:old|recent|current|new|up to date)$`,
        `\\b${ARTICLE}(?:'s)? date\\b`,
        `\\b${ARTICLE} (?:dated|updated|published)$`,
      ].join('|'),
    ),
    'dateline',
    (line) => /\d/.test(line),
  ],
  [
    new RegExp(
      [
        `\\b(?:what|which|whose) ${OUTLET}\\b(?=.{0,20}\\b(?:published|wrote|ran|posted|carried|is|was)\\b.{0,20}\\b(?:this|it|${ARTICLE})\\b)`,
        `\\bwho (?:published|wrote|reported|posted|ran|released|is behind) (?:${NAMED}\\b|(?:this|it)$)`,
        `\\bwhere (?:was|is|does) ${SUBJECT} (?:published|come from|from)$`,
        `\\b(?:outlet|publisher|source) of ${NAMED}\\b`,
      ].join('|'),
    ),
    'dateline',
    (line) => !/\d/.test(line),
  ],
  [
    new RegExp(
      [
        `\\b(?:credit|inputs?|contributed|additional reporting)\\b[\\w ]{0,40}\\b${ARTICLE}\\b`,
        `\\b${ARTICLE}\\b[\\w ]{0,40}\\b(?:credits?|inputs?|contributed|additional reporting)\\b`,
      ].join('|'),
    ),
    'credit',
    () => true,
  ],
];

/** Lines that answer a question about the article itself. */
export interface AboutArticle {
  readonly kind: BlockKind;
  readonly fits: (line: string) => boolean;
  /** Which article is meant, in the question's words ("the story on *the harvest*"); null when it does not say. */
  readonly subject: string | null;
}

/** "The story on the harvest": up to a verb of the question, or its end. */
const ON_SUBJECT = new RegExp(
  `(\\b${ARTICLE}s?) (?:about|on|regarding|concerning) ([^?.!,;]{2,80}?)(?= (?:is|was|were|are|did|does|come|appear|${PUBLISHED})\\b|$)`,
);

/** What a question about the article itself asks for, or null when it asks about its subject. */
export function asksAboutArticle(question: string): AboutArticle | null {
  const asked = withoutEndMarks(question.toLowerCase().slice(0, 400));
  const subject = ON_SUBJECT.exec(asked)?.[2] ?? null;
  const text = subject === null ? asked : asked.replace(ON_SUBJECT, '$1');
  for (const [pattern, kind, fits] of PATTERNS) if (pattern.test(text)) return { kind, fits, subject };
  return null;
}

/** "what is this about ?!" ends in a word, too. */
function withoutEndMarks(text: string): string {
  let end = text.length;
  while (end > 0 && !/[\p{L}\p{N}]/u.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Whether a question speaks of the article itself or its pictures; such a question is about the sources. */
export function mentionsArticle(question: string): boolean {
  return MENTION.test(question.slice(0, 400));
}
