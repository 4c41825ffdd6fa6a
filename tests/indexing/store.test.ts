import { createHash } from 'node:crypto';
import { chmod, cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { buildGeneration } from '../../src/indexing/build.ts';
import { DamagedGeneration, readManifest } from '../../src/indexing/generation.ts';
import { publish, readNewest, withWriteLock } from '../../src/indexing/store.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { seedOfLines } from '../answering/seed-of-lines.ts';
import { fakeEmbedder } from './fake-embedder.ts';

const silent = () => undefined;
const roots: string[] = [];
afterAll(() => Promise.all(roots.map((root) => rm(root, { recursive: true, force: true }))));

const ferry = seedOfLines('ferry', 'The ferry sails at nine.\nIt returns at noon. Dogs ride free.');
const library = seedOfLines('library', 'The library voted to open on Sundays.');
const build = async (...seeds: (typeof ferry)[]) =>
  (await buildGeneration(seeds, fakeEmbedder, undefined, silent)).generation;

const FILES = [
  'manifest.json',
  'units.json',
  'words.bin',
  ...['sentences', 'passages'].flatMap((kind) =>
    ['f32', 'rows', 'tokens', 'hnsw'].map((ending) => `${kind}.${ending}`),
  ),
];

test('reads back what was published', async () => {
  const folder = await emptyFolder();
  expect(await readNewest(folder, silent)).toBeUndefined();
  const generation = await build(ferry, library);
  expect(await publish(folder, generation)).toBe('000001');
  const stored = await readNewest(folder, silent);
  expect(stored?.name).toBe('000001');
  expect(stored?.manifest.fingerprint).toBe(fakeEmbedder.fingerprint);
  expect(stored?.manifest.seeds.map(({ id, sentences }) => [id, sentences])).toEqual([
    ['ferry', 3],
    ['library', 1],
  ]);
  expect(stored?.units.sentences).toEqual(generation.units.sentences);
  expect(stored?.units.passages).toEqual(generation.units.passages);
  expect(stored?.lexical.tables).toEqual(generation.lexical.tables);
  for (const kind of ['sentences', 'passages'] as const) {
    const rows = generation[kind].digests.map((_, row) => row);
    expect(stored?.[kind].digests).toEqual(generation[kind].digests);
    expect(stored?.[kind].vectors).toEqual(generation[kind].vectors);
    expect(rows.map((row) => stored?.[kind].tokens(row))).toEqual(rows.map(generation[kind].tokens));
  }
  const query = generation.sentences.vectors.slice(0, fakeEmbedder.dimensions);
  expect(stored?.sentenceGraph.search(query, 1)[0]?.id).toBe(0);
});

test('reads back a generation of no seeds', async () => {
  const folder = await emptyFolder();
  await publish(folder, await build());
  const stored = await readNewest(folder, silent);
  expect(stored?.manifest.counts).toEqual({ sentences: 0, passages: 0 });
  expect(stored?.sentenceGraph.size).toBe(0);
});

describe('a damaged newest generation is passed over by name, and the older one answers', async () => {
  const whole = await emptyFolder();
  await publish(whole, await build(ferry));
  await publish(whole, await build(ferry, library));

  test('the files named here are all the files there are', async () => {
    const files = await readdir(path.join(whole, 'generations', '000002'));
    expect(files.sort()).toEqual(FILES.toSorted());
  });

  const damages: readonly [string, (file: string) => Promise<void>][] = [
    ['cut in half', async (file) => truncate(file, (await readFile(file)).length >> 1)],
    ['emptied', (file) => truncate(file, 0)],
    ['with its first bit flipped', (file) => flipBit(file, () => 0)],
    ['with a bit in its middle flipped', (file) => flipBit(file, (size) => size >> 1)],
    ['with its last bit flipped', (file) => flipBit(file, (size) => size - 1)],
    ['removed', (file) => rm(file)],
  ];
  for (const [how, damage] of damages) {
    test.each(FILES)(`%s ${how}`, async (name) => {
      await expectPassedOver(await copyOf(whole), name, damage);
    });
  }

  test('a manifest is refused whichever of its bytes has a bit flipped', async () => {
    const folder = path.join(await copyOf(whole), 'generations', '000002');
    const file = path.join(folder, 'manifest.json');
    const size = (await readFile(file)).length;
    for (let at = 0; at < size; at++) {
      await flipBit(file, () => at);
      await expect(readManifest(folder), `byte ${at}`).rejects.toThrow(DamagedGeneration);
      await flipBit(file, () => at);
    }
    expect((await readManifest(folder)).fingerprint).toBe(fakeEmbedder.fingerprint);
  });

  test('a manifest from the future', async () => {
    await expectPassedOver(await copyOf(whole), 'manifest.json', async (file) => {
      const { checksum: _, ...manifest } = JSON.parse(await readFile(file, 'utf8'));
      manifest.format++;
      const checksum = createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
      await writeFile(file, JSON.stringify({ ...manifest, checksum }));
    });
  });

  test('no generation answers when each is damaged, and each is named', async () => {
    const folder = await copyOf(whole);
    for (const name of ['000001', '000002']) await rm(path.join(folder, 'generations', name, 'words.bin'));
    const lines: string[] = [];
    expect(await readNewest(folder, (line) => lines.push(line))).toBeUndefined();
    expect(lines.map((line) => /generation (\d+)/.exec(line)?.[1])).toEqual(['000002', '000001']);
  });
});

test('keeps the newest three generations and nothing half written', async () => {
  const folder = await emptyFolder();
  const generation = await build(library);
  for (let i = 0; i < 5; i++) await publish(folder, generation);
  await cp(path.join(folder, 'generations', '000005'), path.join(folder, 'generations', '.000006.1'), {
    recursive: true,
  });
  expect((await readNewest(folder, silent))?.name).toBe('000005');
  expect(await publish(folder, generation)).toBe('000006');
  const names = await readdir(path.join(folder, 'generations'));
  expect(names.sort()).toEqual(['000004', '000005', '000006']);
});

test('a build embeds only what changed, and gives the vectors of a build from nothing', async () => {
  const first = await buildGeneration([ferry, library], fakeEmbedder, undefined, silent);
  const texts = first.generation.units.sentences.length + first.generation.units.passages.length;
  expect(first.embedded).toBe(texts);
  const again = await buildGeneration([ferry, library], fakeEmbedder, first.generation, silent);
  expect(again.embedded).toBe(0);
  const changed = seedOfLines('library', 'The library voted to close on Sundays.');
  const next = await buildGeneration([changed, ferry], fakeEmbedder, again.generation, silent);
  expect(next.embedded).toBe(2);
  const fresh = await build(changed, ferry);
  expect(next.generation.sentences.vectors).toEqual(fresh.sentences.vectors);
  expect(next.generation.passages.vectors).toEqual(fresh.passages.vectors);
  expect(next.generation.sentences.tokens(0)).toEqual(fresh.sentences.tokens(0));
});

test('another model embeds everything again', async () => {
  const { generation, embedded } = await buildGeneration([ferry], fakeEmbedder, undefined, silent);
  const other = { ...fakeEmbedder, fingerprint: 'another' };
  expect((await buildGeneration([ferry], other, generation, silent)).embedded).toBe(embedded);
});

test('an index folder that cannot be is an error of one line', async () => {
  const file = path.join(await emptyFolder(), 'a-file');
  await writeFile(file, '');
  const folder = path.join(file, 'index');
  await expectOneLine(readNewest(folder, silent), folder);
  await expectOneLine(
    build(ferry).then((generation) => publish(folder, generation)),
    folder,
  );
  await expectOneLine(
    withWriteLock(folder, async () => undefined),
    folder,
  );
});

const isRoot = process.getuid?.() === 0;
test.skipIf(isRoot)(
  `a folder without permission is an error of one line${isRoot ? ' (SKIPPED: root may write anywhere)' : ''}`,
  async () => {
    const folder = await emptyFolder();
    await chmod(folder, 0o500);
    await expectOneLine(
      build(ferry).then((generation) => publish(folder, generation)),
      folder,
    );
    await expectOneLine(
      withWriteLock(folder, async () => undefined),
      folder,
    );
  },
);

test('two writers do not run at once, and a writer that fails lets the next one in', async () => {
  const folder = await emptyFolder();
  const generation = await build(library);
  let running = 0;
  const write = (fails: boolean) =>
    withWriteLock(folder, async () => {
      running++;
      expect(running).toBe(1);
      await publish(folder, generation);
      running--;
      if (fails) throw new Error('the writer failed');
    });
  const outcomes = await Promise.allSettled([write(true), write(false)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect((await readNewest(folder, silent))?.name).toBe('000002');
});

async function expectPassedOver(folder: string, name: string, damage: (file: string) => Promise<void>) {
  await damage(path.join(folder, 'generations', '000002', name));
  const lines: string[] = [];
  const stored = await readNewest(folder, (line) => lines.push(line));
  expect(stored?.name).toBe('000001');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('generation 000002');
  expect(lines[0]).toContain(name);
}

async function expectOneLine(work: Promise<unknown>, folder: string) {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OperatorError);
  expect((error as Error).message).toContain(folder);
  expect((error as Error).message).not.toContain('\n');
}

async function flipBit(file: string, place: (size: number) => number) {
  const bytes = await readFile(file);
  const at = place(bytes.length);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  await writeFile(file, bytes);
}

async function copyOf(folder: string): Promise<string> {
  const copy = await emptyFolder();
  await cp(folder, copy, { recursive: true });
  return copy;
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-index-'));
  roots.push(folder);
  return folder;
}
