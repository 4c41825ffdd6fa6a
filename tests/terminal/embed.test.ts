import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const PIER = 'Pier opens\nThe pier at Orrin cost nine million pounds.';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-embed-'));
  await mkdir(path.join(folder, 'seeds'));
  await put('pier.txt', PIER);
  await put('pier.json', JSON.stringify({ examples: ['What did the pier at Orrin cost?'] }));
});
afterAll(() => rm(folder, { recursive: true }));

const put = (name: string, text: string) => writeFile(path.join(folder, 'seeds', name), text);

/** `npm run embed -- …`, over the articles in the folder. */
function embed(...options: string[]): Promise<{ status: number; out: string; err: string }> {
  const places = ['--seeds', 'seeds', '--index', 'index'];
  const args = ['src/launch.js', 'src/terminal/embed.ts', ...places, ...options];
  const env = { ...process.env, INIT_CWD: folder, NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: PROJECT, env }, (error, out, err) => {
      resolve({ status: Number(error?.code ?? 0), out, err });
    });
  });
}

describe('npm run embed', () => {
  it('tells what it did, and how the golden questions went', async () => {
    const { status, out } = await embed();
    expect(status).toBe(0);
    expect(out).toMatch(
      /^seeds: {2}1 added, 0 updated, 0 removed, 0 unchanged\nchunks: 2 sentences in 2 passages; 2 texts embedded in [\d.]+ s\ngolden: 1 questions asked, none answered worse than before\n$/,
    );
    expect((await embed()).out).toContain('golden: not asked, for nothing changed\n');
  });

  it('does not publish what answers them worse: both answers, a line that says what to do, exit status 1', async () => {
    await put('pier.txt', 'Weather\nIt rained in the valley, and the wind blew from the west.');
    const { status, out, err } = await embed();
    expect(status).toBe(1);
    expect(out).toContain('golden: 1 questions asked, 1 answered worse than before\n');
    expect(err).toMatch(
      /^"What did the pier at Orrin cost\?" · before: answered \(\d+ %\), "The pier at Orrin .*" · now: .*\nindex: not published, .*npm run embed -- --publish-anyway\n$/,
    );
  });

  it('publishes what it held back when it is told to', async () => {
    const { status, out } = await embed('--publish-anyway', '--json');
    expect([status, JSON.parse(out)]).toEqual([
      0,
      { outcome: 'published', generation: '000002', builtAt: expect.any(String) },
    ]);
    // Nothing is held back any more, and nothing has changed.
    expect(JSON.parse((await embed('--publish-anyway', '--json')).out)).toMatchObject({
      outcome: 'unchanged',
    });
  });

  it('embeds one article anew', async () => {
    await put('bridge.txt', 'Bridge opens\nThe bridge cost forty million pounds.');
    await embed();
    const { out } = await embed('--full', '--article', 'bridge', '--json');
    expect(JSON.parse(out)).toMatchObject({ outcome: 'published', unchanged: 2, embedded: 2 });
    const unknown = await embed('--full', '--article', 'nothing');
    expect([unknown.status, unknown.err]).toEqual([1, 'seed nothing does not exist; nothing was built\n']);
  });

  it.each([
    ['--rollback', '--full'],
    ['--article', 'pier'],
    ['--rollback', '--publish-anyway'],
  ])('refuses %s %s', async (...options) => {
    expect((await embed(...options)).status).toBe(2);
  });
});
