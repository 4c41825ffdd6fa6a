import type { Library } from '../../src/answering/library.ts';

const IN_FLIGHT = 50;

/** How long questions took, so many of them at once. */
export interface Latencies {
  readonly asked: number;
  readonly lost: number;
  readonly p95Ms: number;
  readonly longestMs: number;
}

/** Asks every question, fifty at a time. */
export async function askAll(
  library: Pick<Library, 'ask'>,
  questions: readonly string[],
): Promise<Latencies> {
  const left = [...questions];
  const took: number[] = [];
  let lost = 0;
  const askOn = async () => {
    for (let question = left.pop(); question !== undefined; question = left.pop()) {
      const began = performance.now();
      const { quotes } = await library.ask(question);
      took.push(performance.now() - began);
      if (quotes.length === 0) lost++;
    }
  };
  const asking = Array.from({ length: IN_FLIGHT }, askOn);
  for (const outcome of await Promise.allSettled(asking)) if (outcome.status === 'rejected') lost++;
  took.sort((a, b) => a - b);
  return {
    asked: questions.length,
    lost,
    p95Ms: took[Math.floor(took.length * 0.95)] ?? 0,
    longestMs: took.at(-1) ?? 0,
  };
}
