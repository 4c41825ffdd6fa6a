import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CheckedFiles } from '../../src/indexing/checked-files.ts';
import { digestFile } from '../../src/indexing/file-digest.ts';

const BIG = Buffer.alloc(17 * 1024 * 1024, 'a');
/** The state of a file that changed within the last seconds is not remembered. */
const SETTLED = { timeout: 10_000, interval: 500 };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-checked-'));
  file = path.join(folder, 'big');
  await writeFile(file, BIG);
});
afterEach(() => rm(folder, { recursive: true }));

const digestOf = async (name: string) => (await digestFile(name)).whole;
const check = async (digest: string) => {
  const files = await CheckedFiles.open(folder);
  const whole = await files.isWhole('big', digest);
  await files.remember();
  return whole;
};
const isRemembered = () =>
  stat(path.join(folder, 'checked.json')).then(
    () => true,
    () => false,
  );

test('a file is whole when its digest says so', async () => {
  expect(await check(await digestOf(file))).toBe(true);
  expect(await check('another')).toBe(false);
});

test('a big file that was found whole is not read again, and is when anything was written to it', async () => {
  const digest = await digestOf(file);
  await expect.poll(async () => (await check(digest)) && (await isRemembered()), SETTLED).toBe(true);
  expect(await check(digest)).toBe(true);
  expect(await check('another')).toBe(false);
  const { atime, mtime } = await stat(file);
  await writeFile(file, BIG.fill('b', 5, 6));
  // Its size is what it was, and somebody set its time back.
  await utimes(file, atime, mtime);
  expect(await check(digest)).toBe(false);
});

test('a small file is read at every start', async () => {
  await writeFile(file, 'small');
  expect(await check(await digestOf(file))).toBe(true);
  expect(await isRemembered()).toBe(false);
});
