import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** The contract of `--json`: acceptance runs it. */
const answerShape = z.object({
  question: z.string(),
  outcome: z.enum(['answered', 'related', 'not-in-sources']),
  confidence: z.number().min(0).max(1),
  answer: z.string().nullable(),
  quotes: z
    .array(
      z.object({
        text: z.string(),
        seed: z.string(),
        path: z.string(),
        title: z.string(),
        publisher: z.string().nullable(),
        updated: z.string().nullable(),
        url: z.string().nullable(),
        kind: z.enum(['body', 'caption', 'headline', 'dateline', 'credit']),
        paragraph: z.number().int().positive(),
        start: z.number().int().nonnegative(),
        end: z.number().int().positive(),
        score: z.number().min(0).max(1),
      }),
    )
    .min(1)
    .max(3),
  timings: z.object({ embedMs: z.number(), searchMs: z.number(), totalMs: z.number() }),
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-terminal-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs an entry file as the package's scripts do. */
function run(
  entry: string,
  args: readonly string[],
  input = '',
): Promise<{ status: number; out: string; err: string }> {
  const environment = { ...process.env, INIT_CWD: folder, NO_COLOR: '1', DISCORD_TOKEN: '' };
  const child = spawn(process.execPath, ['--import', 'tsx', `src/${entry}`, ...args], {
    cwd: PROJECT,
    env: environment,
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (status) => resolve({ status: status ?? -1, out, err })));
}

const ask = (args: readonly string[], input = '') =>
  run('terminal/ask.ts', ['--index', 'index', ...args], input);

describe('the command line', () => {
  it('prints nothing but one JSON object a question with --json', async () => {
    const { status, out } = await ask(['--json', 'How often do the co-heads meet?']);
    expect(status).toBe(0);
    const answer = answerShape.parse(JSON.parse(out));
    expect(answer.quotes[0]?.text).toBe('The co-heads will meet every week.');
  });

  it('answers a batch in order, and says in its place why a line cannot be answered', async () => {
    const lines = [
      '\ufeffWho attended the opening ceremony?',
      '{"question": "Where is it?", "seed": "nowhere"}',
      '{"question": ',
      'x'.repeat(10_000),
      '🤝',
    ];
    const { status, out } = await ask(['--batch', '--json'], lines.join('\r\n'));
    expect(status).toBe(0);
    const [attended, nowhere, broken, long, emoji, ...more] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(more).toEqual([]);
    answerShape.parse(attended);
    expect(nowhere).toEqual({ question: 'Where is it?', error: expect.stringContaining('does not exist') });
    expect(broken.error).toMatch(/JSON/);
    expect(long.error).toMatch(/longer than 2000/);
    expect(answerShape.parse(emoji).outcome).not.toBe('answered');
  });

  it('tells wrong usage, exit status 2', async () => {
    const { status, err } = await ask([]);
    expect(status).toBe(2);
    expect(err).toMatch(/^the question is missing\nusage: npm run ask/);
    expect((await ask(['--wat', 'a'])).status).toBe(2);
  });

  it.each([
    ['a folder that is not there', 'nothing-here', {}],
    ['a binary seed', 'binary', { 'a.txt': 'a\0b' }],
    ['an empty seed', 'empty', { 'a.txt': ' \n' }],
    ['two seeds with one id', 'twins', { 'a.txt': 'One.', 'a.md': 'Two.' }],
    ['a broken sidecar', 'sidecar', { 'a.txt': 'One.', 'a.json': '{' }],
  ])('tells in one line what is wrong with %s, exit status 1', async (_, name, files) => {
    for (const [file, text] of Object.entries(files)) {
      await import('node:fs/promises').then((fs) => fs.mkdir(path.join(folder, name), { recursive: true }));
      await writeFile(path.join(folder, name, file), text);
    }
    const { status, out, err } = await ask(['--seeds', name, 'What?']);
    expect(status, err).toBe(1);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('finds, verifies, embeds and examines', async () => {
    const found = await run('terminal/find.ts', ['--index', 'index', 'joint conference room']);
    expect(found.out).toMatch(/^Found word for word once:/);
    const verified = await run('terminal/verify.ts', ['The co-heads will meet every day.']);
    expect(verified.out).toMatch(/^Altered/);
    const embedded = await run('terminal/embed.ts', ['--index', 'index', '--json']);
    expect(JSON.parse(embedded.out)).toMatchObject({
      added: 0,
      updated: 0,
      removed: 0,
      unchanged: 1,
      embedded: 0,
    });
    const examined = await run('terminal/doctor.ts', ['--index', 'index']);
    expect(
      examined.out
        .trim()
        .split('\n')
        .every((line) => line.startsWith('ok ')),
    ).toBe(true);
    expect(examined.status).toBe(0);
  });

  it('answers questions from standard input, and the examples when there are none', async () => {
    const asked = await run(
      'main.ts',
      ['--index', 'index'],
      'How often do the co-heads meet?\n/read 15\n/quit\n',
    );
    expect(asked.out).toContain('The co-heads will meet every week.');
    expect(asked.out).toContain('¶14');
    expect(asked.out).not.toContain('\u001b[');
    const silent = await run('main.ts', ['--index', 'index']);
    expect(silent.status).toBe(0);
    expect(silent.out.match(/^> /gm)?.length).toBeGreaterThanOrEqual(5);
  });
});
