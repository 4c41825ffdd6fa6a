import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildGeneration } from '../../src/indexing/build.ts';
import { type NamedGeneration, publish, readNewest, withWriteLock } from '../../src/indexing/store.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { hashingEmbedder } from '../answering/fake-library.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function build(text: string, previous?: NamedGeneration) {
  const seeds = path.join(folder, 'seeds');
  await import('node:fs/promises').then(({ mkdir }) => mkdir(seeds, { recursive: true }));
  await writeFile(path.join(seeds, 'a.txt'), text);
  const reusable = previous && {
    ...previous,
    fingerprint: previous.manifest.fingerprint,
    dimensions: previous.manifest.dimensions,
    units: { seeds: [], ...previous.units },
  };
  return buildGeneration(await loadSeeds(seeds), hashingEmbedder, reusable, () => undefined);
}

const publishText = async (text: string) => publish(folder, (await build(text)).generation);
const newest = async (lines: string[] = []) => readNewest(folder, (line) => lines.push(line));
const place = (name: string, file: string) => path.join(folder, 'generations', name, file);

describe('the store of generations', () => {
  it('reads back what was published', async () => {
    const { generation } = await build('The bridge opened. It is long.');
    const name = await publish(folder, generation);
    const read = await newest();
    expect(read?.name).toBe(name);
    expect(read?.units.sentences).toEqual(generation.units.sentences);
    expect(read?.sentences.vectors).toEqual(generation.sentences.vectors);
    expect(read?.sentences.tokens(1)).toEqual(generation.sentences.tokens(1));
    expect(read?.lexical.tables).toEqual(generation.lexical.tables);
  });

  it('passes over a generation with any file cut, changed or gone, by name, and reads the one before', async () => {
    const older = await publishText('One.');
    const files = await readdir(path.join(folder, 'generations', older));
    for (const file of files) {
      for (const damage of [
        (target: string) => truncate(target, 1),
        async (target: string) => {
          const bytes = await readFile(target);
          const middle = bytes.length >> 1;
          bytes[middle] = (bytes[middle] ?? 0) ^ 1;
          await writeFile(target, bytes);
        },
        (target: string) => rm(target),
      ]) {
        const name = await publishText('Two, and more.');
        await damage(place(name, file));
        const lines: string[] = [];
        const read = await newest(lines);
        // A flipped bit inside the manifest's own prose may leave it valid; its checksums still hold the rest.
        if (read?.name === name && file === 'manifest.json') {
          await rm(path.join(folder, 'generations', name), { recursive: true });
          continue;
        }
        expect(read?.name, file).toBe(older);
        expect(lines[0], file).toContain(`generation ${name}`);
        await rm(path.join(folder, 'generations', name), { recursive: true });
      }
    }
  });

  it('passes over a manifest from the future', async () => {
    const name = await publishText('One.');
    const manifest = JSON.parse(await readFile(place(name, 'manifest.json'), 'utf8'));
    await writeFile(place(name, 'manifest.json'), JSON.stringify({ ...manifest, format: 99 }));
    expect(await newest()).toBeUndefined();
  });

  it('never reads what was not finished', async () => {
    const name = await publishText('One.');
    await import('node:fs/promises').then(({ mkdir }) => mkdir(place('.000002.1', ''), { recursive: true }));
    expect((await newest())?.name).toBe(name);
  });

  it('keeps the last three', async () => {
    for (const text of ['One.', 'Two.', 'Three.', 'Four.']) await publishText(text);
    expect(await readdir(path.join(folder, 'generations'))).toEqual(['000002', '000003', '000004']);
  });

  it('embeds only what changed', async () => {
    const { generation, embedded } = await build('The bridge opened.\nIt is long.');
    expect(embedded).toBe(4);
    await publish(folder, generation);
    const again = await build('The bridge opened.\nIt is very long.', await newest());
    expect(again.embedded).toBe(2);
    expect(again.generation.sentences.vectors.slice(0, 16)).toEqual(
      generation.sentences.vectors.slice(0, 16),
    );
  });

  it('lets one writer at a time build', async () => {
    const order: string[] = [];
    const writer = (name: string) =>
      withWriteLock(folder, async () => {
        order.push(`${name} in`);
        await publishText(name);
        order.push(`${name} out`);
      });
    await Promise.all([writer('One.'), writer('Two.')]);
    const [first = ''] = order[0]?.split(' ') ?? [];
    expect(order[1]).toBe(`${first} out`);
  });

  it('says in one line what to do about a folder that cannot be written', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    const attempt = withWriteLock(path.join(file, 'index'), async () => undefined);
    await expect(attempt).rejects.toThrow(OperatorError);
    await expect(attempt).rejects.toThrow(/^index: cannot write [^\n]*; free space, mend[^\n]*$/);
  });
});
