/** What kind of words a question asks for. */
export type ExpectedAnswer =
  | 'person'
  | 'place'
  | 'date'
  | 'duration'
  | 'frequency'
  | 'money'
  | 'age'
  | 'number'
  | 'reason'
  | 'manner'
  | 'other';

/** First match decides; `[^?]` keeps every pattern within its sentence and linear. */
const PATTERNS: readonly (readonly [RegExp, ExpectedAnswer])[] = [
  [/\bhow (often|frequently|regularly)\b|\bhow many times (a|per|each|every)\b/, 'frequency'],
  [/\bhow long\b|\b(what|which) (duration|length of time)\b|\bfor how (many|long)\b/, 'duration'],
  [
    /\bhow much (money\b|[^?]{0,80}\b(costs?|pa(y|id)|worth|spen[dt]|earn|price))|\b(cost|price|salary|budget|paid|fees?|fares?|deposit|tariff|wages?)\b/,
    'money',
  ],
  [/\bhow old\b|\b(what|which) (is |was |are |were )?(\w+ )?age\b/, 'age'],
  [
    /\bhow (many|much|far|tall|high|large|big|wide|deep|fast|heavy|hot|cold|small)\b|\b(what|which) (is the |was the |are the )?(number|percentage|percent|proportion|population|amount|score|size|height|weight|temperature|rate|speed|distance)\b/,
    'number',
  ],
  [
    /\bwhen\b|\b(what|which) (year|date|day|month|decade|century|time|season|era|period)\b|\bsince what\b|\b(date|dates)\b/,
    'date',
  ],
  [
    /\bwhere\b|\b(what|which) (\w+ )?(city|town|country|place|state|region|location|village|island|continent|river|province|county|street|building|venue|stadium)\b|\b(location|address|venue)\b/,
    'place',
  ],
  [
    /\bwho(m|se)?\b|\b(what|which) (\w+ )?(person|man|woman|president|minister|leader|king|queen|scientist|author|actor|singer|player|director|emperor|general|official|people)\b|\bname of the (person|man|woman|boy|girl|president|minister|leader)\b|\bnames$/,
    'person',
  ],
  [/\bwhy\b|\b(what|which) (\w+ )?(reason|cause|purpose)\b|\bwhat (caused|causes|led)\b/, 'reason'],
  [/\bhow\b/, 'manner'],
];

const QUESTION_WORD = /\b(who|whom|whose|what|which|where|why|how|when)\b/;
/** "When it reopened in 1990, who …": the clause before the comma is not what is asked. */
const OPENING_CLAUSE = /^\s*(when|where)\b[^,?]*,(?=.*\b(who|whom|whose|what|which|where|why|how)\b)/;

/** Reads from a question's words what kind of answer would satisfy it. */
export function expectedAnswer(question: string): ExpectedAnswer {
  const text = question.toLowerCase().replace(OPENING_CLAUSE, '');
  const asked = text.slice(Math.max(0, text.search(QUESTION_WORD)));
  const kind = (words: string) => PATTERNS.find(([pattern]) => pattern.test(words))?.[1];
  return kind(firstClause(asked)) ?? 'other';
}

/** What comes before a second question word: "who … when he …" asks for a person. */
function firstClause(asked: string): string {
  const second = asked.slice(1).search(/\b(who|when|where|why)\b/);
  return second > 0 ? asked.slice(0, second + 1) : asked;
}
