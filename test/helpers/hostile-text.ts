import fc from 'fast-check';

/** What names from the web are made of, and what file systems, terminals and parsers stumble over. */
const oddities = [
  ...[
    '',
    ' ',
    '  ',
    '.',
    '..',
    '-',
    '--',
    '_',
    '/',
    '\\',
    ':',
    '"',
    "'",
    ',',
    ';',
    '|',
    '<',
    '>',
    '?',
    '*',
    '%',
    '#',
  ],
  ...['\0', '\r', '\n', '\r\n', '\t', '\x1b', '\x1b[31m', '\x1b]0;x\x07', '\x9b2J', '\x7f', '\x85'],
  ...[
    '\u00ad',
    '\u061c',
    '\u200b',
    '\u200d',
    '\u200e',
    '\u202e',
    '\u2028',
    '\u2066',
    '\ufeff',
    '\ud800',
    '\udc00',
  ],
  ...['e\u0301', '\u00e9', 'ﬁ', 'Å', '椎名', 'שלום', '😀', '👩\u200d👩\u200d👧', 'ß', 'İ', '\u0344'],
  ...[
    'CON',
    'aux',
    'nul.txt',
    'COM1',
    'lpt¹',
    'feat.',
    ' (feat. X)',
    ' - Live',
    'Remastered 2011',
    '{artist}',
    '(2)',
  ],
];

/** Text as nobody wishes it, of any script. */
export const hostileText = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.oneof(fc.constantFrom(...oddities), fc.string({ unit: 'binary' }))).map(join),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 400 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii' }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...oddities), fc.nat(600)).map(([t, n]) => t.repeat(n)) },
);

function join(parts: readonly string[]): string {
  return parts.join('');
}

/** Controls, marks of writing direction, invisible fillers, line separators, halves of pairs. */
export const neverInAName =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
