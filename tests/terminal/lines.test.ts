import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { MAX_LINE_UNITS, readLines } from '../../src/terminal/lines.ts';

async function linesOf(...chunks: (string | Buffer)[]): Promise<string[]> {
  const lines: string[] = [];
  const input = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  for await (const line of readLines(input)) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it('knows both line ends, a byte order mark, and a last line that does not end', async () => {
    expect(await linesOf('\ufeffone\r\ntwo\n\nfour')).toEqual(['one', 'two', '', 'four']);
    expect(await linesOf('one\n')).toEqual(['one']);
    expect(await linesOf()).toEqual([]);
  });

  it('joins what comes in pieces, within a character too', async () => {
    const bytes = Buffer.from('Kaesŏng\r\n');
    expect(await linesOf(bytes.subarray(0, 5), bytes.subarray(5, 9), bytes.subarray(9))).toEqual(['Kaesŏng']);
  });

  it('drops the end of an endless line and goes on with the next', async () => {
    const part = 'x'.repeat(50_000);
    const [long, next] = await linesOf(part, part, part, '\nnext');
    expect(long).toHaveLength(MAX_LINE_UNITS);
    expect(next).toBe('next');
  });

  it('reads no faster than lines are taken', async () => {
    let read = 0;
    const input = Readable.from(
      (function* () {
        for (;;) {
          read++;
          yield Buffer.from(`line ${read}\n`);
        }
      })(),
      { highWaterMark: 1 },
    );
    for await (const line of readLines(input)) if (line === 'line 3') break;
    expect(read).toBeLessThan(100);
  });
});
