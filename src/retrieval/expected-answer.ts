/** What kind of words a question asks for. */
export type ExpectedAnswer =
  | 'person'
  | 'place'
  | 'date'
  | 'time'
  | 'duration'
  | 'frequency'
  | 'money'
  | 'age'
  | 'number'
  | 'statement'
  | 'reason'
  | 'manner'
  | 'other';

/** First match decides; `[^?]` keeps every pattern within its sentence and linear. */
const PATTERNS: readonly (readonly [RegExp, ExpectedAnswer])[] = [
  [
    /\bwhat (else )?(did|does|do|has|have|had) [^?]{1,80}\b(say|said|tell|told|state|claim|argue|warn|reply|replied|announce|promise|explain)\b/,
    'statement',
  ],
  [/\bhow (often|frequently|regularly)\b|\bhow many times (a|per|each|every)\b/, 'frequency'],
  [/\bhow long\b|\b(what|which) (duration|length of time)\b|\bfor how (many|long)\b/, 'duration'],
  [
    /\bhow much (money\b|[^?]{0,80}\b(costs?|pa(y|id)|worth|spen[dt]|earn|price|salary|fees?|fares?|deposit|tariff|wages?))|\bwhat (did|does|do|will|would) [^?]{1,80}\bcost\b|\b(what|which)('s|’s| is| are| was| were)?( the| its| his| her| their| an?)? (\w+ )?(costs?|price|salary|budget|fees?|fares?|deposit|tariff|wages?)\b/,
    'money',
  ],
  [/\bhow old\b|\b(what|which) (is |was |are |were )?(\w+ )?age\b/, 'age'],
  [
    /\bhow (many|much|far|tall|high|large|big|wide|deep|fast|heavy|hot|cold|small)\b|\b(what|which) (is the |was the |are the )?(number|percentage|percent|proportion|share|population|turnout|capacity|amount|score|size|height|weight|temperature|rate|speed|distance)\b/,
    'number',
  ],
  [/\b(what|which) (time|hour)\b(?! (of|zone|period))/, 'time'],
  [
    /\bwhen\b|\b(what|which) (year|date|day|month|decade|century|season|era|period)\b|\bwhat time of\b|\bsince what\b/,
    'date',
  ],
  [
    /\bwhere\b|\b(what|which) (\w+ )?(city|town|country|place|state|region|location|village|island|continent|river|province|county|street|building|venue|stadium|address)\b/,
    'place',
  ],
  [
    /\bwho(m|se)?\b|\b(what|which) (\w+ )?(person|man|woman|president|minister|leader|king|queen|scientist|author|actor|singer|player|director|emperor|general|official|people)\b|\bname of the (person|man|woman|boy|girl|president|minister|leader)\b/,
    'person',
  ],
  [/\bwhy\b|\b(what|which) (\w+ )?(reason|cause|purpose)\b|\bwhat (caused|causes|led)\b/, 'reason'],
  [/\bhow\b/, 'manner'],
];

/** Words typed without a question word, as into a search box. */
const KEYWORDS: typeof PATTERNS = [
  [/\b(costs?|price|salary|budget|fees?|fares?|deposit|tariff|wages?)\b/, 'money'],
  [/\bdates?\b/, 'date'],
  [/\b(location|address|venue)\b/, 'place'],
  [/\bnames$/, 'person'],
];

const QUESTION_WORD = /\b(who|whom|whose|what|which|where|why|how|when)\b/;
/** "When it reopened in 1990, who …": the clause before the comma is not what is asked. */
const OPENING_CLAUSE = /^\s*(when|where)\b[^,?]*,(?=.*\b(who|whom|whose|what|which|where|why|how)\b)/;

/** Reads from a question's words what kind of answer would satisfy it. */
export function expectedAnswer(question: string): ExpectedAnswer {
  const text = question.toLowerCase().replace(OPENING_CLAUSE, '');
  const at = text.search(QUESTION_WORD);
  const [patterns, asked] = at < 0 ? [KEYWORDS, text] : [PATTERNS, firstClause(text.slice(at))];
  return patterns.find(([pattern]) => pattern.test(asked))?.[1] ?? 'other';
}

/** What comes before a second question word: "who … when he …" asks for a person. */
function firstClause(asked: string): string {
  const second = asked.slice(1).search(/\b(who|when|where|why)\b/);
  return second > 0 ? asked.slice(0, second + 1) : asked;
}
