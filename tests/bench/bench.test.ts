import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT } from './processes.ts';
import type { Results } from './results.ts';
import { renderTable } from './table.ts';

const QUESTIONS = path.join(PROJECT, 'tests', 'questions');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-bench-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Our own test articles and their questions, as SQuAD's file has its own. */
async function smallData(): Promise<string> {
  const names = (await readdir(path.join(QUESTIONS, 'seeds'))).filter((name) => name.endsWith('.txt'));
  const data = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(QUESTIONS, 'seeds', name), 'utf8');
      const json = await readFile(path.join(QUESTIONS, `${path.parse(name).name}.json`), 'utf8');
      const qas = (JSON.parse(json) as { cases: { question: string }[] }).cases;
      const contexts = text.split('\n').filter((line) => line.length > 80);
      return { paragraphs: contexts.map((context, i) => ({ context, qas: i === 0 ? qas : [] })) };
    }),
  );
  const file = path.join(folder, 'articles.json');
  await writeFile(file, JSON.stringify({ data }));
  return file;
}

async function bench(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/bench/main.ts', ...args], {
    cwd: PROJECT,
  });
  const read = async (stream: NodeJS.ReadableStream) => {
    let text = '';
    for await (const chunk of stream) text += chunk;
    return text;
  };
  const ended = once(child, 'close');
  const [output, errors] = await Promise.all([read(child.stdout), read(child.stderr)]);
  await ended;
  return { output, errors, status: child.exitCode };
}

describe('npm run bench', () => {
  test('measures every part of liaison, holds it to its targets, and draws it', async () => {
    const page = path.join(folder, 'bench.html');
    const short = ['--sizes', '20', '--peers', 'none', '--questions', '1', '--data', await smallData()];
    const { output, errors, status } = await bench(...short, '--json', '--html', page);
    expect(errors).not.toMatch(/Error/);
    expect(status).toBe(0);
    const results = JSON.parse(output) as Results;
    const { limits, model, sizes } = results;
    expect(sizes.map(({ paragraphs }) => paragraphs)).toEqual([20]);
    const { build, ask, start, bot, change } = sizes[0]?.ours ?? {};
    const figures = [
      limits?.gigaflops.p50,
      limits?.gigaopsInt8.p50,
      limits?.memoryGbPerSecond.p50,
      model?.ratio.p50,
      build?.indexSeconds,
      build?.diskMb,
      ask?.answer.p50,
      start?.ask.p50,
      start?.chat.p50,
      bot?.p50,
      bot?.rssMb,
      change?.seconds,
    ];
    for (const figure of figures) expect(figure).toBeGreaterThan(0);
    expect(build?.passages).toBeGreaterThan(16);
    expect(build?.model.copied).toBe(0);
    expect(change?.texts).toBeGreaterThan(0);
    expect(ask?.recall).toBe(1);
    const table = renderTable(results);
    expect(table).toContain('20 paragraphs');
    expect(table).toMatch(/(met|MISSED) +recall@10/);
    expect(await readFile(page, 'utf8')).toContain('<svg');
  }, 600_000);

  test.each([
    [['--sizes', '20,1'], '--sizes ascend'],
    [['--sizes', 'x'], '--sizes takes whole numbers from 1'],
    [['--parts', 'x'], '--parts: no x; there are limits; model; build'],
    [['--peers', 'nobody'], '--peers: no nobody; there are LangChain.js + HNSWLib'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('%j is wrong usage', async (args, message) => {
    const { errors, status } = await bench(...args);
    expect(status).toBe(2);
    expect(errors).toContain(message);
    expect(errors).toContain('usage: npm run bench');
  });

  test.each([
    [['--data', 'absent.json'], 'absent.json: absent; --data FILE'],
    [['--parts', 'start', '--sizes', '7'], 'no index of 7 paragraphs; run --parts build first'],
  ])('%j cannot be measured', async (args, message) => {
    const { errors, status } = await bench('--peers', 'none', '--data', await smallData(), ...args);
    expect(status).toBe(1);
    expect(errors).toContain(message);
  });
});
