import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chunkSeed } from '../../src/chunks/chunk-seed.ts';
import { AnsweringPlaces } from '../../src/discord/answering-places.ts';
import { buildGeneration } from '../../src/indexing/build.ts';
import { publish, readNewest } from '../../src/indexing/store.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { articleOf } from '../../src/seeds/html-article.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { readOffered } from '../../src/seeds/offered-file.ts';
import type { Seed } from '../../src/seeds/seed.ts';
import { SeedChanges } from '../../src/seeds/seed-changes.ts';
import { parseSidecar } from '../../src/seeds/sidecar.ts';
import { slugOf } from '../../src/seeds/slug.ts';
import { fakeEmbedder } from '../indexing/fake-embedder.ts';
import { orRefused, type Target } from './target.ts';

const SEED_FOLDERS = ['../../seeds', '../questions/seeds'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);
const PAGE = `<html><head><title>The ferry sank - Harbour News</title><link rel="canonical" href="https://a.b/c">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head><body><h1>The ferry sank</h1>
<article><p>${'The ferry sank in the harbour on Monday, and nobody was hurt. '.repeat(5)}</p><p>${'It was raised the next day by two cranes. '.repeat(5)}</p></article></body></html>`;
const MOST_BYTES = 20_000;
const NAME_BYTES = 120;

/** What an operator keeps, and what is offered as an article: seed files, sidecars, manifests, pages, file names. */
export async function fileTargets(folder: string): Promise<Target[]> {
  const files = SEED_FOLDERS.flatMap((each) => readdirSync(each).map((name) => path.join(each, name)));
  const read = (extension: RegExp) =>
    files.filter((file) => extension.test(file)).map((file) => readFileSync(file));
  const articles = read(/\.(?:txt|md)$/);
  const sidecars = read(/\.json$/);
  const [seed] = await loadSeeds(SEED_FOLDERS[1] ?? '');
  if (seed === undefined) throw new Error('no seed to begin with');
  return [
    {
      ...{ name: 'seed file', weight: 12, corpus: articles, mostBytes: MOST_BYTES, texts: true },
      run: (input) => seedFile(path.join(folder, 'seed-file'), input),
    },
    {
      ...{ name: 'sidecar', weight: 8, corpus: sidecars, mostBytes: MOST_BYTES, texts: false },
      run(input) {
        try {
          const { title } = parseSidecar(input.toString());
          assert(title === undefined || (title.length <= 300 && !title.includes('\n')));
        } catch (error) {
          if (!(error instanceof SyntaxError)) orRefused(error, [RangeError], undefined);
        }
      },
    },
    {
      ...{
        name: 'name of a file',
        weight: 8,
        corpus: files.map((file) => Buffer.from(path.basename(file))),
        mostBytes: NAME_BYTES,
        texts: true,
      },
      run: (input) => nameOfFile(input.toString()),
    },
    await manifests(path.join(folder, 'index'), seed),
    {
      ...{
        name: 'answering places',
        weight: 2,
        corpus: [Buffer.from(PLACES)],
        mostBytes: MOST_BYTES,
        texts: false,
      },
      run: (input) => answeringPlaces(path.join(folder, 'places'), input),
    },
    {
      ...{
        name: 'web page',
        weight: 3,
        corpus: [Buffer.from(PAGE), ...articles],
        mostBytes: 4000,
        texts: true,
      },
      run(input) {
        try {
          const article = articleOf(input.toString());
          if (article !== null) parseSidecar(JSON.stringify(article.sidecar));
        } catch (error) {
          orRefused(error, [RangeError], undefined);
        }
      },
    },
    await offered(path.join(folder, 'offered'), articles),
  ];
}

const PLACES = JSON.stringify({ '123456789012345678': { mode: 'listed', channels: ['123456789012345679'] } });

/** A seed is read whole, or refused in a line that names the file. */
async function seedFile(folder: string, input: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = input.length % 2 === 0 ? 'a.txt' : 'a.md';
  await writeFile(path.join(folder, name), input);
  try {
    const [seed] = await loadSeeds(folder);
    if (seed !== undefined) checkSeed(seed, input);
  } catch (error) {
    orRefused(error, [OperatorError], undefined);
  } finally {
    await rm(path.join(folder, name));
  }
}

function checkSeed(seed: Seed, bytes: Buffer): void {
  const { text, blocks } = seed;
  assert.equal(text, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  let covered = 0;
  for (const { start, end } of blocks) {
    assert(start >= covered && end > start && text.slice(covered, start).trim() === '');
    assert(text.slice(start, end).isWellFormed());
    covered = end;
  }
  assert.equal(text.slice(covered).trim(), '');
  const { sentences } = chunkSeed(seed, fakeEmbedder.countTokens, fakeEmbedder.maxTokens);
  for (const { start, end } of sentences) {
    const words = text.slice(start, end);
    assert(
      words.trim() === words &&
        words.isWellFormed() &&
        fakeEmbedder.countTokens(words) <= fakeEmbedder.maxTokens,
    );
  }
}

/** Whatever something is called, its name here is one plain file's. */
function nameOfFile(words: string): void {
  const slug = slugOf(words);
  assert(/^[\p{L}\p{M}\p{N}-]{1,100}$/u.test(slug), JSON.stringify(slug));
  assert.equal(path.basename(slug), slug);
  assert.equal(slugOf(slug), slug);
}

/** A generation of which any file was changed is passed over, never read as something else. */
async function manifests(folder: string, seed: Seed): Promise<Target> {
  await mkdir(folder, { recursive: true });
  const { generation } = await buildGeneration([seed], fakeEmbedder);
  const name = await publish(folder, generation);
  const stored = path.join(folder, 'generations', name);
  const names = [...(await readdir(stored)), '../rolled-back.json', '../../answering-places.json'];
  const originals = new Map(names.slice(0, -2).map((each) => [each, readFileSync(path.join(stored, each))]));
  const rolledBack = Buffer.from(JSON.stringify({ to: name, newest: name }));
  let turn = 0;
  return {
    ...{ name: 'manifest and index', weight: 4, mostBytes: MOST_BYTES, texts: false },
    corpus: [readFileSync(path.join(stored, 'manifest.json')), rolledBack],
    async run(input) {
      const broken = names[turn++ % (names.length - 1)] ?? 'manifest.json';
      await writeFile(path.join(stored, broken), input);
      const found = await readNewest(folder, () => undefined);
      const original = originals.get(broken);
      if (original === undefined) await rm(path.join(stored, broken));
      else await writeFile(path.join(stored, broken), original);
      if (found !== undefined && original !== undefined) {
        const same = broken === 'manifest.json' ? sameJson(input, original) : input.equals(original);
        assert(same, `${broken} was changed, and is read`);
      }
    },
  };
}

function sameJson(a: Buffer, b: Buffer): boolean {
  return JSON.stringify(JSON.parse(a.toString())) === JSON.stringify(JSON.parse(b.toString()));
}

async function answeringPlaces(folder: string, input: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'answering-places.json'), input);
  try {
    const places = await AnsweringPlaces.load(folder);
    assert.equal(typeof places.answersIn('__proto__', []), 'boolean');
    assert.equal(places.policyOf('constructor').mode, 'everywhere');
  } catch (error) {
    orRefused(error, [OperatorError], undefined);
  }
}

/** A file of any name and content becomes an article under a plain name in the folder, or nothing at all. */
async function offered(folder: string, articles: readonly Buffer[]): Promise<Target> {
  await mkdir(folder, { recursive: true });
  const seeds = await mkdtemp(path.join(folder, 'seeds-'));
  await cp(SEED_FOLDERS[1] ?? '', seeds, { recursive: true });
  const kept = new Set(await readdir(seeds));
  const around = await readdir(folder);
  const changes = new SeedChanges(seeds);
  const names = [...articles.keys()].map((index) => Buffer.from(`../../article-${index}.txt\n`));
  return {
    ...{ name: 'offered file', weight: 1, mostBytes: MOST_BYTES, texts: true },
    corpus: articles.map((article, index) => Buffer.concat([names[index] ?? Buffer.alloc(0), article])),
    async run(input) {
      const end = Math.min(NAME_BYTES, Math.max(0, input.indexOf('\n')));
      try {
        const file = { name: `${input.subarray(0, end)}.txt`, bytes: input.subarray(end + 1), type: null };
        const { token } = await changes.draft(await readOffered(file));
        await changes.save(token, '1');
      } catch (error) {
        orRefused(error, [OperatorError], undefined);
      }
      assert.deepEqual(await readdir(folder), around);
      for (const each of await readdir(seeds)) {
        if (kept.has(each) || each.startsWith('.')) continue;
        assert(/^[\p{L}\p{M}\p{N}-]+\.(?:txt|md|json)$/u.test(each), each);
        await rm(path.join(seeds, each));
      }
      await loadSeeds(seeds);
    },
  };
}
