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
  test('measures liaison at each size, and draws it', async () => {
    const page = path.join(folder, 'bench.html');
    const short = ['--sizes', '1,20', '--peers', 'none', '--questions', '4', '--embedded', '8'];
    const { output, errors, status } = await bench(
      ...short,
      '--data',
      await smallData(),
      '--json',
      '--html',
      page,
    );
    expect(errors).not.toMatch(/Error/);
    expect(status).toBe(0);
    const results = JSON.parse(output) as Results;
    expect(results.sizes.map(({ ours }) => ours.size)).toEqual([1, 20]);
    for (const { ours } of results.sizes) {
      for (const figure of [
        ours.answer.p50,
        ours.bot.p50,
        ours.firstAnswer.p50,
        ours.memoryMb,
        ours.diskMb,
      ]) {
        expect(figure).toBeGreaterThan(0);
      }
      expect(ours.passages).toBeGreaterThan(0.8 * ours.size);
    }
    expect(results.embedding.ratios.every((ratio) => ratio > 0)).toBe(true);
    expect(renderTable(results)).toContain('20 paragraphs');
    expect(await readFile(page, 'utf8')).toContain('<svg');
  }, 600_000);

  test.each([
    [['--sizes', '20,1'], '--sizes ascend'],
    [['--sizes', 'x'], '--sizes takes whole numbers from 1'],
    [['--peers', 'nobody'], 'no peer nobody'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('%j is wrong usage', async (args, message) => {
    const { errors, status } = await bench(...args);
    expect(status).toBe(2);
    expect(errors).toContain(message);
    expect(errors).toContain('usage: npm run bench');
  });

  test('says which file is missing', async () => {
    const { errors, status } = await bench('--data', path.join(folder, 'absent.json'), '--peers', 'none');
    expect(status).toBe(1);
    expect(errors).toContain('absent.json: absent; --data FILE');
  });
});
