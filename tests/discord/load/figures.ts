import { KINDS, type Kind, type Question } from './crowd.ts';

/** The bot's memory after so many questions, in MiB. */
export interface MemoryAt {
  readonly done: number;
  readonly rssMb: number;
  readonly heapMb: number;
}

/** Milliseconds from the question. */
interface Times {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

interface Run {
  readonly inFlight: number;
  readonly seconds: number;
  readonly memory: readonly MemoryAt[];
  /** What Discord would have refused. */
  readonly violations: readonly string[];
  /** What the bot warned of. */
  readonly loggedMessages: readonly string[];
}

export interface Figures extends Run {
  readonly questions: number;
  /** Never answered, with more than one answer standing in Discord, answered without a quote. */
  readonly lost: number;
  readonly twice: number;
  /** Answers that were sent again under the same nonce, for nobody said in time that they had come. */
  readonly sentAgain: number;
  readonly unquoted: number;
  readonly kinds: Readonly<Partial<Record<Kind | 'all', { readonly first: Times; readonly reply: Times }>>>;
}

export function figuresOf(questions: readonly Question[], run: Run): Figures {
  const kinds = [...KINDS, 'all' as const].flatMap((kind) => {
    const those = questions.filter((question) => kind === 'all' || question.kind === kind);
    return those.length === 0 ? [] : [[kind, timesOf(those)] as const];
  });
  return {
    ...run,
    questions: questions.length,
    lost: questions.filter(({ replies }) => replies === 0).length,
    twice: questions.filter(({ replies }) => replies > 1).length,
    sentAgain: questions.filter(({ sent }) => sent > 1).length,
    unquoted: questions.filter(({ replies, quoted }) => replies > 0 && !quoted).length,
    kinds: Object.fromEntries(kinds),
  };
}

function timesOf(questions: readonly Question[]) {
  const since = (end: 'firstAt' | 'repliedAt') =>
    questions.flatMap(({ sentAt, [end]: at }) => (at === undefined ? [] : [at - sentAt]));
  return { first: percentiles(since('firstAt')), reply: percentiles(since('repliedAt')) };
}

function percentiles(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

export function show(figures: Figures): string {
  const { questions, inFlight, seconds, lost, twice, sentAgain, unquoted, violations, loggedMessages } =
    figures;
  const rate = (questions / seconds).toFixed(1);
  const lines = [
    `${questions} questions, ${inFlight} in flight, ${seconds.toFixed(1)} s (${rate} a second)`,
    `lost ${lost} · answered twice ${twice} · sent again ${sentAgain} · without a quote ${unquoted} · rules broken ${violations.length} · warnings ${loggedMessages.length}`,
    '',
    'ms         first visible: p50   p95   max    reply: p50   p95   max',
    ...Object.entries(figures.kinds).map(([kind, { first, reply }]) => {
      const columns = (times: Times) => [times.p50, times.p95, times.max].map((ms) => String(ms).padStart(5));
      return `${kind.padEnd(22)}${columns(first).join(' ')}        ${columns(reply).join(' ')}`;
    }),
    '',
    'after    rss MiB  heap MiB',
    ...figures.memory.map(({ done, rssMb, heapMb }) => {
      return `${String(done).padEnd(8)}${rssMb.toFixed(0).padStart(8)}${heapMb.toFixed(0).padStart(10)}`;
    }),
    ...new Set(violations),
    ...new Set(loggedMessages),
  ];
  return `${lines.join('\n')}\n`;
}
