import { PEERS } from './peers.ts';
import type { Results, SizeResult } from './results.ts';

const NAME_WIDTH = 34;
const NUMBER_WIDTH = 13;

/** The results as plain text. */
export function renderTable({ machine, limits, embedding, sizes }: Results): string {
  const { ratios } = embedding;
  const ratio = (share: number) => (ratios[Math.floor(share * (ratios.length - 1))] ?? Number.NaN).toFixed(1);
  const lines = [
    machine,
    `limits: ${limits.gigaflops.toFixed(0)} GFLOP/s in the model's products, memory ${limits.memoryGbPerSecond.toFixed(0)} GB/s, a bare hnswlib query ${ms(limits.hnsw.p50)} ms`,
    `embedding: ${embedding.ours.p50.toFixed(0)} passages/s, @xenova/transformers used plainly ${embedding.plain.p50.toFixed(0)}; ratio ${ratio(0.5)} (${ratio(0)} to ${ratio(1)} over ${ratios.length} batches)`,
    ...sizes.flatMap(linesOf),
  ];
  return `${lines.join('\n')}\n\n`;
}

function linesOf({ ours, peers }: SizeResult): string[] {
  const { p50 } = ours.answer;
  return [
    '',
    `${ours.size} paragraphs: ${ours.passages} passages, ${ours.sentences} sentences; ${ours.embeddedTexts} texts through the model, ${ours.copiedTexts} noisy copies`,
    row(
      'liaison',
      [
        ms(p50),
        ms(ours.answer.p95),
        ms(ours.processorMs),
        '',
        ours.memoryMb.toFixed(0),
        seconds(ours.buildSeconds),
      ],
      ['p50 ms', 'p95 ms', 'CPU ms', '× ours, CPU', 'memory MiB', 'index s'],
    ),
    `  model ${ms(ours.embed.p50)}, search ${ms(ours.search.p50)} (p95 ${ms(ours.search.p95)}); through the bot ${ms(ours.bot.p50)} (p95 ${ms(ours.bot.p95)}); start to first answer ${(ours.firstAnswer.p50 / 1000).toFixed(2)} s`,
    `  1 % changed ${seconds(ours.changedSeconds)} s; disk ${ours.diskMb.toFixed(0)} MiB; memory: the model's process ${ours.modelMb.toFixed(0)} MiB of it, ${ours.rssMb.toFixed(0)} with what the two share counted twice; ${ours.tokensPerSecond.toFixed(0)} word pieces/s`,
    ...Object.entries(peers).map(([name, peer]) =>
      typeof peer === 'string'
        ? `${name.padEnd(NAME_WIDTH)}failed: ${peer}`
        : `${row(name, [
            ms(peer.answer.p50),
            ms(peer.answer.p95),
            ms(peer.processorMs),
            (peer.processorMs / ours.processorMs).toFixed(1),
            peer.memoryMb.toFixed(0),
            seconds(peer.indexSeconds),
          ])}  ${PEERS[name]}`,
    ),
  ];
}

function row(name: string, cells: readonly string[], titles?: readonly string[]): string {
  const line = name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(NUMBER_WIDTH)).join('');
  if (titles === undefined) return line;
  return `${''.padEnd(NAME_WIDTH)}${titles.map((title) => title.padStart(NUMBER_WIDTH)).join('')}\n${line}`;
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0);
}

function seconds(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0);
}
