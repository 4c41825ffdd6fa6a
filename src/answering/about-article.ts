import type { BlockKind } from '../seeds/seed.ts';

const ARTICLE = '(?:article|story|report|news|piece|page|text|post|handbook|document)';

const MENTION = new RegExp(
  `\\b(?:the|this|these|that|your) (?:\\w+ )?(?:${ARTICLE}s?|photos?|pictures?|images?|captions?|headlines?)\\b`,
  'i',
);

/** Questions about the article itself, and the kind of line that answers each; the first match decides. */
const PATTERNS: readonly (readonly [RegExp, BlockKind, (line: string) => boolean])[] = [
  [
    new RegExp(`\\bheadline\\b|\\btitle of (?:the|this) ${ARTICLE}\\b|\\b${ARTICLE}(?:'s)? title\\b`),
    'headline',
    () => true,
  ],
  [
    new RegExp(
      `\\bwhen (?:was|were|is|did) (?:the |this |it |that )?[\\w ]{0,30}?${ARTICLE}?[\\w ]{0,20}\\b(?:updated|published|posted|released online|last edited)\\b|\\b(?:update|publication|publishing) (?:time|date)\\b|\\bdate of (?:the |this )?${ARTICLE}\\b|\\bhow (?:old|recent|current) is (?:the |this )${ARTICLE}\\b|\\b${ARTICLE} (?:date|dated|updated|published)\\b`,
    ),
    'dateline',
    (line) => /\d/.test(line),
  ],
  [
    new RegExp(
      `\\b(?:what|which|whose) (?:news )?(?:outlet|publisher|publication|newspaper|broadcaster|site|website|source)\\b(?=.{0,20}\\b(?:published|wrote|ran|posted|is|was|${ARTICLE})\\b.{0,20}\\b(?:this|it|${ARTICLE})\\b)|\\bwho (?:published|wrote|reported|posted|ran|is behind) (?:the |this )${ARTICLE}\\b|\\bwhere (?:was|is) (?:the |this )${ARTICLE} (?:published|from)\\b|\\b(?:outlet|publisher|source) of (?:the |this )${ARTICLE}\\b|\\bwhere does (?:the |this )${ARTICLE} come from\\b`,
    ),
    'dateline',
    (line) => !/\d/.test(line),
  ],
  [
    new RegExp(
      `\\b(?:credit|inputs?|contributed|additional reporting)\\b[\\w ]{0,40}\\b${ARTICLE}\\b|\\b${ARTICLE}\\b[\\w ]{0,40}\\b(?:credit|inputs?|contributed|additional reporting|credits)\\b`,
    ),
    'credit',
    () => true,
  ],
];

/** What a question about the article itself asks for, or null when it asks about its subject. */
export function asksAboutArticle(
  question: string,
): { readonly kind: BlockKind; readonly fits: (line: string) => boolean } | null {
  const text = question.toLowerCase().slice(0, 400);
  for (const [pattern, kind, fits] of PATTERNS) if (pattern.test(text)) return { kind, fits };
  return null;
}

/** Whether a question speaks of the article itself or its pictures; such a question is about the sources. */
export function mentionsArticle(question: string): boolean {
  return MENTION.test(question.slice(0, 400));
}
