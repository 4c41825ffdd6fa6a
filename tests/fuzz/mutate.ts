import type { Random } from './random.ts';

/** Bytes that often break readers: ends, signs, halves of UTF-8, quotes and brackets. */
const BYTES = [
  0, 1, 9, 10, 13, 32, 34, 39, 42, 60, 62, 91, 92, 93, 95, 96, 123, 125, 127, 128, 192, 237, 239, 255,
];
/** Words that mean something to somebody who reads the input. */
const TOKENS = [
  ...[
    '../',
    '..\\',
    '/etc/passwd',
    'file:///',
    '\0',
    '\r\n',
    '\n\n',
    '\u2028',
    '\u202e',
    '\u200b',
    '\ufeff',
    '💥',
    '한국',
  ],
  ...[
    '@everyone',
    '<@1>',
    '<@&1>',
    '```',
    '**',
    '||',
    '](',
    '<!--',
    '-->',
    '---\n',
    '# ',
    '> ',
    '- ',
    '|',
    '[[',
    '[1]',
  ],
  ...[
    '{"',
    '"}',
    '":',
    '[]',
    'null',
    '1e999',
    '-0',
    '__proto__',
    'constructor',
    'toString',
    '\\u0000',
    '\\ud800',
  ],
  ...[
    '<script>',
    '<div>',
    '</p>',
    '<a href="',
    '&#x0;',
    'Updated 12:09, 17-Sep-2018',
    '/VCG Photo',
    '...',
    '[...]',
    '“',
    '”',
  ],
].map((token) => Buffer.from(token));
const MAX_STEPS = 8;
const MAX_REPEATS = 200;

/** Changes bytes here and there, as a broken disk, a careless editor or an attacker would. */
export function mutated(
  original: Buffer,
  others: readonly Buffer[],
  random: Random,
  mostBytes: number,
): Buffer {
  let bytes = original;
  for (let steps = 1 + random.below(MAX_STEPS); steps > 0; steps--) bytes = step(bytes, others, random);
  return bytes.subarray(0, mostBytes);
}

function step(bytes: Buffer, others: readonly Buffer[], random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  const end = at + random.below(Math.min(64, bytes.length - at) + 1);
  const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
  switch (random.below(8)) {
    case 0:
      return Buffer.concat([before, after]);
    case 1:
      return Buffer.concat([before, part, part, after]);
    case 2:
      return Buffer.concat([before, random.of(TOKENS), after]);
    case 3:
      return Buffer.concat([before, random.of(TOKENS), part, after]);
    case 4:
      return Buffer.concat([before, Buffer.from([random.of(BYTES)]), after]);
    case 5:
      return Buffer.concat([before, flipped(part, random), after]);
    case 6: {
      const other = others.length === 0 ? bytes : random.of(others);
      return Buffer.concat([before, other.subarray(random.below(other.length + 1))]);
    }
    default: {
      const unit = random.below(2) === 0 || part.length === 0 ? random.of(TOKENS) : part.subarray(0, 8);
      return Buffer.concat([before, ...Array<Buffer>(random.below(MAX_REPEATS)).fill(unit), after]);
    }
  }
}

function flipped(part: Buffer, random: Random): Buffer {
  const copy = Buffer.from(part);
  const at = random.below(copy.length);
  if (copy.length > 0) copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  return copy;
}
