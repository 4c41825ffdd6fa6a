import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSeeds, MAX_SEED_BYTES, MAX_SEED_LINES, SeedError } from '../../src/seeds/load.ts';

const ARTICLE = 'Talks resume in Geneva\n\nThe two sides met in Geneva on Monday, officials said.\n';
let outside: string;
let folder: string;

beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'seeds-test-'));
  folder = join(outside, 'seeds');
  await mkdir(folder);
});

afterEach(() => rm(outside, { recursive: true }));

function put(name: string, content: string | Uint8Array = ARTICLE): Promise<void> {
  return writeFile(join(folder, name), content);
}

/** The error that loading the folder ends in; its message is cut into lines, without the folder. */
async function problems(from = folder): Promise<string[]> {
  const error = await loadSeeds(from).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SeedError);
  if (!(error instanceof SeedError)) return [];
  expect(error.name).toBe('SeedError');
  expect(error.problems.map(({ message }) => message)).toEqual(error.message.split('\n'));
  return error.message.split('\n').map((line) => line.replaceAll(outside, ''));
}

async function causeOf(): Promise<unknown> {
  return loadSeeds(folder).catch((error: Error) => error.cause);
}

describe('loadSeeds', () => {
  it('reads texts and Markdown, sorted by id', async () => {
    await put('b.md', '# A heading\n\nWords.');
    await put('a.txt');
    await put('c.markdown', 'Only words.');
    const seeds = await loadSeeds(folder);
    expect(seeds.map(({ id, path, title }) => [id, path, title])).toEqual([
      ['a', 'seeds/a.txt', 'Talks resume in Geneva'],
      ['b', 'seeds/b.md', 'A heading'],
      ['c', 'seeds/c.markdown', 'Only words'],
    ]);
    expect(seeds[0]).toMatchObject({
      text: ARTICLE,
      digest: createHash('sha256').update(ARTICLE).digest('hex'),
      publisher: null,
      updated: null,
      url: null,
      aliases: [],
      examples: [],
    });
  });

  it('lets the sidecar win over the text', async () => {
    await put('a.txt', `Talks resume\nUpdated 3 March 2021\nCGTN\n${ARTICLE}`);
    const sidecar = {
      title: 'Talks',
      publisher: 'Reuters',
      updated: '2021-03-04T07:30',
      url: 'https://a.example/b',
      aliases: [['Geneva', 'Genève']],
      examples: ['Where did they meet?'],
    };
    await put('a.json', JSON.stringify(sidecar));
    expect((await loadSeeds(folder))[0]).toMatchObject(sidecar);
  });

  it('names a seed without a headline by its first words, whole and few, else by its id', async () => {
    const words = 'The two sides met in Geneva on Monday and agreed to meet again there in the spring.';
    await put('a.txt', words);
    await put('b.txt', `${'x'.repeat(200)}.`);
    const [first, second] = await loadSeeds(folder);
    expect(first?.title).toBe('The two sides met in Geneva on Monday and agreed to meet again there in the');
    expect(second?.title).toBe('b');
  });

  it('keeps a byte order mark as the first character, in no block', async () => {
    await put('a.txt', `\uFEFF${ARTICLE}`);
    const [seed] = await loadSeeds(folder);
    expect(seed?.text).toBe(`\uFEFF${ARTICLE}`);
    expect(seed?.blocks[0]?.start).toBe(1);
  });

  it('passes over READMEs, dotfiles, other extensions and folders', async () => {
    for (const name of ['README.md', 'readme.txt', 'Readme.json', '.a.txt', 'a.html', 'a.txt~'])
      await put(name);
    await mkdir(join(folder, 'more'));
    await put('å-1_b.c.TXT');
    expect((await loadSeeds(folder)).map(({ id }) => id)).toEqual(['å-1_b.c']);
  });

  it('follows a link that stays in the folder', async () => {
    await put('a.txt');
    await symlink('a.txt', join(folder, 'b.txt'));
    expect(await loadSeeds(folder)).toHaveLength(2);
  });
});

describe('loadSeeds refuses', () => {
  it('no folder', async () => {
    expect(await problems(join(outside, 'none'))).toEqual([
      '/none: no such folder; create it and put an article in as a .txt or .md file, or name another folder',
    ]);
    await put('a.txt');
    expect(await problems(join(folder, 'a.txt'))).toEqual([
      '/seeds/a.txt: a file, not a folder; name the folder that holds the seeds',
    ]);
  });

  it('a folder without seeds', async () => {
    await put('README.md');
    expect(await problems()).toEqual([
      '/seeds: no seeds in it; put an article in as a .txt or .md file (folders inside are not read)',
    ]);
  });

  it('files without words', async () => {
    await put('a.txt', '');
    await put('b.txt', '\uFEFF \n\t\n');
    await put('c.txt', '00:42\n');
    expect(await problems()).toEqual([
      '/seeds/a.txt: an empty file; put the article in, or remove it',
      '/seeds/b.txt: an empty file; put the article in, or remove it',
      '/seeds/c.txt: nothing in it that could be quoted; put the article in, or remove it',
    ]);
  });

  it('files that are no UTF-8 text', async () => {
    await put('a.txt', 'a\0b');
    await put('b.txt', Buffer.from([0x63, 0x61, 0x66, 0xe9]));
    await put('c.txt', Buffer.from('\uFEFFabc', 'utf16le'));
    expect(await problems()).toEqual([
      '/seeds/a.txt: a binary file (it has NUL bytes); save the article as plain UTF-8 text',
      '/seeds/b.txt: not UTF-8; save it as UTF-8',
      '/seeds/c.txt: UTF-16, not UTF-8; save it as UTF-8',
    ]);
  });

  it('a file past the limit, and takes one at it', async () => {
    await put('a.txt', 'Words.\n'.padEnd(MAX_SEED_BYTES));
    expect(await loadSeeds(folder)).toHaveLength(1);
    await truncate(join(folder, 'a.txt'), MAX_SEED_BYTES + 1);
    expect(await problems()).toEqual([
      '/seeds/a.txt: 8388609 bytes, and the limit is 8388608; split it into smaller files',
    ]);
  });

  it('more lines than the limit, whatever ends them, and more pictures on one', async () => {
    await put('a.txt', `${'a\n'.repeat(1000)}${'\n'.repeat(MAX_SEED_LINES - 1001)}a`);
    expect((await loadSeeds(folder))[0]?.blocks).toHaveLength(1001);
    for (const piece of ['a\n', 'a\r\n', 'a\r', 'a\u2028', '![a](b)']) {
      await put('a.txt', piece.repeat(MAX_SEED_LINES));
      expect(await problems()).toEqual([
        '/seeds/a.txt: more than 200000 lines and pictures; split it into smaller files',
      ]);
    }
  });

  it('two seeds with one id', async () => {
    await put('a.txt');
    await put('a.md');
    expect(await problems()).toEqual([
      '/seeds: a.md, a.txt would be one seed, "a"; rename or remove all but one',
    ]);
  });

  it('names that are no safe ids, and says what to rename them to', async () => {
    await put('my notes.txt');
    await put('a\nb.txt');
    await put(`${'x'.repeat(101)}.txt`);
    const lines = await problems();
    expect(lines).toHaveLength(3);
    expect(lines).toContain(
      '/seeds/my notes.txt: a name with other characters than letters, digits, "-", "_" and "."; rename it, to my-notes for example',
    );
    expect(lines.some((line) => line.startsWith('/seeds/a\\u{a}b.txt: '))).toBe(true);
    expect(lines.some((line) => line.includes('a name of 101 characters; rename it to at most 100'))).toBe(
      true,
    );
  });

  it('links that leave the folder or lead nowhere, and folders named as seeds', async () => {
    await writeFile(join(outside, 'secret.txt'), ARTICLE);
    await symlink(join(outside, 'secret.txt'), join(folder, 'a.txt'));
    await symlink('gone.txt', join(folder, 'b.txt'));
    await mkdir(join(folder, 'c.txt'));
    expect(await problems()).toEqual([
      '/seeds/a.txt: a link that leaves the folder; copy the file itself here',
      '/seeds/b.txt: a link to nothing, or removed just now; remove it or mend the link',
      '/seeds/c.txt: not a plain file; move it elsewhere',
    ]);
  });

  it('a file it may not read', async () => {
    await put('a.txt');
    await chmod(join(folder, 'a.txt'), 0);
    await chmod(outside, 0o755);
    // Root may read everything, so as root the test reads as somebody else.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await problems()).toEqual([
        '/seeds/a.txt: cannot be read (EACCES); allow reading it (chmod), or remove it',
      ]);
      expect(await causeOf()).toMatchObject({ code: 'EACCES' });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('a sidecar without its seed', async () => {
    await put('a.txt');
    await put('b.json', '{}');
    expect(await problems()).toEqual([
      '/seeds/b.json: a sidecar without its seed; put b.txt or .md beside it, or remove it',
    ]);
  });

  it.each([
    [
      '{"titel": "x"}',
      'unknown key "titel" (known are title, publisher, updated, url, aliases, examples); mend it',
    ],
    ['{"url": "javascript:alert(1)"}', 'url: must be an http:// or https:// address; mend it'],
    ['{"updated": "2021-02-30"}', 'updated: must be YYYY-MM-DD or YYYY-MM-DDTHH:MM, and a real day; mend it'],
    ['{"title": "a\\nb"}', 'title: must be one line; mend it'],
  ])('the sidecar %s', async (json, message) => {
    await put('a.txt');
    await put('a.json', json);
    expect(await problems()).toEqual([`/seeds/a.json: ${message}`]);
  });

  it.each([
    ['{"title": 1}', /^\/seeds\/a\.json: title: .*expected string/],
    ['{"aliases": [["a", "b"], ["c"]]}', /^\/seeds\/a\.json: aliases\[1\]: /],
    ['{"aliases": [["a", ""]]}', /^\/seeds\/a\.json: aliases\[0\]\[1\]: /],
    ['[]', /^\/seeds\/a\.json: the whole file: /],
    ['{', /^\/seeds\/a\.json: not JSON; mend it \(/],
  ])('the sidecar %s, by the path of its key', async (json, message) => {
    await put('a.txt');
    await put('a.json', json);
    const lines = await problems();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(message);
  });

  it('all that is wrong in one error, with its causes', async () => {
    await put('a.txt', '');
    await put('a.json', '{');
    await put('b.json', '{}');
    await put('my notes.txt');
    await put('good.txt');
    expect((await problems()).map((line) => line.split(':')[0])).toEqual([
      '/seeds/my notes.txt',
      '/seeds/b.json',
      '/seeds/a.json',
      '/seeds/a.txt',
    ]);
    expect(await causeOf()).toBeInstanceOf(AggregateError);
  });
});

it('the seeds of this project load', async () => {
  const [seed] = await loadSeeds(new URL('../../seeds', import.meta.url).pathname);
  expect(seed).toMatchObject({
    id: 'inter-korean-liaison-office',
    publisher: 'CGTN',
    updated: '2018-09-17T12:09',
    path: 'seeds/inter-korean-liaison-office.txt',
  });
  expect(seed?.examples).toHaveLength(6);
});
