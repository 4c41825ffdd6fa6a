import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/operator-error.ts';
import { MAX_DRAFTS } from '../../src/seeds/drafts.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import type { OfferedArticle } from '../../src/seeds/offered-file.ts';
import type { Seed } from '../../src/seeds/seed.ts';
import { MAX_SEEDS, SeedChanges } from '../../src/seeds/seed-changes.ts';

const WHO = '100';

let folder: string;
let changes: SeedChanges;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-changes-'));
  await writeFile(path.join(folder, 'ferry.txt'), 'Ferry sails\n\nThe ferry sails at nine.\n');
  changes = new SeedChanges(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const article = (words: string, over: Partial<OfferedArticle> = {}): OfferedArticle => ({
  slug: 'bridge',
  extension: '.txt',
  bytes: Buffer.from(words),
  sidecar: {},
  ...over,
});
const BRIDGE = article('Bridge opens\n\nThe bridge cost forty million.\n');
const files = async (inside = '.') => (await readdir(path.join(folder, inside))).sort();
const ids = async () => (await loadSeeds(folder)).map(({ id }) => id);
const seedOf = async (id: string): Promise<Seed> => {
  const seed = (await loadSeeds(folder)).find((each) => each.id === id);
  if (seed === undefined) throw new Error(`no seed ${id}`);
  return seed;
};
const logLines = async () => {
  const lines = (await readFile(path.join(folder, '.changes.log'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};
const reason = async (change: Promise<unknown>) => {
  const error = await change.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(OperatorError);
  return (error as OperatorError).message;
};
async function added(offered = BRIDGE): Promise<string> {
  const { token } = await changes.draft(offered);
  return (await changes.save(token, WHO))?.seed ?? '';
}

describe('a draft', () => {
  it('is read as it would be, and is no seed', async () => {
    const { seed } = await changes.draft(
      article(BRIDGE.bytes.toString(), { sidecar: { publisher: 'Courier' } }),
    );
    expect(seed).toMatchObject({ id: 'bridge', title: 'Bridge opens', publisher: 'Courier' });
    expect(await ids()).toEqual(['ferry']);
  });

  it('is named by its title, where it has no name', async () => {
    expect((await changes.draft(article('Über Brücken\n\nWords.', { slug: null }))).seed.id).toBe(
      'uber-brucken',
    );
    const titled = article('Words only.', { slug: null, sidecar: { title: 'Bridges' } });
    expect((await changes.draft(titled)).seed.id).toBe('bridges');
  });

  it('becomes a seed, byte for byte, with its sidecar', async () => {
    const { token } = await changes.draft({ ...BRIDGE, sidecar: { publisher: 'Courier' } });
    expect(await changes.save(token, WHO)).toMatchObject({ what: 'added', seed: 'bridge', by: WHO });
    expect(await readFile(path.join(folder, 'bridge.txt'))).toEqual(BRIDGE.bytes);
    expect(await seedOf('bridge')).toMatchObject({ publisher: 'Courier' });
    expect(await files('.drafts')).toEqual([]);
    expect(await changes.save(token, WHO)).toBeUndefined();
  });

  it('never takes the place of a seed', async () => {
    await writeFile(path.join(folder, 'Bridge.md'), '# Another\n\nWords.\n');
    expect(await added()).toBe('bridge-2');
    expect(await ids()).toEqual(['Bridge', 'bridge-2', 'ferry']);
  });

  it('is kept by another process, is discarded, and is not found under a name that is no token', async () => {
    const { token } = await changes.draft(BRIDGE);
    const afterRestart = new SeedChanges(folder);
    expect(await afterRestart.discard('../ferry')).toBe(false);
    expect(await afterRestart.save(`../.drafts/${token}`, WHO)).toBeUndefined();
    expect(await afterRestart.save('000000000000', WHO)).toBeUndefined();
    expect(await afterRestart.discard(token)).toBe(true);
    expect(await afterRestart.discard(token)).toBe(false);
  });

  it(`is given up for newer ones past ${MAX_DRAFTS}, and after a day`, async () => {
    const tokens: string[] = [];
    for (let n = 0; n < MAX_DRAFTS + 3; n++) {
      const { token } = await changes.draft(article(`Bridge ${n}\n\nThe bridge cost ${n} million.\n`));
      tokens.push(token);
      const at = Date.now() / 1000 - 3600 + n;
      await utimes(path.join(folder, '.drafts', token), at, at);
    }
    expect(await files('.drafts')).toEqual(tokens.slice(3).sort());
    const [oldest = '', next = ''] = tokens.slice(3);
    const dayAgo = Date.now() / 1000 - 86_401;
    await utimes(path.join(folder, '.drafts', oldest), dayAgo, dayAgo);
    expect(await changes.save(oldest, WHO)).toBeUndefined();
    expect(await files('.drafts')).not.toContain(oldest);
    expect(await changes.save(next, WHO)).toMatchObject({ seed: 'bridge' });
  });

  it.each([
    ['an empty text', article(' \n'), 'bridge.txt: an empty file; put the article in, or remove it'],
    ['bytes that are no text', article('a\0b'), /^bridge\.txt: a binary file/],
    [
      'UTF-16',
      article('', { bytes: Buffer.from('\ufeffwords', 'utf16le') }),
      /^bridge\.txt: UTF-16, not UTF-8/,
    ],
    ['a nameless text that is empty', article('', { slug: null }), /^article\.txt: an empty file/],
    ['a sidecar that is none', article('Words.', { sidecar: { url: 'ftp://x' } }), /^bridge\.json: url/],
  ])('is refused in one line, and leaves nothing: %s', async (_, offered, told) => {
    expect(await reason(changes.draft(offered))).toMatch(told);
    expect(await files('.drafts')).toEqual([]);
  });

  it('is refused when it is a seed already, also where it became one since', async () => {
    const first = await changes.draft(BRIDGE);
    const second = await changes.draft({ ...BRIDGE, slug: 'other' });
    await changes.save(first.token, WHO);
    expect(await reason(changes.save(second.token, WHO))).toBe('that article is there already, as bridge');
    expect(await reason(changes.draft(BRIDGE))).toBe('that article is there already, as bridge');
    expect(await ids()).toEqual(['bridge', 'ferry']);
  });

  it('is refused where there are enough seeds', async () => {
    await Promise.all(
      Array.from({ length: MAX_SEEDS - 1 }, (_, n) => writeFile(path.join(folder, `n${n}.txt`), `${n}.`)),
    );
    expect(await reason(changes.draft(BRIDGE))).toBe(
      'there are 1000 articles already, which is the limit; remove some first',
    );
  });
});

describe('a seed that is removed', () => {
  it('goes with its sidecar, and comes back with it', async () => {
    await added({ ...BRIDGE, sidecar: { publisher: 'Courier' } });
    await changes.remove(await seedOf('bridge'), WHO);
    expect(await ids()).toEqual(['ferry']);
    const [gone] = await changes.removed();
    expect(gone).toMatchObject({ id: 'bridge', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/) });
    expect(await changes.restore(gone?.name ?? '', WHO)).toMatchObject({ what: 'restored', seed: 'bridge' });
    expect(await seedOf('bridge')).toMatchObject({ publisher: 'Courier' });
    expect(await changes.removed()).toEqual([]);
  });

  it('comes back under the next name that is free, the last removed first', async () => {
    await added();
    await changes.remove(await seedOf('bridge'), WHO);
    await added(article('Another bridge\n\nIt is of wood.\n'));
    await changes.remove(await seedOf('bridge'), WHO);
    await added(article('Third bridge\n\nIt is of rope.\n'));
    expect((await changes.removed()).map(({ id }) => id)).toEqual(['bridge', 'bridge']);
    expect((await changes.restore('bridge', WHO)).seed).toBe('bridge-2');
    expect((await seedOf('bridge-2')).text).toContain('wood');
  });

  it('is not brought back where it is there again, or under a name that is none', async () => {
    await added();
    await changes.remove(await seedOf('bridge'), WHO);
    await added();
    expect(await reason(changes.restore('bridge', WHO))).toBe('that article is there already, as bridge');
    for (const name of ['../ferry', '..', 'none']) {
      expect(await reason(changes.restore(name, WHO))).toContain('no article of that name was removed');
    }
  });

  it('stays when it is the only one, and is told to be gone when it is', async () => {
    expect(await reason(changes.remove(await seedOf('ferry'), WHO))).toContain('that is the only article');
    await added();
    const bridge = await seedOf('bridge');
    await changes.remove(bridge, WHO);
    expect(await reason(changes.remove(bridge, WHO))).toContain('bridge: that article is gone');
    expect(await ids()).toEqual(['ferry']);
  });
});

describe('what stands beside a seed', () => {
  it('is set, kept where it was not named, and taken out', async () => {
    const ferry = await seedOf('ferry');
    await changes.edit(ferry, { title: 'The ferry', publisher: 'Courier' }, WHO);
    await changes.edit(ferry, { title: null, updated: '2024-06-11' }, WHO);
    expect(JSON.parse(await readFile(path.join(folder, 'ferry.json'), 'utf8'))).toEqual({
      publisher: 'Courier',
      updated: '2024-06-11',
    });
    expect(await seedOf('ferry')).toMatchObject({ title: 'Ferry sails', publisher: 'Courier' });
    expect(await files()).toEqual(['.changes.log', 'ferry.json', 'ferry.txt']);
  });

  it('is left as it is, without a line in the log, when nothing would change', async () => {
    const ferry = await seedOf('ferry');
    await changes.edit(ferry, { publisher: 'Courier' }, WHO);
    expect(await changes.edit(ferry, { publisher: 'Courier', title: null }, WHO)).toBeUndefined();
    expect(await logLines()).toHaveLength(1);
  });

  it('is refused where a sidecar may not have it, and where the sidecar is broken', async () => {
    const ferry = await seedOf('ferry');
    expect(await reason(changes.edit(ferry, { updated: '2024-02-30' }, WHO))).toMatch(/^updated: must be/);
    expect(await reason(changes.edit(ferry, { title: 'a\nb' }, WHO))).toMatch(/^title: must be one line/);
    expect(await files()).toEqual(['ferry.txt']);
    await writeFile(path.join(folder, 'ferry.json'), '{"title": ');
    expect(await reason(changes.edit(ferry, { title: 'x' }, WHO))).toContain('JSON');
    expect(await readFile(path.join(folder, 'ferry.json'), 'utf8')).toBe('{"title": ');
  });
});

describe('the log of changes', () => {
  it('has a line for each: who, what, when', async () => {
    await added();
    const bridge = await seedOf('bridge');
    await changes.edit(bridge, { title: 'A bridge', publisher: null }, '200');
    await changes.remove(bridge, '300');
    await changes.restore('bridge', '400');
    const { digest } = bridge;
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await logLines()).toEqual([
      { at, what: 'added', seed: 'bridge', by: WHO, digest },
      { at, what: 'edited', seed: 'bridge', by: '200', digest, keys: ['title', 'publisher'] },
      { at, what: 'removed', seed: 'bridge', by: '300', digest },
      { at, what: 'restored', seed: 'bridge', by: '400', digest },
    ]);
    expect((await stat(path.join(folder, '.changes.log'))).mode & 0o777).toBe(0o600);
  });

  it('says of a change that it failed', async () => {
    await added();
    await writeFile(path.join(folder, '.removed'), 'in the way');
    const told = await reason(changes.remove(await seedOf('bridge'), WHO));
    expect(told).toMatch(/: cannot be written \(.*\); free space or mend its permissions$/);
    expect((await logLines()).slice(1)).toMatchObject([
      { what: 'removed', seed: 'bridge' },
      { what: 'removed', seed: 'bridge', failed: expect.stringContaining('.removed') },
    ]);
    expect(await ids()).toEqual(['bridge', 'ferry']);
  });

  it('is needed: nothing is changed where it cannot be written', async () => {
    await mkdir(path.join(folder, '.changes.log'));
    const { token } = await changes.draft(BRIDGE);
    expect(await reason(changes.save(token, WHO))).toMatch(/\.changes\.log: cannot be written/);
    expect(await ids()).toEqual(['ferry']);
  });

  it('goes on behind a line that a crash has torn', async () => {
    await writeFile(path.join(folder, '.changes.log'), '{"at":"2024');
    await added();
    const lines = (await readFile(path.join(folder, '.changes.log'), 'utf8')).split('\n');
    expect(lines).toEqual(['{"at":"2024', expect.stringContaining('"added"'), '']);
  });
});

it('makes changes one after the other, whoever asks', async () => {
  const drafts = await Promise.all(
    Array.from({ length: 8 }, (_, n) => changes.draft(article(`Bridge ${n}\n\nIt cost ${n} million.\n`))),
  );
  const saved = await Promise.all(drafts.map(({ token }) => changes.save(token, WHO)));
  expect(new Set(saved.map((change) => change?.seed)).size).toBe(8);
  expect(await ids()).toHaveLength(9);
});
