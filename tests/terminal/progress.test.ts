import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/terminal/progress.ts';

/** A progress over a stream and a clock of our own. */
function scene(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 80,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  const clock = { now: 0 };
  const progress = createProgress(stream as unknown as NodeJS.WriteStream, () => clock.now);
  return { clock, progress, shown: () => String(stream.read() ?? '') };
}

describe('progress', () => {
  it('shows nothing for what takes less than a second', () => {
    const { clock, progress, shown } = scene(false);
    progress.report('embedded 1/2', 0.5);
    clock.now = 900;
    progress.report('embedded 2/2', 1);
    progress.stop();
    expect(shown()).toBe('');
  });

  it('shows plain lines without a terminal, not too many', () => {
    const { clock, progress, shown } = scene(false);
    for (let part = 0; part <= 10; part++) {
      clock.now = part * 500;
      progress.report(`embedded ${part}/10`, part / 10);
    }
    expect(shown().split('\n')).toEqual(['embedded 2/10', 'embedded 7/10', 'embedded 10/10', '']);
  });

  it('shows a bar on a terminal', () => {
    const { clock, progress, shown } = scene(true);
    progress.report('embedded 0/10', 0);
    clock.now = 2000;
    progress.report('embedded 5/10', 0.5);
    progress.stop();
    expect(shown()).toContain('50% embedded 5/10');
  });

  it('shows a line without a part at once, without what it could do to a terminal', () => {
    const { progress, shown } = scene(false);
    progress.report('index: there is none\u001b[2J yet');
    expect(shown()).toBe('index: there is none�[2J yet\n');
  });
});
