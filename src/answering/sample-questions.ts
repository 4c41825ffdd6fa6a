import type { Chunks } from '../chunks/chunk.ts';
import type { Span } from '../seeds/seed.ts';

/** A question made of a sentence that should answer it. */
export interface SampleQuestion {
  readonly question: string;
  /** The sentence. */
  readonly from: Span;
}

const LONGEST_SENTENCE = 400;
const MAX_CANDIDATES = 24;

/** `Moon Jae-in`, `Mary of Teck`: two capitalised words or more, and not where something happens. */
const NAME = String.raw`(?<!\b(?:in|on|at|of|near|from|to) )(?<name>(?!The )\p{Lu}[\p{L}'’-]+(?: (?:of|de|van|von|bin|al) \p{Lu}[\p{L}'’-]+| \p{Lu}[\p{L}'’-]*){1,3})`;
/** `The liaison office`, `Kaesong Harbour`: what a sentence begins with, up to its verb. */
const THING = String.raw`^(?<thing>(?:The|A|An|\p{Lu}[\p{L}'’-]+)(?: [\p{L}\d'’-]+){0,5}?)`;
const DONE = String.raw`(?<done>[\p{Ll}-]+ed|built|born|held|found|made|sold|bought|won|lost|set up|cut|shut|lit)`;

/**
 * The forms of a sentence that a question can be made of without guessing at its grammar. Each question only repeats
 * words of its sentence.
 */
const FORMS: readonly {
  readonly pattern: RegExp;
  readonly ask: (groups: Readonly<Record<string, string>>) => string;
}[] = [
  {
    pattern: new RegExp(`${THING} (?<be>was|were) ${DONE}\\b.*\\bin \\d{4}\\b`, 'u'),
    ask: ({ thing = '', be, done }) => `When ${be} ${inside(thing)} ${done}?`,
  },
  {
    pattern: new RegExp(`${THING} (?<be>was|were|is|are) ${DONE} (?:in|at|near) (?:the )?\\p{Lu}`, 'u'),
    ask: ({ thing = '', be, done }) => `Where ${be} ${inside(thing)} ${done}?`,
  },
  {
    pattern: new RegExp(`${THING} (?<be>was|were) ${DONE} by `, 'u'),
    ask: ({ thing = '', be, done }) => `By whom ${be} ${inside(thing)} ${done}?`,
  },
  {
    pattern: new RegExp(`${NAME},? (?:said|told|added|announced)\\b`, 'u'),
    ask: ({ name }) => `What did ${name} say?`,
  },
  {
    pattern: new RegExp(`${THING} will (?<verb>cost|hold|open|build|need|pay|receive|publish)\\b`, 'u'),
    ask: ({ thing = '', verb }) => `What will ${inside(thing)} ${verb}?`,
  },
  {
    pattern: new RegExp(`${NAME}, \\d{1,3},`, 'u'),
    ask: ({ name }) => `How old is ${name}?`,
  },
  {
    pattern: new RegExp(`${NAME}(?:,| is| was) (?:the|a|an|who|vice|head|director|mayor)\\b`, 'u'),
    ask: ({ name }) => `Who or what is ${name}?`,
  },
];
const PRONOUN =
  /^(?:he|she|it|they|this|that|these|those|there|we|you|i|what|who|which|some|many|both|all)\b/i;

/** Questions that an article may answer, those of the most telling form first; each still has to be asked. */
export function sampleQuestions({ seed, sentences }: Chunks): SampleQuestion[] {
  const prose = sentences.filter(({ start, end, block }) => {
    return seed.blocks[block]?.kind === 'body' && end - start <= LONGEST_SENTENCE;
  });
  const found = new Map<string, SampleQuestion>();
  for (const { pattern, ask } of FORMS) {
    for (const { start, end } of prose) {
      const groups = pattern.exec(seed.text.slice(start, end).replace(/\s+/g, ' '))?.groups;
      if (groups === undefined || PRONOUN.test(groups.thing ?? groups.name ?? '')) continue;
      const question = ask(groups);
      if (!found.has(question)) found.set(question, { question, from: { start, end } });
    }
  }
  return [...found.values()].slice(0, MAX_CANDIDATES);
}

/** `The office` as it stands inside a sentence; a name keeps its capital. */
function inside(thing: string): string {
  return thing.replace(/^(?:The|A|An) /, (article) => article.toLowerCase());
}
