import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
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

/** Starts an entry file as the package's scripts do, called from the temporary folder. */
function start(entry: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return spawn(process.execPath, ['src/launch.js', `src/${entry}`, ...args], {
    cwd: PROJECT,
    env: { ...process.env, INIT_CWD: folder, NO_COLOR: '1', DISCORD_TOKEN: '', ...environment },
  });
}

/** Runs one until it ends. */
async function run(
  entry: string,
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
): Promise<{ status: number; out: string; err: string }> {
  const child = start(entry, args, environment);
  const ended = once(child, 'close');
  const [out, err] = [text(child.stdout), text(child.stderr)];
  child.stdin.end(input);
  const [status] = await ended;
  return { status, out: await out, err: await err };
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
      await mkdir(path.join(folder, name), { recursive: true });
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

  it('explains itself, and says what is wrong with the settings before anything else', async () => {
    const help = await ask(['--help']);
    expect(help.status).toBe(0);
    expect(help.out).toMatch(/^usage: npm run ask/);
    for (const option of ['--seed ID', '--batch', '--seeds DIR']) expect(help.out).toContain(option);
    const wrong = await run('terminal/find.ts', ['quay'], '', { LOG_LEVEL: 'loud', DISCORD_TOKEN: 'a b' });
    expect(wrong.status).toBe(1);
    expect(wrong.err).toMatch(/^settings: DISCORD_TOKEN .*LOG_LEVEL .*\n$/);
  });

  it('tells what is wrong with what it stands on, exit status 1, and builds nothing', async () => {
    const { status, out } = await run('terminal/doctor.ts', [
      '--seeds',
      'nothing-here',
      '--index',
      'unbuilt',
    ]);
    expect(status).toBe(1);
    expect(out).toMatch(/^problem {2}seeds: .*nothing-here: no such folder/m);
    expect(out).toMatch(/^not yet {2}index: /m);
    expect(await readdir(folder)).not.toContain('unbuilt');
  });

  it('ends quietly when nobody reads on', async () => {
    const child = start('terminal/ask.ts', ['--index', 'index', '--batch', '--json']);
    const ended = once(child, 'close');
    const err = text(child.stderr);
    child.stdin.on('error', () => undefined);
    child.stdin.end('How often do the co-heads meet?\n'.repeat(500));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect((await ended)[0]).toBe(0);
    expect(await err).not.toMatch(/EPIPE|\n\s+at /);
  });

  it('publishes nothing of a build that was interrupted, and says so in one line', async () => {
    await mkdir(path.join(folder, 'long'));
    const sentences = Array.from(
      { length: 400 },
      (_, i) => `Ship number ${i} left the old harbour at ${i % 24} o'clock.`,
    );
    await writeFile(path.join(folder, 'long', 'a.txt'), sentences.join('\n\n'));
    const child = start('terminal/embed.ts', ['--seeds', 'long', '--index', 'interrupted']);
    const ended = once(child, 'close');
    const generations = path.join(folder, 'interrupted', 'generations');
    const locked = () =>
      readdir(path.dirname(generations)).then(
        (names) => names.includes('generations.lock'),
        () => false,
      );
    while (!(await locked())) await new Promise(setImmediate);
    child.kill('SIGINT');
    const err = await text(child.stderr);
    expect((await ended)[0]).toBe(130);
    expect(err).toMatch(/stopped; the index is as it was\n$/);
    // What was embedded by then, if anything, is kept for the next build.
    expect((await readdir(generations)).filter((name) => name !== '.interrupted')).toEqual([]);
  });
});
