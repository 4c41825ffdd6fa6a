import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary } from '../../src/answering/open-library.ts';
import { rebuild } from '../../src/answering/rebuild.ts';
import { readNewest } from '../../src/indexing/store.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { fakeEmbedder } from './fake-embedder.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** More than a rebuild has; the last of these runs to its end. */
const MOST_CALLS = 100;
const AT_ONCE = 2;
/** Of the calls that a disk can break at, in the short form; `LONG=1` tries each. */
const SOME = process.env.LONG === '1' ? 1 : 4;

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const optionsOf = (indexFolder: string, report: (line: string) => void = () => undefined) => ({
  seedsFolder: at('seeds'),
  indexFolder,
  modelsFolder: '',
  model: 'fake',
  report,
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-crash-'));
  await mkdir(at('seeds'));
  await writeFile(at('seeds', 'ferry.txt'), 'Ferry sails\nThe ferry sails at nine.');
  // Three of them: the next build drops the oldest, too.
  for (let i = 0; i < 3; i++) {
    await rebuild(optionsOf(at('before')), await loadSeeds(at('seeds')), fakeEmbedder, { full: true });
  }
  await writeFile(at('seeds', 'bridge.txt'), 'Bridge opens\nThe bridge cost forty million.');
});
afterAll(() => rm(folder, { recursive: true }));

/** A rebuild in a process of its own, over a copy of the index, that fails at one call. */
async function rebuildFailing(call: number, how: string) {
  const index = at(`${how}-${call}`);
  await cp(at('before'), index, { recursive: true });
  const script = ['--import', 'tsx', '--import', `${HERE}fail-at.ts`, `${HERE}rebuild-here.ts`];
  const child = spawn(process.execPath, [...script, at('seeds'), index], {
    env: { ...process.env, FAIL_AT: `${call}`, FAIL_WITH: how },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  await once(child, 'close');
  return { index, call, said, killed: child.signalCode === 'SIGKILL', status: child.exitCode };
}

/** Holds every call of a rebuild, or every `step`th, to `check`, until the rebuild has no such call any more. */
async function atEveryCall(
  how: string,
  check: (outcome: Outcome) => Promise<void>,
  step = 1,
): Promise<number> {
  let call = 1 - step;
  let ended = false;
  const work = async () => {
    while (!ended && call < MOST_CALLS) {
      call += step;
      const outcome = await rebuildFailing(call, how);
      const [calls = 0] = (/^(\d+) calls$/m.exec(outcome.said)?.slice(1) ?? []).map(Number);
      if (!outcome.killed && outcome.status === 0 && calls > 0 && calls < outcome.call) ended = true;
      await check(outcome);
      await rm(outcome.index, { recursive: true });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(ended).toBe(true);
  return call;
}
type Outcome = Awaited<ReturnType<typeof rebuildFailing>>;

/** The old or the new generation answers, whole, and nothing has to be passed over. */
async function expectWhole(index: string): Promise<void> {
  const lines: string[] = [];
  const newest = await readNewest(index, (line) => lines.push(line));
  expect(lines).toEqual([]);
  const { seeds = [] } = newest?.manifest ?? {};
  const expected = newest?.name === '000004' ? ['bridge', 'ferry'] : ['ferry'];
  expect(seeds.map(({ id }) => id)).toEqual(expected);
}

/** The next start brings the index up to date and leaves nothing half written. */
async function expectMended(index: string): Promise<void> {
  const lines: string[] = [];
  const library = await openLibrary(
    optionsOf(index, (line) => lines.push(line)),
    fakeEmbedder,
  );
  // The lock of a dead process is not waited for.
  expect(lines.filter((line) => line.includes('waiting'))).toEqual([]);
  expect(library.seeds.map(({ id }) => id)).toEqual(['bridge', 'ferry']);
}

describe('a rebuild', () => {
  it('that is killed at any writing call leaves the old or the new index, whole', async () => {
    const calls = await atEveryCall('kill', async ({ index }) => {
      await expectWhole(index);
      await expectMended(index);
    });
    expect(calls).toBeGreaterThan(20);
  }, 180_000);

  it.each([
    ['the disk full', 'ENOSPC', Math.ceil(SOME / 2)],
    ['the disk broken', 'EIO', SOME],
    ['the folder closed to it', 'EACCES', SOME],
  ])(
    'that finds %s at any writing call says so in one line, and leaves an index that is whole',
    async (_, code, step) => {
      const check = async ({ index, said, status }: Outcome) => {
        await expectWhole(index);
        const [first] = said.split('\n');
        if (status !== 0) {
          expect(first).toMatch(/^index: cannot write .* \(E[A-Z]+: .*\); free space, .*--index$/);
          expect(first).toContain(`(${code}: `);
        }
        expect((await readdir(index)).filter((name) => name.includes('lock'))).toEqual([]);
        await expectMended(index);
      };
      await atEveryCall(code, check, step);
    },
    180_000,
  );

  it('in two processes at once is done once, and the other finds it done', async () => {
    const index = at('two');
    await cp(at('before'), index, { recursive: true });
    const script = ['--import', 'tsx', `${HERE}rebuild-here.ts`, at('seeds'), index];
    const both = [1, 2].map(() => spawn(process.execPath, script, { stdio: 'inherit' }));
    const statuses = await Promise.all(both.map((child) => once(child, 'exit')));
    expect(statuses.map(([status]) => status)).toEqual([0, 0]);
    const names = await readdir(path.join(index, 'generations'));
    expect(names.sort()).toEqual(['000002', '000003', '000004']);
    await expectWhole(index);
  });
});
