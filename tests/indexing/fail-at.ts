import type { FileHandle } from 'node:fs/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';

/**
 * Imported before a script: lets the process fail at one of its writing calls to the file system. `FAIL_AT`: which one,
 * from 1, of those in the folder that is the script's second argument; `FAIL_WITH`: `kill` for `kill -9`, with half of
 * what was to be written on the disk, or an error's code.
 */
const fs = createRequire(import.meta.url)('node:fs');
const { FAIL_AT, FAIL_WITH } = process.env;
const [, , , folder = ''] = process.argv;
let calls = 0;

/** Counts a call; does not return when it is the one and the process is to be killed. `half` does half of it before. */
function failHere(name: string, half: () => void = () => undefined): void {
  calls++;
  if (calls !== Number(FAIL_AT)) return;
  if (FAIL_WITH !== 'kill') throw Object.assign(new Error(`${FAIL_WITH}: ${name}`), { code: FAIL_WITH });
  half();
  process.kill(process.pid, 'SIGKILL');
}

function halfOf(content: unknown): Buffer {
  const bytes = Buffer.from(content as string | Uint8Array);
  return bytes.subarray(0, bytes.length >> 1);
}

/** What a call has done by half when the process is killed in it. */
const HALVES: Readonly<Record<string, (...args: unknown[]) => void>> = {
  writeFile: (target, content) => typeof target === 'string' && fs.writeFileSync(target, halfOf(content)),
  copyFile: (source, target) => fs.writeFileSync(target, halfOf(fs.readFileSync(source))),
};

for (const name of ['mkdir', 'open', 'rename', 'rm', 'writeFile', 'copyFile']) {
  const real = fs.promises[name];
  fs.promises[name] = async (...args: unknown[]) => {
    if (!args.slice(0, 2).some((arg) => String(arg).startsWith(folder))) return real(...args);
    // What is opened for reading may still be flushed.
    if (name !== 'open' || args[1] !== 'r') failHere(name, () => HALVES[name]?.(...args));
    const result = await real(...args);
    return name === 'open' ? watched(result) : result;
  };
}
syncBuiltinESMExports();
process.on('exit', () => process.stdout.write(`${calls} calls\n`));

/** An open file, each of whose writing calls counts too. */
function watched(file: FileHandle): FileHandle {
  const { fd } = file;
  const writev = file.writev.bind(file);
  const truncate = file.truncate.bind(file);
  const sync = file.sync.bind(file);
  return Object.assign(file, {
    writev: async (pieces: NodeJS.ArrayBufferView[]) => {
      const bytes = pieces.map(({ buffer, byteOffset, byteLength }) =>
        Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength),
      );
      failHere('writev', () => fs.writeSync(fd, halfOf(Buffer.concat(bytes))));
      return writev(pieces);
    },
    truncate: async (length: number) => {
      failHere('truncate');
      return truncate(length);
    },
    sync: async () => {
      failHere('sync');
      return sync();
    },
  });
}
