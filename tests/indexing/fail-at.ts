import { createRequire, syncBuiltinESMExports } from 'node:module';

/**
 * Imported before a script: lets the process fail at one of its writing calls to the file system. `FAIL_AT`: which one,
 * from 1, of those in the folder that is the script's second argument; `FAIL_WITH`: `kill` for `kill -9`, with half of what was to be written on the disk, or an error's code.
 */
const fs = createRequire(import.meta.url)('node:fs');
const { FAIL_AT, FAIL_WITH } = process.env;
const [, , , folder = ''] = process.argv;
let calls = 0;

/** Whether this call is the one; does not return when it is and the process is to be killed. */
function fails(name: string, args: unknown[]): boolean {
  if (!String(args[0]).startsWith(folder)) return false;
  calls++;
  if (calls !== Number(FAIL_AT)) return false;
  if (FAIL_WITH !== 'kill') return true;
  const [target, content] = args;
  if (name === 'writeFile' && typeof target === 'string') {
    const bytes = Buffer.from(content as string | Uint8Array);
    fs.writeFileSync(target, bytes.subarray(0, bytes.length >> 1));
  }
  process.kill(process.pid, 'SIGKILL');
  return true;
}

for (const name of ['mkdir', 'open', 'rename', 'rm', 'truncate', 'writeFile']) {
  const real = fs.promises[name];
  fs.promises[name] = async (...args: unknown[]) => {
    if (fails(name, args)) throw Object.assign(new Error(`${FAIL_WITH}: ${name}`), { code: FAIL_WITH });
    return real(...args);
  };
}
syncBuiltinESMExports();
process.on('exit', () => process.stdout.write(`${calls} calls\n`));
