import { OPERATIONS_A_TOKEN } from './limits.ts';
import type { OursAt } from './ours.ts';
import { PEERS, type PeerAt } from './peers.ts';
import type { Spread } from './processes.ts';
import type { Results, SizeResult } from './results.ts';
import { targetsOf } from './targets.ts';

const NAME_WIDTH = 34;
const COLUMNS = ['p50 ms', 'p95 ms', '× liaison (5 to 95 %)', 'asked', 'CPU ms', 'index s', 'RSS MB'];
const WIDTHS = [9, 9, 23, 7, 9, 9, 9];

/** The results as plain text. */
export function renderTable(results: Results): string {
  const { machine, code } = results;
  const busiest = Math.max(...Object.values(results.busy));
  const busy = `others used up to ${(100 * busiest).toFixed(0)} % of it right before a part`;
  const lines = [`${machine}; ${busy}; ${code}`, ...headOf(results), ...results.sizes.flatMap(linesOf)];
  const targets = targetsOf(results).map(
    ({ what, wanted, is, met }) => `${met ? 'met   ' : 'MISSED'}  ${what}: ${is} (wanted ${wanted})`,
  );
  return `${[...lines, '', ...targets].join('\n')}\n`;
}

function headOf({ limits, model }: Results): string[] {
  const lines: string[] = [];
  if (limits !== undefined) {
    const { gigaflops, gigaopsInt8, memoryGbPerSecond } = limits;
    lines.push(
      `limits: the model's matrix products alone ${around(gigaflops)} GFLOP/s, in whole numbers ${around(gigaopsInt8)}; memory ${around(memoryGbPerSecond)} GB/s`,
    );
  }
  if (model !== undefined) {
    const products = (model.oursTokens * OPERATIONS_A_TOKEN) / 1e9;
    const peers = Object.entries(model.peers).map(
      ([name, speed]) => `${name} ${typeof speed === 'string' ? `failed: ${speed}` : speed.toFixed(0)}`,
    );
    lines.push(
      `model: ${around(model.ours)} passages/s (${model.oursTokens.toFixed(0)} word pieces/s, ${products.toFixed(0)} GFLOP/s of products)`,
      `  @xenova/transformers used plainly ${around(model.plain)}, ours is ${around(model.ratio, 1)} times as fast; ${peers.join(', ')}`,
    );
  }
  return lines;
}

function linesOf({ paragraphs, ours, peers }: SizeResult): string[] {
  return [
    '',
    `${paragraphs.toLocaleString('en')} paragraph${paragraphs === 1 ? '' : 's'}${madeOf(ours)}`,
    ...detailsOf(ours).map((line) => `  ${line}`),
    row('', COLUMNS),
    ...(ours.ask === undefined ? [] : [row('liaison', ourCells(ours, ours.ask))]),
    ...Object.entries(peers).map(([name, peer]) =>
      typeof peer === 'string'
        ? `${name.padEnd(NAME_WIDTH)}skipped: ${peer}`
        : `${row(name, cellsOf(peer))}  ${PEERS[name]}`,
    ),
  ];
}

function madeOf({ build }: OursAt): string {
  if (build === undefined) return '';
  const { passages, sentences, model } = build;
  const copies =
    model.copied === 0 ? 'all vectors from the model' : `${model.copied} vectors are noisy copies`;
  return `: ${passages} passages, ${sentences} sentences; ${model.texts} texts through the model, ${copies}`;
}

function detailsOf({ build, ask, start, bot, change }: OursAt): string[] {
  return [
    build &&
      `build ${build.model.copied === 0 ? `${seconds(build.seconds)} s, ` : ''}without the model ${seconds(build.indexSeconds)} s; peak ${build.peakMb.toFixed(0)} MB; ${build.diskMb.toFixed(1)} MB on disk`,
    change && `1 % changed: ${seconds(change.seconds)} s (${change.texts} texts through the model)`,
    ask &&
      `model ${ms(ask.embed.p50)} ms, search ${ms(ask.search.p50)} (p95 ${ms(ask.search.p95)}); the first ${ask.early.runs} after the start ${ms(ask.early.p50)}; 10 nearest ${ms(ask.nearest.p50)}, recall ${ask.recall.toFixed(4)}; by the graph ${ms(ask.graph.p50)}, ${ask.graphRecall.toFixed(4)}; by a scan unrounded ${ms(ask.scan.p50)}`,
    bot &&
      `through the bot p50 ${bot.p50} ms, p95 ${bot.p95} ms; its processes ${bot.rssMb.toFixed(0)} MB resident (${bot.pssMb.toFixed(0)} with shared pages once)`,
    start &&
      `start to answer: npm run ask ${inSeconds(start.ask)} s (${inSeconds(start.askAlone)} without npm), npm start ${inSeconds(start.chat)} s`,
  ].filter((line) => line !== undefined);
}

function ourCells({ build, bot }: OursAt, { answer, processorMs }: NonNullable<OursAt['ask']>): string[] {
  const index = build === undefined ? '' : seconds(build.indexSeconds);
  return [
    ms(answer.p50),
    ms(answer.p95),
    '',
    String(answer.runs),
    ms(processorMs),
    index,
    bot === undefined ? '' : bot.rssMb.toFixed(0),
  ];
}

function cellsOf({ answer, ratio, processorMs, indexSeconds, rssMb }: PeerAt): string[] {
  return [
    ms(answer.p50),
    ms(answer.p95),
    `${times(ratio.p50)} (${times(ratio.p5)} to ${times(ratio.p95)})`,
    String(answer.runs),
    ms(processorMs),
    seconds(indexSeconds),
    rssMb.toFixed(0),
  ];
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(NAME_WIDTH) + cells.map((cell, i) => cell.padStart(WIDTHS[i] ?? 0)).join('');
}

function around({ p5, p50, p95 }: Spread, digits = 0): string {
  return `${p50.toFixed(digits)} (${p5.toFixed(digits)} to ${p95.toFixed(digits)})`;
}

function times(ratio: number): string {
  return ratio.toFixed(ratio < 1 ? 2 : 1);
}

function inSeconds({ p50 }: Spread): string {
  return (p50 / 1000).toFixed(2);
}

function ms(value: number): string {
  return value.toFixed(value < 1 ? 2 : value < 100 ? 1 : 0);
}

function seconds(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0);
}
