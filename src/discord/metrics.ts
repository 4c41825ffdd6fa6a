import type { Outcome } from '../answering/answer.ts';

/** What is counted for those who watch the bot; nothing of what users write. */
export interface Metrics {
  /** A question was answered; `seconds` is the search alone. */
  asked(outcome: Outcome, seconds: number): void;
  rebuilt(): void;
  reconnected(): void;
  /** All of it as numbers, to be added up with those of other processes. */
  values(): Promise<unknown[]>;
  /** All of it in Prometheus's text format. */
  text(): Promise<string>;
}
