import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Burst } from '../../src/seeds/burst.ts';
import { FolderWatch } from '../../src/seeds/watch-folder.ts';

const QUIET_MS = 100;

let folder: string;
let watch: FolderWatch;
let times: number;
let failures: string[];
let tell: () => void;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-watch-'));
  times = 0;
  failures = [];
  tell = () => undefined;
});
afterEach(async () => {
  watch?.close();
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

function begin(at = folder, quietMs = QUIET_MS): void {
  const changed = () => {
    times += 1;
    tell();
  };
  watch = new FolderWatch(at, changed, ({ message }) => failures.push(message), quietMs);
  watch.anew();
}
/** Resolves when it was told the next time. */
const told = () =>
  new Promise<void>((resolve) => {
    tell = resolve;
  });
const put = (name: string, words = 'words', at = folder) => writeFileSync(path.join(at, name), words);

/** Each is one burst: nothing else can happen between its steps. */
describe.each([
  ['a file that is written', () => put('a.txt')],
  ['a file that is written in many steps', () => Array.from({ length: 50 }, (_, n) => put('a.txt', `${n}`))],
  ['many files', () => Array.from({ length: 50 }, (_, n) => put(`${n}.txt`))],
  [
    'a file that an editor writes beside and renames into its place',
    () => {
      put('.a.txt.swp');
      renameSync(path.join(folder, '.a.txt.swp'), path.join(folder, 'a.txt'));
    },
  ],
  [
    'a file that is renamed and written anew',
    () => {
      renameSync(path.join(folder, 'there.txt'), path.join(folder, 'there.txt~'));
      put('there.txt');
      rmSync(path.join(folder, 'there.txt~'));
    },
  ],
  ['a file that goes', () => rmSync(path.join(folder, 'there.txt'))],
])('%s', (_, change) => {
  it('is told once', async () => {
    put('there.txt');
    begin();
    let next = told();
    change();
    await next;
    next = told();
    put('after.txt');
    await next;
    expect(times).toBe(2);
    expect(failures).toEqual([]);
  });
});

describe('a watched folder', () => {
  it('says nothing of names with a dot', async () => {
    begin();
    put('.changes.log');
    mkdirSync(path.join(folder, '.drafts'));
    put('.a.json.17');
    const next = told();
    put('a.txt');
    await next;
    expect(times).toBe(1);
  });

  it('is watched anew when another one has its name', async () => {
    const seeds = path.join(folder, 'seeds');
    mkdirSync(seeds);
    begin(seeds);
    let next = told();
    rmSync(seeds, { recursive: true });
    await next;
    mkdirSync(seeds);
    watch.anew();
    next = told();
    put('a.txt', 'words', seeds);
    await next;
    expect(failures).toEqual([]);
  });

  it('says why it cannot be watched', () => {
    begin(path.join(folder, 'none'));
    expect(failures).toEqual([expect.stringContaining('ENOENT')]);
  });
});

describe('a burst', () => {
  const once = () => {
    times += 1;
  };
  const burst = () => new Burst(once, 1000, 10_000);
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));

  it('is told of once it has been quiet', () => {
    const writing = burst();
    for (let n = 0; n < 5; n++) {
      writing.happened();
      vi.advanceTimersByTime(999);
    }
    expect(times).toBe(0);
    vi.advanceTimersByTime(1);
    expect(times).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(times).toBe(1);
  });

  it('is told of every ten seconds where it never ends', () => {
    const writing = burst();
    for (let n = 0; n < 250; n++) {
      writing.happened();
      vi.advanceTimersByTime(100);
    }
    expect(times).toBe(2);
  });

  it('is not told of any more when it is closed', () => {
    const writing = burst();
    writing.happened();
    writing.close();
    vi.advanceTimersByTime(60_000);
    expect(times).toBe(0);
  });
});
