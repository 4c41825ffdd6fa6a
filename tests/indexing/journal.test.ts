import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rebuild } from '../../src/answering/rebuild.ts';
import { buildGeneration } from '../../src/indexing/build.ts';
import { Journal } from '../../src/indexing/journal.ts';
import { seedOfLines } from '../answering/seed-of-lines.ts';
import { fakeEmbedder } from './fake-embedder.ts';

const LINES = 400;
const SEED = seedOfLines('long', Array.from({ length: LINES }, (_, i) => `Line ${i} is here.`).join('\n'));

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-journal-'));
  file = path.join(folder, 'generations', '.interrupted');
});
afterEach(() => rm(folder, { recursive: true }));

/** A build that is killed with two batches done. */
async function interruptedBuild(): Promise<void> {
  const script = fileURLToPath(new URL('./build-and-die.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, `${LINES}`], {
    stdio: 'inherit',
  });
  await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
}

/** What the next build embeds, and whether it gives what a build from nothing gives. */
async function goOn(embedder = fakeEmbedder) {
  const journal = await Journal.open(folder, embedder.fingerprint);
  const { size } = journal;
  const built = await buildGeneration([SEED], embedder, undefined, { journal });
  const whole = await buildGeneration([SEED], embedder);
  expect(built.generation.sentences.vectors).toEqual(whole.generation.sentences.vectors);
  for (const row of [0, 7, LINES - 1]) {
    expect(built.generation.sentences.tokens(row)).toEqual(whole.generation.sentences.tokens(row));
  }
  await journal.close();
  return { known: size, embedded: built.embedded, all: whole.embedded };
}

describe('a build that was killed', () => {
  it('is gone on with: what was embedded is not embedded again', async () => {
    await interruptedBuild();
    const { known, embedded, all } = await goOn();
    expect(known).toBe(64);
    // A line is a passage.
    expect(all).toBe(LINES);
    expect(embedded).toBe(all - known);
  });

  it('leaves nothing behind once its generation is published', async () => {
    await interruptedBuild();
    const lines: string[] = [];
    const options = {
      seedsFolder: folder,
      indexFolder: folder,
      modelsFolder: folder,
      model: 'fake',
      report: (line: string, part?: number) => part === undefined && lines.push(line),
    };
    const { rebuilt } = await rebuild(options, [SEED], fakeEmbedder, { full: false });
    expect(lines).toEqual(['index: going on with 64 texts of a build that was interrupted']);
    expect(rebuilt.embedded).toBe(LINES - 64);
    expect(await readdir(path.join(folder, 'generations'))).toEqual(['000001']);
  });

  it.each([
    ['cut short in its last record', (size: number) => size - 1, 32],
    ['cut short in its first batch', (size: number) => size >> 2, 0],
    ['emptied', () => 0, 0],
  ])('whose journal is %s uses what is whole', async (_, length, expected) => {
    await interruptedBuild();
    await truncate(file, length((await readFile(file)).length));
    expect((await goOn()).known).toBe(expected);
  });

  it('whose journal has a bit flipped uses what stands before it', async () => {
    await interruptedBuild();
    const bytes = await readFile(file);
    const place = bytes.length - 1000;
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    await writeFile(file, bytes);
    expect((await goOn()).known).toBe(32);
  });

  it('with another model is begun anew', async () => {
    await interruptedBuild();
    const { known, embedded, all } = await goOn({ ...fakeEmbedder, fingerprint: 'another' });
    expect([known, embedded]).toEqual([0, all]);
  });
});
