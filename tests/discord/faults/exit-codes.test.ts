import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { PROJECT } from '../bot-process.ts';
import { builtIndex } from '../built-index.ts';

/** A port that nobody listens on. */
const NOWHERE = 'http://127.0.0.1:9/api';

it.each([
  ['session', 75, 'no session with Discord; the bot ends'],
  ['bug', 70, 'a bug; the bot ends'],
])('the end of a %s is exit code %i, and the log says why', async (way, code, words) => {
  const args = ['--import', 'tsx', 'tests/discord/faults/end-as.ts', way, await builtIndex()];
  const env = { ...process.env, DISCORD_TOKEN: 'a-token', DISCORD_API_URL: NOWHERE };
  const ended = await new Promise<{ code: unknown; stdout: string }>((resolve) => {
    const child = execFile(process.execPath, args, { cwd: PROJECT, env }, (_, stdout) => {
      resolve({ code: child.exitCode, stdout });
    });
  });
  expect(ended.code, ended.stdout).toBe(code);
  expect(JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ level: 60, msg: words });
});
