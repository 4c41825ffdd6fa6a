import { AggregatorRegistry, Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Outcome } from '../answering/answer.ts';
import type { Metrics } from './metrics.ts';

/** A warm question takes a few milliseconds, a foreign or busy one up to seconds. */
const LATENCY_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  readonly #questions = new Counter({
    name: 'liaison_questions_total',
    help: 'Questions answered, by outcome',
    labelNames: ['outcome'],
    registers: [this.#registry],
  });
  readonly #latency = new Histogram({
    name: 'liaison_answer_seconds',
    help: 'Time from question to answer within the library',
    buckets: LATENCY_BUCKETS_SECONDS,
    registers: [this.#registry],
  });
  readonly #rebuilds = new Counter({
    name: 'liaison_rebuilds_total',
    help: 'Rebuilt indexes that were taken into use',
    registers: [this.#registry],
  });
  readonly #reconnects = new Counter({
    name: 'liaison_reconnects_total',
    help: 'Times that the connection to Discord was lost',
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  asked(outcome: Outcome, seconds: number): void {
    this.#questions.inc({ outcome });
    this.#latency.observe(seconds);
  }

  rebuilt(): void {
    this.#rebuilds.inc();
  }

  reconnected(): void {
    this.#reconnects.inc();
  }

  values(): Promise<unknown[]> {
    return this.#registry.getMetricsAsJSON();
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

/** The `values` of several processes together, in Prometheus's text format. */
export function addedUpText(values: readonly unknown[][]): Promise<string> {
  return AggregatorRegistry.aggregate(values as object[]).metrics();
}
