import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GoldenAnswer, goldenQuestions, regressions } from '../../src/answering/golden.ts';
import { readLastRun } from '../../src/answering/last-run.ts';
import { LiveLibrary } from '../../src/answering/live-library.ts';
import { openLibrary } from '../../src/answering/open-library.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { fakeEmbedder } from '../indexing/fake-embedder.ts';
import { seedOfLines } from './seed-of-lines.ts';

const FERRY = 'Ferry sails\nThe ferry sails at nine on Mondays. The crossing takes an hour.';
const WHEN = 'When does the ferry sail on Mondays?';
const BRIDGE = 'Bridge opens\nThe bridge cost forty million.';

let folder: string;
let lines: string[];
let live: LiveLibrary | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-golden-'));
  lines = [];
  await mkdir(path.join(folder, 'seeds'));
  await mkdir(path.join(folder, 'questions'));
  await put('ferry.txt', FERRY);
  await put('ferry.json', JSON.stringify({ examples: [WHEN] }));
});
afterEach(async () => {
  live?.close();
  live = undefined;
  await rm(folder, { recursive: true });
});

const put = (name: string, text: string) => writeFile(path.join(folder, 'seeds', name), text);
const remove = (name: string) => rm(path.join(folder, 'seeds', name));
const ask = (cases: readonly object[], id = 'ferry') =>
  writeFile(path.join(folder, 'questions', `${id}.json`), JSON.stringify({ seed: id, cases }));
const options = () => ({
  seedsFolder: path.join(folder, 'seeds'),
  indexFolder: path.join(folder, 'index'),
  modelsFolder: folder,
  questionsFolder: path.join(folder, 'questions'),
  model: 'fake',
  report: (line: string, part?: number) => part === undefined && lines.push(line),
});
const open = async () => {
  live = await LiveLibrary.open(options(), { embedder: fakeEmbedder, background: fakeEmbedder });
  return live;
};
const generations = () => readdir(path.join(folder, 'index', 'generations'));

describe('an index that is built anew', () => {
  it('is swapped in when each golden question is answered no worse, and says how many there were', async () => {
    const library = await open();
    await put('bridge.txt', BRIDGE);
    const rebuilt = await library.rebuild({ full: false });
    expect(rebuilt).toMatchObject({ outcome: 'published', golden: { asked: 1, worse: [] }, held: null });
    expect(rebuilt.recall).toBeGreaterThanOrEqual(0.9);
    expect(library.index.generation).toBe('000002');
  });

  it('is held back when one is answered worse, with both answers, and the old one goes on answering', async () => {
    const library = await open();
    const before = library.current;
    await put('ferry.txt', 'Gulls\nGulls nest here in spring.');
    const rebuilt = await library.rebuild({ full: false });
    expect(rebuilt.outcome).toBe('held');
    expect(rebuilt.golden.worse).toMatchObject([
      {
        question: WHEN,
        before: { outcome: 'related' },
        after: { outcome: 'not-in-sources' },
      },
    ]);
    expect(rebuilt.golden.worse[0]?.before.quotes[0]?.text).toBe('The ferry sails at nine on Mondays.');
    expect(library.current).toBe(before);
    expect(await generations()).toEqual(['000001', 'held-000002']);
    expect(await readLastRun(options().indexFolder)).toMatchObject({ outcome: 'held', worse: 1, asked: 1 });
  });

  it('that was held back answers when somebody decides so, once', async () => {
    const library = await open();
    await put('ferry.txt', 'Gulls\nGulls nest here in spring.');
    const { held } = await library.rebuild({ full: false });
    expect(await library.publishHeld('2020-01-01T00:00:00.000Z')).toBeUndefined();
    expect(await library.publishHeld(held ?? '')).toBe('000002');
    expect(library.index.generation).toBe('000002');
    expect(await library.publishHeld(held ?? '')).toBeUndefined();
    expect(await library.discardHeld(held ?? '')).toBe(false);
    expect(await readLastRun(options().indexFolder)).toMatchObject({ outcome: 'published', worse: 1 });
    expect((await openLibrary(options(), fakeEmbedder)).index.generation).toBe('000002');
  });

  it('that was held back is not published when an article has changed since', async () => {
    const library = await open();
    await put('ferry.txt', 'Gulls\nGulls nest here in spring.');
    const { held } = await library.rebuild({ full: false });
    await put('ferry.txt', FERRY);
    expect(await library.publishHeld(held ?? '')).toBeUndefined();
    expect(library.index.generation).toBe('000001');
  });

  it('that was held back goes when somebody decides so, or with the next that is published', async () => {
    const library = await open();
    await put('ferry.txt', 'Gulls\nGulls nest here in spring.');
    const { held } = await library.rebuild({ full: false });
    expect(await library.discardHeld(held ?? '')).toBe(true);
    expect(await generations()).toEqual(['000001']);
    expect(await library.rebuild({ full: false })).toMatchObject({ outcome: 'held' });
    await put('ferry.txt', `${FERRY} Dogs ride free.`);
    expect(await library.rebuild({ full: false })).toMatchObject({ outcome: 'published' });
    expect(await generations()).toEqual(['000001', '000002']);
  });

  it('may be published whatever it answers', async () => {
    const library = await open();
    await put('ferry.txt', 'Gulls\nGulls nest here in spring.');
    const rebuilt = await library.rebuild({ full: false, publishAnyway: true });
    expect(rebuilt).toMatchObject({ outcome: 'published', golden: { worse: [{ question: WHEN }] } });
  });

  it('is not held to the questions of an article that was removed', async () => {
    await put('bridge.txt', BRIDGE);
    await put('bridge.json', JSON.stringify({ examples: ['What did the bridge cost?'] }));
    const library = await open();
    await remove('bridge.txt');
    await remove('bridge.json');
    const rebuilt = await library.rebuild({ full: false });
    expect(rebuilt).toMatchObject({ outcome: 'published', removed: 1, golden: { asked: 1, worse: [] } });
  });

  it('is held to the questions that come with an article, and what is right about them', async () => {
    await ask([
      { question: 'How long does the crossing take?', outcome: 'answered', quote: 'takes an hour' },
      { question: 'Who is the mayor of Paris?', outcome: 'not-in-sources' },
    ]);
    const library = await open();
    await put('longer.txt', 'Long crossing\nHow long does the crossing take? The crossing does take long.');
    const rebuilt = await library.rebuild({ full: false });
    expect(rebuilt).toMatchObject({
      outcome: 'held',
      golden: { asked: 3, worse: [{ question: 'How long does the crossing take?', after: { grade: 0 } }] },
    });
  });

  it('is held to what an article says of itself, whatever others say of themselves', async () => {
    const OUTLET = 'Which outlet published this article?';
    const dated = (outlet: string, text: string) =>
      `${text}\nUpdated 09:15, 11-Jun-2024\n${outlet}\n${text}.`;
    await put('ferry.txt', dated('Harbour News', 'The ferry sails at nine on weekdays'));
    await remove('ferry.json');
    await ask([{ question: OUTLET, outcome: 'answered', quote: 'Harbour News' }]);
    const library = await open();
    await put('bridge.txt', dated('Article Outlet', 'The outlet published the bridge article'));
    const rebuilt = await library.rebuild({ full: false });
    expect(rebuilt).toMatchObject({ outcome: 'published', golden: { asked: 1, worse: [] } });
    expect((await library.ask(OUTLET)).quotes[0]?.text).toBe('Article Outlet');
  });

  it('at the start is published at once, and what got worse is said', async () => {
    await openLibrary(options(), fakeEmbedder);
    await put('ferry.txt', 'Gulls\nGulls nest here in spring.');
    lines = [];
    expect((await openLibrary(options(), fakeEmbedder)).index.generation).toBe('000002');
    expect(lines).toEqual([
      expect.stringContaining('the seeds have changed since (ferry)'),
      'index: 1 of 1 golden questions are answered worse than before:',
      expect.stringMatching(
        /^ {2}"When does the ferry sail on Mondays\?" · before: related \(\d+ %\), "The ferry .* · now: /,
      ),
    ]);
  });

  it('at the start is the one that was held back, when it is of the articles as they are', async () => {
    const library = await open();
    await put('ferry.txt', 'Gulls\nGulls nest here in spring.');
    await library.rebuild({ full: false });
    const silent = { ...fakeEmbedder, embed: () => Promise.reject(new Error('nothing needs the model')) };
    expect((await openLibrary(options(), silent)).index.generation).toBe('000002');
  });
});

describe('a rebuild that is cancelled', () => {
  it('leaves the index as it was, and what was embedded is not embedded again', async () => {
    const library = await open();
    const before = library.current;
    const text = Array.from({ length: 100 }, (_, i) => `Line ${i} is here.`).join('\n\n');
    await put('long.txt', text);
    const controller = new AbortController();
    const rebuilt = await library.rebuild({
      full: false,
      signal: controller.signal,
      progress: ({ phase }) => phase === 'embedded' && controller.abort(),
    });
    expect(rebuilt).toMatchObject({ outcome: 'cancelled', embedded: 32 });
    expect(library.current).toBe(before);
    expect(await readLastRun(options().indexFolder)).toMatchObject({ outcome: 'cancelled', embedded: 32 });
    const all: number[] = [];
    await library.rebuild({
      full: false,
      progress: (progress) => progress.phase === 'chunked' && all.push(progress.fresh),
    });
    expect(all).toEqual([100 - 32]);
    expect(lines).toContain('index: going on with 32 texts of a build that was interrupted');
  });

  it('after everything is embedded is not published either', async () => {
    const library = await open();
    await put('bridge.txt', BRIDGE);
    const controller = new AbortController();
    const progress = ({ phase }: { phase: string }) => phase === 'verified' && controller.abort();
    const rebuilt = await library.rebuild({ full: false, signal: controller.signal, progress });
    expect(rebuilt.outcome).toBe('cancelled');
    expect(await generations()).toEqual(['.interrupted', '000001']);
  });
});

it('an article can be embedded anew by itself', async () => {
  await put('bridge.txt', BRIDGE);
  const library = await open();
  const fresh: number[] = [];
  const progress = (now: { phase: string; fresh?: number }) =>
    now.phase === 'chunked' && fresh.push(now.fresh ?? 0);
  const rebuilt = await library.rebuild({ full: true, seed: 'bridge', progress });
  expect(rebuilt).toMatchObject({ outcome: 'published', unchanged: 2, embedded: 2 });
  expect(fresh).toEqual([2]);
  await expect(library.rebuild({ full: true, seed: 'nothing' })).rejects.toThrow(OperatorError);
});

describe('golden questions', () => {
  it('are the examples, and those of the questions file as far as the article still says so', async () => {
    await ask([
      { question: 'How long is it?', outcome: 'answered', quotes: ['takes an hour', 'an hour it takes'] },
      { question: 'What else?', outcome: 'answered', quote: 'gone since' },
      { question: 'Who is the mayor?', outcome: 'refused' },
      { question: 'And then?', outcome: 'answered', quote: 'takes an hour', after: 'How long is it?' },
    ]);
    const seeds = await loadSeeds(options().seedsFolder);
    expect(await goldenQuestions(seeds, options().questionsFolder)).toEqual([
      { question: WHEN, seed: 'ferry', expected: null },
      { question: 'How long is it?', seed: 'ferry', expected: ['takes an hour'] },
      { question: 'Who is the mayor?', seed: 'ferry', expected: [] },
    ]);
  });

  it('do not come from the questions of another article of the same name', async () => {
    await ask([
      { question: 'What else?', outcome: 'answered', quote: 'not in here' },
      { question: 'Who is the mayor?', outcome: 'refused' },
    ]);
    const seeds = await loadSeeds(options().seedsFolder);
    expect(await goldenQuestions(seeds, options().questionsFolder)).toHaveLength(1);
  });

  it('in a file that is not one are the operator’s to mend', async () => {
    await writeFile(path.join(folder, 'questions', 'ferry.json'), '{"cases": 1}');
    const seeds = await loadSeeds(options().seedsFolder);
    await expect(goldenQuestions(seeds, options().questionsFolder)).rejects.toThrow(
      /ferry\.json .* mend or remove/,
    );
  });
});

describe('a golden question counts as answered worse', () => {
  const seeds = [
    seedOfLines('ferry', 'It sails at nine.\nIt returns at noon.'),
    seedOfLines('bus', 'Buses run.'),
  ];
  const answer = (over: Partial<GoldenAnswer> = {}): GoldenAnswer => ({
    question: 'When?',
    seed: 'ferry',
    outcome: 'answered',
    confidence: 0.8,
    quotes: [{ seed: 'ferry', text: 'It sails at nine.' }],
    grade: null,
    ...over,
  });
  const noon = { seed: 'ferry', text: 'It returns at noon.' };
  const nine = { seed: 'ferry', text: 'It sails at nine.' };
  const gone = { seed: 'ferry', text: 'It sailed at eight.' };
  const elsewhere = { seed: 'train', text: 'Trains run.' };
  it.each<[string, Partial<GoldenAnswer>, Partial<GoldenAnswer>, boolean]>([
    ['when it was answered and is not', {}, { outcome: 'related', confidence: 0.4 }, true],
    ['not when only its confidence fell, by a hair', {}, { outcome: 'related', confidence: 0.79 }, false],
    [
      'when nothing is found any more',
      { outcome: 'related' },
      { outcome: 'not-in-sources', confidence: 0.1 },
      true,
    ],
    ['not when it is answered now', { outcome: 'related' }, {}, false],
    ['when its quote still stands there and is not shown', {}, { quotes: [noon] }, true],
    ['not when its quote is shown second', {}, { quotes: [noon, nine] }, false],
    [
      'not when its quote was changed, and another one answers',
      { quotes: [gone] },
      { quotes: [noon] },
      false,
    ],
    [
      'not when its quote came from an article that is gone',
      { quotes: [elsewhere] },
      { outcome: 'related' },
      false,
    ],
    ['not when nothing was found before', { outcome: 'not-in-sources' }, { quotes: [noon] }, false],
    ['when it was right and is wrong', { grade: 2 }, { grade: 0, quotes: [noon] }, true],
    [
      'when it was right and is unsure',
      { grade: 2 },
      { grade: 1, outcome: 'related', confidence: 0.4 },
      true,
    ],
    ['not when it was wrong and is wrong', { grade: 0 }, { grade: 0, quotes: [noon] }, false],
    ['not when it was asked about another article', { seed: 'bus' }, { outcome: 'related' }, false],
  ])('%s', (_, before, after, worse) => {
    expect(regressions([answer(before)], [answer(after)], seeds)).toHaveLength(worse ? 1 : 0);
  });

  it('not when it was not asked before', () => {
    expect(regressions([], [answer()], seeds)).toEqual([]);
  });
});
