import type { StormReport } from './storm.ts';

/** Memory or handles that may come to be over a storm without being called a leak. */
const MAX_HEAP_GROWTH_MB = 40;
const MAX_HANDLE_GROWTH = 10;
/** The first one, which is kept, the one that is logged in, and two that were destroyed a moment ago. */
const MAX_CLIENTS = 4;

/** Lines of the log that tell of a bug, whatever Discord does. */
const BUGS = ['an event could not be taken', 'the client failed', 'what was missed could not be read'];

/** What a storm must not end with; empty when the bot stood it. */
export function failuresOf({ wrong, complaints, exit, figures, lines }: StormReport): string[] {
  const last = figures.at(-1);
  // The first questions load and compile what the others use.
  const early = figures[2];
  return [
    ...wrong.map(({ kind, fate, id, logId, arrived, at }) => {
      const heard = arrived ? `heard of as ${logId}` : 'never heard of';
      return `${fate}: ${kind} ${id}, ${heard}, asked after ${at.toFixed(1)} s`;
    }),
    ...complaints,
    ...Object.keys(lines).filter((line) => BUGS.some((bug) => line.startsWith(bug))),
    ...(exit === 0 ? [] : [`the bot ended with ${exit}`]),
    ...(last === undefined || early === undefined
      ? ['there are no figures']
      : [
          ...more('MiB of heap', last.heapMb - early.heapMb, MAX_HEAP_GROWTH_MB),
          ...more('open handles', last.handles - early.handles, MAX_HANDLE_GROWTH),
          ...more('clients', last.clients, MAX_CLIENTS),
        ]),
  ];
}

function more(what: string, by: number, most: number): string[] {
  return by > most ? [`${Math.round(by)} ${what} more than at the start of the storm; ${most} may be`] : [];
}

export function show(report: StormReport): string {
  const { seed, questions, seconds, fates, waits, faults, figures, lines } = report;
  const table = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]) => `${String(count).padStart(7)}  ${name}`);
  const failures = failuresOf(report);
  return [
    `seed ${seed}: ${questions} questions in ${seconds.toFixed(0)} s`,
    ...table(fates),
    `answered or refused after (ms): p50 ${waits.p50}, p95 ${waits.p95}, max ${waits.max}`,
    'faults:',
    ...table(faults),
    'log:',
    ...table(lines),
    '  asked  heap MiB  rss MiB  handles  clients',
    ...figures.map(({ asked, heapMb, rssMb, handles, clients }) =>
      [asked, heapMb.toFixed(1), rssMb.toFixed(0), handles, clients]
        .map((each) => String(each).padStart(7))
        .join('  '),
    ),
    failures.length === 0 ? 'stood' : 'NOT STOOD:',
    ...failures,
    '',
  ].join('\n');
}
