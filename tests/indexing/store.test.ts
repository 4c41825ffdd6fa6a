import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { buildGeneration } from '../../src/indexing/build.ts';
import { readGeneration } from '../../src/indexing/generation.ts';
import { HnswIndex } from '../../src/indexing/hnsw-index.ts';
import { FORMAT, readManifest, UnusableGeneration } from '../../src/indexing/manifest.ts';
import { ScanIndex } from '../../src/indexing/scan-index.ts';
import { newestName, publish, readNewest, rollBackTo } from '../../src/indexing/store.ts';
import { meanOfRows, quantiseRows } from '../../src/indexing/token-rows.ts';
import { withWriteLock } from '../../src/indexing/write-lock.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { seedOfLines } from '../answering/seed-of-lines.ts';
import { fakeEmbedder } from './fake-embedder.ts';

const silent = () => undefined;
const roots: string[] = [];
afterAll(() => Promise.all(roots.map((root) => rm(root, { recursive: true, force: true }))));

const ferry = seedOfLines('ferry', 'The ferry sails at nine.\nIt returns at noon. Dogs ride free.');
const library = seedOfLines('library', 'The library voted to open on Sundays.');
const build = async (...seeds: (typeof ferry)[]) => (await buildGeneration(seeds, fakeEmbedder)).generation;

const FILES = [
  'manifest.json',
  'units.bin',
  'words.bin',
  'tokens.places',
  'tokens.i8',
  'sentences.f32',
  'passages.f32',
  'passages.digests',
  'passages.i8',
  'passages.hnsw',
  'passages.labels',
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
  expect(stored?.units.sentences.slice(0, 9)).toEqual(generation.units.sentences);
  expect(stored?.units.passages.slice(0, 9)).toEqual(generation.units.passages);
  expect(stored?.lexical.tables).toEqual(generation.lexical.tables);
  for (const kind of ['sentences', 'passages'] as const) {
    expect(stored?.[kind].vectors).toEqual(generation[kind].vectors);
  }
  expect(stored?.passages.digests).toEqual(generation.passages.digests);
  const rows = Array.from({ length: generation.units.sentences.length }, (_, row) => row);
  expect(rows.map((row) => stored?.sentences.tokens(row))).toEqual(rows.map(generation.sentences.tokens));
  expect(stored?.sentences.row(1)).toEqual(generation.sentences.row(1));
  for (const index of [stored?.passageIndex, await stored?.passageGraph()]) {
    expect(index?.search(generation.passages.row(0), 1)[0]?.id).toBe(0);
  }
});

test('searches the graph of a generation that has more passages than are looked at one by one', async () => {
  const folder = await emptyFolder();
  const generation = await build(ferry, library);
  const passages = generation.units.passages.length;
  const published = path.join(folder, 'generations', await publish(folder, generation));
  expect((await readGeneration(published, [], passages)).passageIndex).toBeInstanceOf(ScanIndex);
  const { passageIndex } = await readGeneration(published, [], passages - 1);
  expect(passageIndex).toBeInstanceOf(HnswIndex);
  for (let row = 0; row < passages; row++) {
    expect(passageIndex.search(generation.passages.row(row), 1)[0]?.id).toBe(row);
  }
});

test('reads back a generation of no seeds', async () => {
  const folder = await emptyFolder();
  await publish(folder, await build());
  const stored = await readNewest(folder, silent);
  expect(stored?.manifest.counts).toEqual({ sentences: 0, passages: 0 });
  expect(stored?.passageIndex.size).toBe(0);
  expect((await stored?.passageGraph())?.size).toBe(0);
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
      await expect(readManifest(folder), `byte ${at}`).rejects.toThrow(UnusableGeneration);
      await flipBit(file, () => at);
    }
    expect((await readManifest(folder)).fingerprint).toBe(fakeEmbedder.fingerprint);
  });

  test.each([
    ['a newer version of liaison', FORMAT + 1, true],
    ['an older one', 2, true],
    ['the first one, whose manifests had no checksum', 1, false],
  ])('what %s wrote is not called damaged', async (_, format, sealed) => {
    const folder = await copyOf(whole);
    const file = path.join(folder, 'generations', '000002', 'manifest.json');
    const { checksum: __, ...manifest } = JSON.parse(await readFile(file, 'utf8'));
    manifest.format = format;
    const checksum = createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
    await writeFile(file, JSON.stringify(sealed ? { ...manifest, checksum } : manifest));
    const lines: string[] = [];
    expect((await readNewest(folder, (line) => lines.push(line)))?.name).toBe('000001');
    expect(lines).toEqual([
      `index: generation 000002 in ${folder} has format ${format}, as another version of liaison writes it; ` +
        `this one reads format ${FORMAT}; it is passed over`,
    ]);
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

test('a generation that was dropped from the folder is read on by whoever has it', async () => {
  const folder = await emptyFolder();
  const generation = await build(ferry);
  await publish(folder, generation);
  const stored = await readNewest(folder, silent);
  for (let i = 0; i < 3; i++) await publish(folder, generation);
  expect(await readdir(path.join(folder, 'generations'))).not.toContain('000001');
  expect(stored?.sentences.tokens(1)).toEqual(generation.sentences.tokens(1));
});

test('never reads what was not finished', async () => {
  const folder = await emptyFolder();
  const name = await publish(folder, await build(ferry));
  const generations = path.join(folder, 'generations');
  await cp(path.join(generations, name), path.join(generations, '.000002.1'), { recursive: true });
  await mkdir(path.join(generations, '000002.tmp'));
  expect(await newestName(folder)).toBe(name);
  expect((await readNewest(folder, silent))?.name).toBe(name);
});

test('nothing is published when the lock was lost', async () => {
  const folder = await emptyFolder();
  const lost = () => {
    throw new OperatorError('another process builds');
  };
  await expect(publish(folder, await build(ferry), lost)).rejects.toThrow('another process builds');
  expect(await readdir(path.join(folder, 'generations'))).toEqual([]);
});

describe('a roll-back', () => {
  const publishThree = async () => {
    const folder = await emptyFolder();
    for (const seeds of [[ferry], [ferry, library], [library]]) await publish(folder, await build(...seeds));
    return folder;
  };
  const newest = (folder: string, before?: string) => readNewest(folder, silent, before);

  test('lets an older generation answer until a newer one is published', async () => {
    const folder = await publishThree();
    expect(await newest(folder)).toMatchObject({ name: '000003', newest: true, rolledBack: false });
    await rollBackTo(folder, '000002');
    expect(await newest(folder)).toMatchObject({ name: '000002', newest: false, rolledBack: true });
    expect(await newestName(folder)).toBe('000002');
    await rollBackTo(folder, '000001');
    expect(await newest(folder)).toMatchObject({ name: '000001', newest: false, rolledBack: true });
    expect(await publish(folder, await build(ferry))).toBe('000004');
    expect(await newest(folder)).toMatchObject({ name: '000004', newest: true, rolledBack: false });
  });

  test('finds the generation before the one that answers, whole ones only', async () => {
    const folder = await publishThree();
    expect((await newest(folder, '000003'))?.name).toBe('000002');
    await rm(path.join(folder, 'generations', '000002', 'words.bin'));
    expect((await newest(folder, '000003'))?.name).toBe('000001');
    expect(await newest(folder, '000001')).toBeUndefined();
  });

  test.each(['', '{', '{"to":"../../etc","newest":"999999"}', '{"to":"000001"}', 'null'])(
    'whose mark reads %j is none',
    async (mark) => {
      const folder = await publishThree();
      await rollBackTo(folder, '000001');
      await writeFile(path.join(folder, 'generations', 'rolled-back.json'), mark);
      expect((await newest(folder))?.name).toBe('000003');
    },
  );

  test('to a generation that is damaged then reads the one before', async () => {
    const folder = await publishThree();
    await rollBackTo(folder, '000002');
    await rm(path.join(folder, 'generations', '000002', 'words.bin'));
    expect(await newest(folder)).toMatchObject({ name: '000001', newest: false, rolledBack: true });
  });
});

test('a build embeds only what changed, and gives the vectors of a build from nothing', async () => {
  const first = await buildGeneration([ferry, library], fakeEmbedder);
  expect(first.embedded).toBe(first.generation.units.passages.length);
  const again = await buildGeneration([ferry, library], fakeEmbedder, first.generation);
  expect(again.embedded).toBe(0);
  const changed = seedOfLines('library', 'The library voted to close on Sundays.');
  const next = await buildGeneration([changed, ferry], fakeEmbedder, again.generation);
  expect(next.embedded).toBe(1);
  const fresh = await build(changed, ferry);
  expect(next.generation.sentences.vectors).toEqual(fresh.sentences.vectors);
  expect(next.generation.passages.vectors).toEqual(fresh.passages.vectors);
  expect(next.generation.sentences.tokens(0)).toEqual(fresh.sentences.tokens(0));
});

test('each sentence has those word pieces of its passage that are its own, and their mean', async () => {
  const seed = seedOfLines('notes', 'It sails at nine!  (Not on Sundays.)   It is blue. — ½ —');
  const { units, sentences, dimensions } = await build(seed);
  expect(units.passages).toHaveLength(1);
  expect(units.sentences.length).toBeGreaterThan(2);
  for (const [id, { start, end }] of units.sentences.slice(0, units.sentences.length).entries()) {
    // This embedder reads each word by itself, so that it reads a sentence in its passage as it reads it alone.
    const [alone] = await fakeEmbedder.embed([seed.text.slice(start, end)]);
    const tokens = quantiseRows(alone?.tokenVectors ?? new Float32Array(), dimensions);
    expect(sentences.tokens(id)).toEqual(tokens);
    if (tokens.length > 0) expect(sentences.row(id)).toEqual(meanOfRows(tokens, dimensions));
  }
});

test('a passage that is cut otherwise than before is embedded again', async () => {
  const { generation } = await buildGeneration([ferry], fakeEmbedder);
  const { sentences: before } = generation.units;
  const [first, ...rest] = before.slice(0, before.length);
  const sentences = [{ ...first, end: (first?.end ?? 0) - 1 } as typeof first & object, ...rest];
  const previous = { ...generation, units: { ...generation.units, sentences, seeds: [] } };
  expect((await buildGeneration([ferry], fakeEmbedder, previous)).embedded).toBe(1);
});

test('a build keeps the vectors of a generation that was read from the disk', async () => {
  const folder = await emptyFolder();
  const before = await build(ferry, library);
  await publish(folder, before);
  const stored = await readNewest(folder, silent);
  if (stored === undefined) throw new Error('nothing was published');
  const { fingerprint, dimensions } = stored.manifest;
  const previous = { ...stored, fingerprint, dimensions, units: { seeds: [], ...stored.units } };
  const changed = seedOfLines('library', 'The library voted to close on Sundays.');
  const { generation, embedded } = await buildGeneration([ferry, changed], fakeEmbedder, previous);
  expect(embedded).toBe(1);
  expect(generation.sentences.tokens(0)).toEqual(before.sentences.tokens(0));
  expect(generation.sentences.vectors.slice(0, 3 * dimensions)).toEqual(
    before.sentences.vectors.slice(0, 3 * dimensions),
  );
});

test('another model embeds everything again', async () => {
  const { generation, embedded } = await buildGeneration([ferry], fakeEmbedder);
  const other = { ...fakeEmbedder, fingerprint: 'another' };
  expect((await buildGeneration([ferry], other, generation)).embedded).toBe(embedded);
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
    withWriteLock(folder, silent, async () => undefined),
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
      withWriteLock(folder, silent, async () => undefined),
      folder,
    );
  },
);

test('two writers do not run at once, and a writer that fails lets the next one in', async () => {
  const folder = await emptyFolder();
  const generation = await build(library);
  let running = 0;
  const write = (fails: boolean) =>
    withWriteLock(folder, silent, async () => {
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

test('a writer that waits says so, and for whom it does not', async () => {
  const folder = await emptyFolder();
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  await withWriteLock(folder, report, async () => {
    expect(lines).toEqual([]);
  });
  let second: Promise<void> | undefined;
  await withWriteLock(folder, silent, async () => {
    const told = new Promise<void>((resolve) => {
      second = withWriteLock(
        folder,
        () => resolve(),
        async () => undefined,
      );
    });
    await told;
  });
  await second;
});

describe('a writer that leaves with the lock', () => {
  const leave = async (folder: string, how: string) => {
    const script = fileURLToPath(new URL('./lock-and-leave.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder, how], { stdio: 'inherit' });
    await once(child, 'exit');
    return child.exitCode ?? child.signalCode;
  };
  const lockAtOnce = async (folder: string) => {
    const waits = (line: string) => {
      throw new Error(line);
    };
    expect(await withWriteLock(folder, waits, async () => 'held')).toBe('held');
    expect(await readdir(folder)).toEqual(['generations']);
  };

  test('by Ctrl-C takes it along', async () => {
    const folder = await emptyFolder();
    expect(await leave(folder, 'interrupted')).toBe(130);
    expect(await readdir(folder)).toEqual(['generations']);
    await lockAtOnce(folder);
  });

  test('by kill -9 leaves it, and nobody waits for it', async () => {
    const folder = await emptyFolder();
    expect(await leave(folder, 'killed')).toBe('SIGKILL');
    expect(await readdir(folder)).toContain('generations.lock');
    await lockAtOnce(folder);
  });

  test('whose name cannot be read is waited for, as one on another machine is', async () => {
    for (const owner of ['', '{}', JSON.stringify({ pid: 1, host: 'elsewhere' })]) {
      const folder = await emptyFolder();
      await mkdir(path.join(folder, 'generations.lock'), { recursive: true });
      await writeFile(path.join(folder, 'generations.lock.owner'), owner);
      let waiting: Promise<void> | undefined;
      const told = await new Promise<string>((resolve) => {
        waiting = withWriteLock(folder, resolve, async () => undefined);
      });
      expect(told).toContain('another process is building');
      await rm(path.join(folder, 'generations.lock'), { recursive: true });
      await waiting;
    }
  });
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
  expect((error as Error).message).toMatch(
    /^index: cannot (write|read) [^\n]*; (free space, )?mend its permissions,? or name another with --index$/,
  );
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
