/** What kind of words a question asks for. */
export type ExpectedAnswer =
  | 'person'
  | 'place'
  | 'date'
  | 'duration'
  | 'frequency'
  | 'money'
  | 'number'
  | 'reason'
  | 'manner'
  | 'other';

/** First match decides; `[^?]` keeps every pattern within its sentence and linear. */
const PATTERNS: readonly (readonly [RegExp, ExpectedAnswer])[] = [
  [/\bhow (often|frequently|regularly)\b|\bhow many times (a|per|each|every)\b/, 'frequency'],
  [/\bhow long\b|\b(what|which) (duration|length of time)\b|\bfor how (many|long)\b/, 'duration'],
  [
    /\bhow much (money|does|did|do|is|was|were|will|would)\b|\b(cost|price|salary|budget|worth|paid)\b/,
    'money',
  ],
  [
    /\bhow (many|much|old|far|tall|high|large|big|wide|deep|fast|heavy|hot|cold|big|small)\b|\b(what|which) (is the |was the |are the )?(number|percentage|percent|proportion|population|amount|score|age|size|height|weight|temperature|rate|speed|area|distance)\b/,
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
    /\bwho(m|se)?\b|\b(what|which) (\w+ )?(person|man|woman|president|minister|leader|king|queen|scientist|author|actor|singer|player|director|emperor|general|official|people)\b|\bname of the (person|man|woman|president|minister|leader)\b/,
    'person',
  ],
  [/\bwhy\b|\b(what|which) (\w+ )?(reason|cause|purpose)\b|\bwhat (caused|causes|led)\b/, 'reason'],
  [/\bhow\b/, 'manner'],
];

/** Reads from a question's words what kind of answer would satisfy it. */
export function expectedAnswer(question: string): ExpectedAnswer {
  const text = question.toLowerCase();
  return PATTERNS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}
