import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGolden } from '../../src/answering/golden.ts';
import { openLibrary } from '../../src/answering/open-library.ts';
import { rebuild } from '../../src/answering/rebuild.ts';
import { buildGeneration } from '../../src/indexing/build.ts';
import { readNewest } from '../../src/indexing/store.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { fakeEmbedder } from './fake-embedder.ts';

const PLACES = 30;
/** Lengths that a file is cut to, in the short form; `LONG=1` tries as many as there are places. */
const CUTS = process.env.LONG === '1' ? PLACES : 5;
const FERRY = 'Ferry sails\nThe ferry sails at nine.\n\nIt returns at noon. Dogs ride free.';

let folder: string;
let seeds: string;
let whole: string;
const optionsOf = (indexFolder: string, report: (line: string, part?: number) => void = () => undefined) => ({
  seedsFolder: seeds,
  indexFolder,
  modelsFolder: '',
  model: 'fake',
  report,
});
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-damage-'));
  seeds = path.join(folder, 'seeds');
  whole = path.join(folder, 'whole');
  await mkdir(seeds);
  await writeFile(path.join(seeds, 'ferry.txt'), FERRY);
  await writeFile(
    path.join(seeds, 'ferry.json'),
    JSON.stringify({ examples: ['When does the ferry sail?'] }),
  );
  // The second one is written from the first: most of it is copied.
  for (let i = 0; i < 2; i++) {
    await rebuild(optionsOf(whole), await loadSeeds(seeds), fakeEmbedder, { full: true, seed: 'ferry' });
  }
});
afterAll(() => rm(folder, { recursive: true }));

let copies = 0;
async function copy(): Promise<string> {
  const index = path.join(folder, `copy-${++copies}`);
  await cp(whole, index, { recursive: true });
  return index;
}
const newestOf = (index: string, ...names: string[]) => path.join(index, 'generations', '000002', ...names);
/** Files without which, whole, the newest generation does not answer. */
const FILES = [
  ...['manifest.json', 'units.bin', 'words.bin', 'tokens.i8', 'tokens.places'],
  'sentences.f32',
  'passages.f32',
  'passages.digests',
  'passages.i8',
  'passages.hnsw',
  'passages.labels',
];

/** Does something to a file's bytes, and undoes it. */
async function withDamage(
  file: string,
  start: number,
  damage: (bytes: Buffer) => void,
  look: () => Promise<void>,
  length = 1,
): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const before = Buffer.alloc(length);
    const { bytesRead } = await handle.read(before, 0, length, start);
    const after = Buffer.from(before);
    damage(after);
    await handle.write(after, 0, bytesRead, start);
    if (!after.equals(before)) await look();
    await handle.write(before, 0, bytesRead, start);
  } finally {
    await handle.close();
  }
}

/** The older generation answers, whole, and it is said which was passed over and why. */
async function expectOlder(index: string, name: string): Promise<void> {
  const lines: string[] = [];
  const stored = await readNewest(index, (line) => lines.push(line));
  expect(stored?.name).toBe('000001');
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`generation 000002 .* is damaged: ${name} .*passed over$`)),
  ]);
}

describe.each(FILES)('when %s of the newest generation', (name) => {
  it(`has a bit flipped in any of ${PLACES} places, the one before answers`, async () => {
    const index = await copy();
    const file = newestOf(index, name);
    const { length } = await readFile(file);
    for (let i = 0; i < PLACES; i++) {
      const place = Math.floor((i * (length - 1)) / (PLACES - 1));
      const flip = (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(0) ^ (1 << (i % 8)), 0);
      await withDamage(file, place, flip, () => expectOlder(index, name));
    }
    expect((await readNewest(index, () => undefined))?.name).toBe('000002');
  });

  it('has a part zeroed, wherever, the one before answers', async () => {
    const index = await copy();
    const file = newestOf(index, name);
    const third = Math.ceil((await readFile(file)).length / 3);
    for (const start of [0, third, 2 * third]) {
      await withDamage(
        file,
        start,
        (bytes) => bytes.fill(0),
        () => expectOlder(index, name),
        third,
      );
    }
  });

  it('is cut short, wherever, the one before answers', async () => {
    const index = await copy();
    const file = newestOf(index, name);
    const bytes = await readFile(file);
    for (let i = 0; i < CUTS; i++) {
      await writeFile(file, bytes.subarray(0, Math.floor((i * (bytes.length - 1)) / (CUTS - 1))));
      await expectOlder(index, name);
    }
    await writeFile(file, Buffer.concat([bytes, Buffer.from([0])]));
    if (name !== 'manifest.json') await expectOlder(index, name);
  });

  it('cannot be read, the one before answers at the start, and the next build mends it', async () => {
    const index = await copy();
    await rm(newestOf(index, name));
    await mkdir(newestOf(index, name));
    await expectOlder(index, name);
    const lines: string[] = [];
    const library = await openLibrary(
      optionsOf(index, (line) => lines.push(line)),
      fakeEmbedder,
    );
    expect(library.index.generation).toBe('000001');
    expect((await library.ask('When does the ferry sail?')).quotes[0]?.text).toBe('The ferry sails at nine.');
    expect(lines).toEqual([expect.stringContaining('generation 000002')]);
    const { rebuilt } = await rebuild(optionsOf(index), await loadSeeds(seeds), fakeEmbedder, {
      full: false,
    });
    expect(rebuilt).toMatchObject({ outcome: 'published', embedded: 0 });
  });
});

it('these are all the files of a generation, but for what is known of its answers', async () => {
  expect((await readdir(newestOf(whole))).sort()).toEqual([...FILES, 'golden.json'].sort());
});

it('what is known of its answers may be damaged: it answers all the same, and nothing counts as worse', async () => {
  const index = await copy();
  const file = newestOf(index, 'golden.json');
  expect(await readGolden(newestOf(index))).toHaveLength(1);
  const { length } = await readFile(file);
  for (let i = 0; i < PLACES; i++) {
    const place = Math.floor((i * (length - 1)) / (PLACES - 1));
    const flip = (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
    await withDamage(file, place, flip, async () => {
      expect(await readGolden(newestOf(index))).toEqual([]);
      expect((await readNewest(index, () => undefined))?.name).toBe('000002');
    });
  }
});

it('what was damaged after it was read into memory is not copied into the next generation', async () => {
  const index = await copy();
  const known = await readNewest(index, () => undefined);
  const file = newestOf(index, 'tokens.i8');
  const handle = await open(file, 'r+');
  await handle.write(Buffer.from([1, 2, 3]), 0, 3, (await handle.stat()).size >> 1);
  await handle.close();
  const more = path.join(folder, 'more');
  await cp(seeds, more, { recursive: true });
  await writeFile(path.join(more, 'zebra.txt'), 'Zebras\nThey have stripes.');
  const lines: string[] = [];
  const options = { ...optionsOf(index, (line) => lines.push(line)), seedsFolder: more };
  const articles = await loadSeeds(more);
  const { generation } = await rebuild(options, articles, fakeEmbedder, { full: false }, known);
  expect(generation?.name).toBe('000003');
  expect(lines).toEqual([
    expect.stringMatching(/000002 .* tokens\.i8 is not what was written; it is passed over/),
    'index: going on with 2 texts of a build that was interrupted',
  ]);
  const anew = (await buildGeneration(articles, fakeEmbedder)).generation;
  const rows = Array.from({ length: anew.units.sentences.length }, (_, row) => row);
  expect(rows.map((row) => generation?.sentences.tokens(row))).toEqual(rows.map(anew.sentences.tokens));
});

it.each(['passages.hnsw', 'passages.labels'])(
  'a graph whose %s was damaged after the index was read is made anew from the vectors',
  async (name) => {
    const index = await copy();
    const known = await readNewest(index, () => undefined);
    await truncate(newestOf(index, name), 1);
    await expect(known?.passageGraph()).rejects.toThrow(`is damaged: ${name} is not what was written`);
    const more = path.join(folder, `more-${name}`);
    await cp(seeds, more, { recursive: true });
    await writeFile(path.join(more, 'zebra.txt'), 'Zebras\nThey have stripes.');
    const options = { ...optionsOf(index), seedsFolder: more };
    const articles = await loadSeeds(more);
    const { generation, rebuilt } = await rebuild(options, articles, fakeEmbedder, { full: false }, known);
    expect(rebuilt).toMatchObject({ outcome: 'published', embedded: 2, recall: 1 });
    expect((await generation?.passageGraph())?.size).toBe(rebuilt.passages);
  },
);

it('an index of which no generation is whole is built anew, and says so', async () => {
  const index = await copy();
  for (const name of ['000001', '000002'])
    await truncate(path.join(index, 'generations', name, 'words.bin'), 0);
  const lines: string[] = [];
  const news = (line: string, part?: number) => part === undefined && lines.push(line);
  const library = await openLibrary(optionsOf(index, news), fakeEmbedder);
  expect(library.index.generation).toBe('000003');
  expect(lines.map((line) => line.replace(index, '…'))).toEqual([
    expect.stringContaining('generation 000002'),
    expect.stringContaining('generation 000001'),
    'index: there is none yet; building it in …',
  ]);
});
