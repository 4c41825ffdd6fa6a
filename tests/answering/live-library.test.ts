import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../src/answering/library.ts';
import { LiveLibrary } from '../../src/answering/live-library.ts';
import { openLibrary } from '../../src/answering/open-library.ts';
import { rebuild } from '../../src/answering/rebuild.ts';
import { rollBack } from '../../src/answering/roll-back.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { fakeEmbedder } from '../indexing/fake-embedder.ts';

const FERRY = 'Ferry sails\nThe ferry sails at nine on Mondays.';
const BRIDGE = 'Bridge opens\nThe bridge cost forty million.';

let folder: string;
let lines: string[];
let live: LiveLibrary;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-live-'));
  lines = [];
  await mkdir(path.join(folder, 'seeds'));
  await put('ferry', FERRY);
});
afterEach(async () => {
  live?.close();
  await rm(folder, { recursive: true });
});

const put = (id: string, text: string) => writeFile(path.join(folder, 'seeds', `${id}.txt`), text);
const remove = (id: string) => rm(path.join(folder, 'seeds', `${id}.txt`));
const options = () => ({
  seedsFolder: path.join(folder, 'seeds'),
  indexFolder: path.join(folder, 'index'),
  modelsFolder: folder,
  model: 'fake',
  report: (line: string) => lines.push(line),
});
const modelOf = (embedder: Embedder, background = embedder) => ({ embedder, background });
const open = async (swapped?: (library: Library) => void, embedder = fakeEmbedder) => {
  live = await LiveLibrary.open(options(), modelOf(embedder), swapped);
  lines = [];
  return live;
};
/** What `npm run embed` does in a process of its own. */
const embedBeside = async (embedder = fakeEmbedder, full = false) => {
  const quiet = { ...options(), report: () => undefined };
  return (await rebuild(quiet, await loadSeeds(quiet.seedsFolder), embedder, { full })).rebuilt;
};
const ids = ({ seeds }: Library) => seeds.map(({ id }) => id);
const damage = (name: string) => rm(path.join(folder, 'index', 'generations', name, 'words.bin'));

/** An embedder whose next call waits until it is let go. */
function held(): { embedder: Embedder; asked: Promise<void>; letGo: () => void } {
  let letGo: () => void = () => undefined;
  let tell: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const embed: Embedder['embed'] = async (texts) => {
    tell();
    await gate;
    return fakeEmbedder.embed(texts);
  };
  return { embedder: { ...fakeEmbedder, embed }, asked, letGo: () => letGo() };
}

describe('a library that goes with its index', () => {
  it('answers from the old index while the new one is built, then from the new one', async () => {
    await embedBeside();
    const slow = held();
    live = await LiveLibrary.open(options(), modelOf(fakeEmbedder, slow.embedder));
    await put('bridge', BRIDGE);
    const rebuilt = live.rebuild({ full: false });
    await slow.asked;
    expect((await live.ask('When does the ferry sail?')).quotes[0]?.seed).toBe('ferry');
    expect(live.index.generation).toBe('000001');
    slow.letGo();
    expect(await rebuilt).toMatchObject({ added: 1, updated: 0, removed: 0, unchanged: 1 });
    expect(live.index.generation).toBe('000002');
    expect((await live.ask('What did the bridge cost?')).quotes[0]?.seed).toBe('bridge');
  });

  it('lets a question that is in hand finish in the index that it began with', async () => {
    await embedBeside();
    const slow = held();
    live = await LiveLibrary.open(options(), modelOf(slow.embedder, fakeEmbedder));
    const before = live.current;
    const answer = live.ask('What did the bridge cost?');
    await slow.asked;
    await put('bridge', BRIDGE);
    await live.rebuild({ full: false });
    expect(live.current).not.toBe(before);
    slow.letGo();
    expect((await answer).quotes.every(({ seed }) => seed === 'ferry')).toBe(true);
    expect((await live.ask('What did the bridge cost?')).quotes[0]?.seed).toBe('bridge');
  });

  it('takes up by itself what another process publishes', async () => {
    const swapped = new Promise<Library>((resolve) => void open(resolve).then(() => putAndEmbed()));
    const putAndEmbed = async () => {
      await put('bridge', BRIDGE);
      await embedBeside();
    };
    expect(ids(await swapped)).toEqual(['bridge', 'ferry']);
    expect(live.index.generation).toBe('000002');
    expect((await live.ask('What did the bridge cost?')).quotes[0]?.seed).toBe('bridge');
  });

  it('takes up that another process went back', async () => {
    await open();
    await put('bridge', BRIDGE);
    await embedBeside();
    await live.refresh();
    await rollBack(options(), fakeEmbedder);
    await live.refresh();
    expect([live.index.generation, ids(live)]).toEqual(['000001', ['ferry']]);
  });

  it('passes over what another model made, says so once, and goes on answering', async () => {
    await open();
    const before = live.current;
    await embedBeside({ ...fakeEmbedder, fingerprint: 'another' });
    await live.refresh();
    await live.refresh();
    expect(live.current).toBe(before);
    expect(lines).toEqual([
      'index: generation 000002 cannot answer here: it was made by another model; generation 000001 goes on answering',
    ]);
  });

  it('goes on answering when the index folder is gone', async () => {
    await open();
    await rm(path.join(folder, 'index'), { recursive: true });
    await live.refresh();
    expect((await live.ask('When does the ferry sail?')).quotes[0]?.text).toBe(
      'The ferry sails at nine on Mondays.',
    );
  });

  it('stays as it was when a rebuild fails', async () => {
    await open();
    const before = live.current;
    await writeFile(path.join(folder, 'seeds', 'bad.txt'), Buffer.from([0xff, 0xfe, 0, 0]));
    await expect(live.rebuild({ full: false })).rejects.toThrow(/bad\.txt: UTF-16/);
    expect(live.current).toBe(before);
  });
});

describe('going back', () => {
  it('leaves out an article that came since, until the next build', async () => {
    await open();
    await put('bridge', BRIDGE);
    await live.rebuild({ full: false });
    expect(await live.rollback()).toBe('000001');
    expect(ids(live)).toEqual(['ferry']);
    expect((await live.ask('What did the bridge cost?')).quotes.every(({ seed }) => seed === 'ferry')).toBe(
      true,
    );
    const reopened = await openLibrary(options(), fakeEmbedder);
    expect(reopened.index.generation).toBe('000001');
    expect(lines.at(-1)).toBe(
      'index: rolled back to generation 000001; npm run embed brings it up to date again',
    );
    expect(await live.rebuild({ full: false })).toMatchObject({ added: 1, unchanged: 1 });
    expect(ids(live)).toEqual(['bridge', 'ferry']);
    expect((await openLibrary(options(), fakeEmbedder)).index.generation).toBe('000003');
  });

  it('goes on going back, and says when there is nothing before', async () => {
    await open();
    await live.rebuild({ full: true });
    await live.rebuild({ full: true });
    expect(await live.rollback()).toBe('000002');
    expect(await live.rollback()).toBe('000001');
    await expect(live.rollback()).rejects.toThrow(
      /^index: there is no older generation in .* to go back to$/,
    );
    expect(live.index.generation).toBe('000001');
  });

  it('is refused when an article is not what that generation was built from', async () => {
    await open();
    await put('ferry', FERRY.replace('nine', 'noon'));
    await live.rebuild({ full: false });
    const refused = live.rollback();
    await expect(refused).rejects.toThrow(
      'index: generation 000001 cannot answer: the seeds have changed since (ferry); undo that, then roll back',
    );
    await expect(refused).rejects.toThrow(OperatorError);
    expect((await live.ask('When does the ferry sail?')).quotes[0]?.text).toContain('noon');
    await put('ferry', FERRY);
    expect(await live.rollback()).toBe('000001');
    expect((await live.ask('When does the ferry sail?')).quotes[0]?.text).toContain('nine');
  });

  it('ends when an article of that generation changes: the next start builds the index anew', async () => {
    await open();
    await put('bridge', BRIDGE);
    await live.rebuild({ full: false });
    await live.rollback();
    await put('ferry', FERRY.replace('nine', 'noon'));
    const reopened = await openLibrary(options(), fakeEmbedder);
    expect([reopened.index.generation, ids(reopened)]).toEqual(['000003', ['bridge', 'ferry']]);
  });
});

describe('a damaged newest generation', () => {
  it('is passed over by name at the start, and mended by a plain build that embeds nothing', async () => {
    await embedBeside();
    await embedBeside(fakeEmbedder, true);
    await damage('000002');
    expect((await openLibrary(options(), fakeEmbedder)).index.generation).toBe('000001');
    expect(lines).toEqual([
      expect.stringMatching(/generation 000002 .* is damaged: words.bin .* passed over$/),
    ]);
    expect(await embedBeside()).toMatchObject({ unchanged: 1, embedded: 0 });
    lines = [];
    expect((await openLibrary(options(), fakeEmbedder)).index.generation).toBe('000003');
    expect(lines).toEqual([]);
    expect(await embedBeside()).toMatchObject({ embedded: 0 });
    expect((await openLibrary(options(), fakeEmbedder)).index.generation).toBe('000003');
  });

  it('is built anew when the one before is of other articles', async () => {
    await embedBeside();
    await put('bridge', BRIDGE);
    await embedBeside();
    await damage('000002');
    const library = await openLibrary(options(), fakeEmbedder);
    expect([library.index.generation, ids(library)]).toEqual(['000003', ['bridge', 'ferry']]);
    await remove('bridge');
    expect(ids(await openLibrary(options(), fakeEmbedder))).toEqual(['ferry']);
  });
});
