import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Model, startModel } from '../../src/embedding/child-embedder.ts';
import { DEFAULT_MODEL, prepareModel } from '../../src/embedding/model-files.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { OperatorError } from '../../src/operator-error.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const MODELS_FOLDER = path.join(PROJECT, 'embeddings', 'models');
const SCRIPTED = fileURLToPath(new URL('./scripted-model.ts', import.meta.url));
const QUESTION = 'Where is Kaesong?';
// A first run tells that it writes the model.
await prepareModel(DEFAULT_MODEL, MODELS_FOLDER, () => undefined);

let folder: string;
let lines: string[];
let model: Model | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-model-'));
  lines = [];
});
afterEach(async () => {
  model?.close();
  await rm(folder, { recursive: true });
});

const report = (line: string) => lines.push(line);
const startReal = async (patienceMs = 15_000) => {
  model = await startModel({ model: DEFAULT_MODEL, modelsFolder: MODELS_FOLDER, report, patienceMs });
  return model;
};
const startScripted = async (script: string, clock = () => 0, patienceMs = 15_000) => {
  model = await startModel({
    model: script,
    modelsFolder: folder,
    report,
    entry: SCRIPTED,
    clock,
    patienceMs,
  });
  return model;
};
const heard = async () => (await readFile(path.join(folder, 'heard'), 'utf8')).trimEnd().split('\n');

function signal({ pid }: Model, name: NodeJS.Signals): number {
  if (pid === undefined) throw new Error('no process runs');
  process.kill(pid, name);
  return pid;
}

const isGone = (pid: number) => {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
};

describe('the process that holds the model', () => {
  test('is replaced when it is killed with a question in hand, which is answered all the same', async () => {
    const { embedder } = await startReal();
    const expected = await (
      await loadEmbedder({ model: DEFAULT_MODEL, modelsFolder: MODELS_FOLDER, report })
    ).embed([QUESTION]);
    // Stopped, so that it does not answer before it is killed.
    signal(model as Model, 'SIGSTOP');
    const answer = embedder.embed([QUESTION]);
    const killed = signal(model as Model, 'SIGKILL');
    expect(await answer).toEqual(expected);
    expect(model?.pid).not.toBe(killed);
    expect(isGone(killed)).toBe(true);
    // By chance the question is written before the kill is noticed, or after.
    const reason =
      /^model: its process (ended \(SIGKILL\)|cannot be reached \(write EPIPE\)); trying once more/;
    expect(lines).toEqual([expect.stringMatching(reason)]);
  });

  test('is replaced when it was killed while nobody asked', async () => {
    const { embedder } = await startReal();
    const killed = signal(model as Model, 'SIGKILL');
    expect(await embedder.embed([QUESTION])).toHaveLength(1);
    expect(isGone(killed)).toBe(true);
  });

  test('is replaced when it hangs, and ended', async () => {
    const { embedder } = await startReal(3000);
    const stopped = signal(model as Model, 'SIGSTOP');
    expect(await embedder.embed([QUESTION])).toHaveLength(1);
    expect(model?.pid).not.toBe(stopped);
    expect(isGone(stopped)).toBe(true);
    expect(lines).toEqual([expect.stringContaining('said nothing for 3 s')]);
  });

  test.each(['nan', 'endless', 'few', 'many', 'short', 'pieces', 'garbage', 'exit'])(
    'is replaced when it answers with %s; the question is tried once more, then refused with an id',
    async (fault) => {
      const { embedder } = await startScripted(`good ${fault} good good good ${fault} good ${fault} good`);
      expect(await embedder.embed([QUESTION])).toHaveLength(1);
      expect(lines).toHaveLength(1);
      expect(await embedder.embed([QUESTION])).toHaveLength(1);
      const refusal = await embedder.embed([QUESTION]).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(OperatorError);
      const [, id = 'no id'] = /\(([0-9a-f]{8})\)/.exec((refusal as Error).message) ?? [];
      expect((refusal as Error).message.split('\n')).toHaveLength(1);
      expect(lines.at(-1)).toContain(id);
      expect(await embedder.embed([QUESTION])).toHaveLength(1);
      expect((await heard()).filter((line) => line === 'start')).toHaveLength(4);
    },
  );

  test('is not trusted with an answer that nobody asked for', async () => {
    const { embedder } = await startScripted('good stale');
    expect(await embedder.embed([QUESTION])).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  test('answers a question before work that waits, after one batch at most', async () => {
    const { embedder, background } = await startScripted('good');
    const work = background.embed(Array.from({ length: 40 }, (_, i) => `${'work '.repeat(60)}${i}`));
    const answers = Promise.all([embedder.embed(['first']), embedder.embed(['second'])]);
    expect(await work).toHaveLength(40);
    await answers;
    const [start, batch, ...rest] = await heard();
    expect(start).toBe('start');
    expect(batch).toMatch(/^work/);
    expect(rest.slice(0, 2)).toEqual(['first', 'second']);
    expect(rest.slice(2).every((line) => line.startsWith('work'))).toBe(true);
    expect(rest.length).toBeGreaterThan(4);
  });

  test('that dies at start again and again is tried at growing intervals, and questions are refused meanwhile', async () => {
    let now = 0;
    const { embedder } = await startScripted('good exit', () => now);
    const starts = async () => (await heard()).filter((line) => line === 'start').length;
    const ask = () => embedder.embed([QUESTION]).catch((error: Error) => error.message);
    expect(await ask()).toContain('failed twice');
    expect(await starts()).toBe(2);
    for (const waitMs of [1000, 2000, 4000]) {
      expect(await ask()).toContain(`again in ${waitMs / 1000} s`);
      const before = await starts();
      now += waitMs - 1;
      expect(await ask()).toContain('again in 1 s');
      expect(await starts()).toBe(before);
      now += 1;
      await ask();
      expect(await starts()).toBe(before + 1);
    }
  });

  test('whose model is another after a restart answers nothing', async () => {
    const { embedder } = await startScripted('good exit other-model');
    await expect(embedder.embed([QUESTION])).rejects.toThrow('files have changed while liaison runs');
  });

  test('whose file was unplugged is told in one sentence, and answers again once it is back', async () => {
    const own = path.join(folder, 'own-model');
    await cp(path.join(MODELS_FOLDER, DEFAULT_MODEL), own, { recursive: true });
    const started = await startModel({ model: own, modelsFolder: MODELS_FOLDER, report });
    model = started;
    const file = path.join(own, 'onnx', 'model_quantized.onnx');
    await rename(file, `${file}.unplugged`);
    // It is in memory: nothing is amiss until the process has to start again.
    expect(await started.embedder.embed([QUESTION])).toHaveLength(1);
    signal(started, 'SIGKILL');
    const refused = started.embedder.embed([QUESTION]);
    await expect(refused).rejects.toThrow(OperatorError);
    await expect(refused).rejects.toThrow(/^model: [^\n]*own-model does not load [^\n]*$/);
    await rename(`${file}.unplugged`, file);
    expect(await started.embedder.embed([QUESTION])).toHaveLength(1);
  });

  test('that cannot start at all is told in one line', async () => {
    await expect(startScripted('exit')).rejects.toThrow(
      /^model: its process ended \(exit status 3\) while loading; run: npm run doctor$/,
    );
    const missing = startModel({ model: '/nowhere', modelsFolder: MODELS_FOLDER, report });
    await expect(missing).rejects.toThrow(/^model: EMBEDDING_MODEL=\/nowhere is neither/);
    await expect(missing).rejects.toThrow(OperatorError);
  });
});

/**
 * Both processes hold the same pipe as their stderr: `close` comes when both have ended.
 * @returns what was written to stdout until then
 */
async function endParent(when: string, end: (pid: number) => void, ...args: string[]) {
  const parent = spawn(process.execPath, ['--import', 'tsx', 'tests/embedding/model-parent.ts', ...args], {
    cwd: PROJECT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  createInterface({ input: parent.stdout }).on('line', (line) => {
    said.push(line);
    if (line === when) end(parent.pid ?? 0);
  });
  await once(parent, 'close');
  return { said, status: parent.exitCode };
}

describe('no process is left', () => {
  const kill = (pid: number) => process.kill(pid, 'SIGKILL');

  test('when the parent ends by itself', async () => {
    expect(await endParent('', kill)).toEqual({ said: ['starting', 'asked', '384'], status: 0 });
  });

  test.each(['starting', 'asked', '384'])('when the parent is killed at "%s"', async (when) => {
    const { said, status } = await endParent(when, kill, 'stay');
    expect(said).toContain(when);
    expect(status).toBeNull();
  });

  test('and none is lost to a Ctrl-C, which reaches both: the parent finishes the question', async () => {
    const interruptBoth = (pid: number) => process.kill(-pid, 'SIGINT');
    const { said } = await endParent('asked', interruptBoth);
    expect(said).toEqual(['starting', 'asked', '384']);
  });
});
