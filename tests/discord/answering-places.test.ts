import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AnsweringPlaces, type Policy } from '../../src/discord/answering-places.ts';

const NOWHERE: Policy = { mode: 'nowhere', channels: [] };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-places-'));
});
afterEach(() => rm(folder, { recursive: true }));

const kept = async () => JSON.parse(await readFile(path.join(folder, 'answering-places.json'), 'utf8'));

it('keeps what several shards set at once, each for its own servers', async () => {
  const shards = await Promise.all([0, 1, 2, 3].map(() => AnsweringPlaces.load(folder)));
  const servers = Array.from({ length: 20 }, (_, index) => String(1000 + index));
  await Promise.all(servers.map((server, index) => shards[index % shards.length]?.set(server, NOWHERE)));
  expect(Object.keys(await kept()).toSorted()).toEqual(servers);
  const again = await AnsweringPlaces.load(folder);
  for (const server of servers) expect(again.answersIn(server, ['1'])).toBe(false);
});

it('leaves a file alone that somebody damaged meanwhile, and says what to do', async () => {
  const places = await AnsweringPlaces.load(folder);
  await places.set('1000', NOWHERE);
  await writeFile(path.join(folder, 'answering-places.json'), '{');
  await expect(places.set('1001', NOWHERE)).rejects.toThrow(
    /answering-places\.json is damaged; delete it, and set \/channel again$/,
  );
  expect(await readFile(path.join(folder, 'answering-places.json'), 'utf8')).toBe('{');
});
