import fc from 'fast-check';

/** What means something to Discord, to Markdown, to a screen or to a cutter of texts. */
export const HOSTILE = [
  ...[
    '@everyone',
    '@here',
    '<@123>',
    '<@&1>',
    '<#2>',
    '</ask:3>',
    '<t:1:R>',
    '<:a:4>',
    ':smile:',
    '<id:guide>',
  ],
  ...['**', '*', '__', '_', '~~', '||', '`', '```', '\\', '\\\\', '[a](http://b.c)', '](', ')', '<', '>'],
  ...['https://a.b/c_d', 'HTTPS://X', 'mailto:a@b.c', '<a@b.c>', '<https://a.b>', '12:09', ': ', 'a:b'],
  ...['\n# ', '\n## ', '\n-# ', '\n- ', '\n* ', '\n+ ', '\n1. ', '\n > ', '\n>>> ', '\n\n', '\r\n', '\u2028'],
  ...[
    '\u202e',
    '\u200b',
    '\u2066',
    '\ufeff',
    'é',
    '한국',
    '😀',
    '👨‍👩‍👧',
    'word',
    ' ',
    '  ',
    '¯\\_(ツ)_/¯',
    '1.',
    '-',
    '#',
  ],
];
/** Texts made of that, and of anything. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', maxLength: 5 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((parts) => parts.join(''));
