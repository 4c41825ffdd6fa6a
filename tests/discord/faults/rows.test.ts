import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../bot-process.ts';
import { BY_DISCORD_JS, COMPENSATIONS } from './compensations.ts';

const ROWS = Array.from({ length: 26 }, (_, index) => index + 1);
const HERE = path.join(PROJECT, 'tests', 'discord', 'faults');

describe('the table of faults', () => {
  const tests = readdirSync(HERE).filter((file) => file.endsWith('.test.ts'));
  const named = tests.flatMap((file) =>
    [...readFileSync(path.join(HERE, file), 'utf8').matchAll(/'row (\d+): /g)].map(([, row]) => Number(row)),
  );

  it.each(ROWS)(
    'row %i has a test of that name, and something that it holds, or discord.js does it',
    (row) => {
      expect(named).toContain(row);
      expect(COMPENSATIONS.some((each) => each.row === row)).toBe(!(row in BY_DISCORD_JS));
    },
  );

  it.each(COMPENSATIONS)('row $row: "$what" stands where it can be taken out', ({ file, find }) => {
    expect(readFileSync(path.join(PROJECT, 'src', file), 'utf8').split(find)).toHaveLength(2);
  });
});
