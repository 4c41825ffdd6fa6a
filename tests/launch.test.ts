import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = 'node_modules/.cache/liaison';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'liaison-launch-')));
  await mkdir(path.join(folder, 'src'));
  await mkdir(path.join(folder, 'node_modules'));
  await copyFile(path.join(PROJECT, 'src', 'launch.js'), path.join(folder, 'src', 'launch.js'));
  for (const name of ['esbuild', '@esbuild', 'tsx']) {
    await symlink(path.join(PROJECT, 'node_modules', name), path.join(folder, 'node_modules', name));
  }
  await put('package.json', '{"type":"module"}');
  await put('node_modules/.package-lock.json', '{}');
  await put('src/word.ts', "export const word: string = 'first';");
  await put('src/a-late-one.ts', "export const late = 'late';");
  await put(
    'src/entry.ts',
    `import { word } from './word.ts';
     const { late } = await import('./a-late-one.ts');
     console.log(word, late, import.meta.url, ...process.argv.slice(1));`,
  );
});
afterEach(() => rm(folder, { recursive: true }));

const put = (name: string, text: string) => writeFile(path.join(folder, name), text);

const launch = async (...args: string[]) => {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/launch.js', 'src/entry.ts', ...args], {
    cwd: folder,
  });
  return stdout.trim();
};

describe('src/launch.js', () => {
  test('runs an entry file as if it had been called itself', async () => {
    const entry = path.join(folder, 'src', 'entry.ts');
    expect(await launch('--flag', 'word')).toBe(`first late ${pathToFileURL(entry)} ${entry} --flag word`);
  });

  test('bundles once, and again when a file has changed', async () => {
    await launch();
    const files = await readdir(path.join(folder, CACHE));
    await launch();
    expect(await readdir(path.join(folder, CACHE))).toEqual(files);
    await put('src/word.ts', "export const word: string = 'second one';");
    expect(await launch()).toMatch(/^second one /);
  });

  test('bundles again when packages have changed', async () => {
    await launch();
    const before = await record();
    await put('node_modules/.package-lock.json', '{"packages":{}}');
    await launch();
    expect(await record()).not.toBe(before);
  });

  test('removes bundles that are neither new nor among the last three', async () => {
    await launch();
    await put(`${CACHE}/left-behind.js`, '');
    await put(`${CACHE}/young.js`, '');
    const first = await parts();
    for (const word of ['second', 'third', 'fourth']) {
      await age((name) => name !== 'young.js');
      await put('src/word.ts', `export const word: string = '${word}';`);
      expect(await launch()).toMatch(new RegExp(`^${word} `));
      const now = await parts();
      expect(now).not.toContain('left-behind.js');
      expect(now).toContain('young.js');
      expect(first.filter((name) => name.startsWith('entry-')).some((name) => now.includes(name))).toBe(
        word !== 'fourth',
      );
    }
    await age(() => true);
    expect(await launch()).toMatch(/^fourth /);
  });

  test('leaves what a running process has yet to load', async () => {
    await put(
      'src/entry.ts',
      `import { once } from 'node:events';
       import { word } from './word.ts';
       if (process.argv[2] === 'wait') {
         console.log('running');
         await once(process.stdin.resume(), 'end');
       }
       const { late } = await import('./a-late-one.ts');
       console.log(word, late);`,
    );
    const running = spawn(process.execPath, ['src/launch.js', 'src/entry.ts', 'wait'], { cwd: folder });
    const output = text(running.stdout);
    await once(running.stdout, 'data');
    for (const word of ['second', 'third']) {
      await age(() => true);
      await put('src/word.ts', `export const word: string = '${word}';`);
      await put('src/a-late-one.ts', `export const late = 'later than ${word}';`);
      await launch();
    }
    running.stdin.end();
    expect(await output).toBe('running\nfirst late\n');
  });

  test('goes on without its folder, where it cannot be written', async () => {
    await put('node_modules/.cache', 'a file in its place');
    expect(await launch()).toMatch(/^first /);
  });

  test('ends with what went wrong in the entry file, by its own lines', async () => {
    await put('src/entry.ts', "\n\nthrow new Error('broken');");
    await expect(launch()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/entry\.ts:3\b[\s\S]*Error: broken/),
    });
  });

  test('says which file does not compile', async () => {
    await put('src/word.ts', 'export const = 1;');
    await expect(launch()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('word.ts:1:13'),
    });
  });
});

async function parts(): Promise<string[]> {
  return (await readdir(path.join(folder, CACHE))).filter((name) => !name.endsWith('.json'));
}

/** Makes files of the cache two days old. */
async function age(which: (name: string) => boolean): Promise<void> {
  const before = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
  for (const name of (await parts()).filter(which))
    await utimes(path.join(folder, CACHE, name), before, before);
}

/** What the launcher knows of its last bundle. */
async function record(): Promise<string> {
  const name = (await readdir(path.join(folder, CACHE))).find((file) => file.endsWith('.json')) ?? '';
  return readFile(path.join(folder, CACHE, name), 'utf8');
}
