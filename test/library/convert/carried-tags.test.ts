import { expect, test } from 'vitest';
import { carriedPictures, carriedProperties, lostTag } from '../../../src/library/convert/carried-tags.ts';

test.each([
  ['an unknown tag goes along', { MYTAG: ['a', 'b'] }, 'mp3', { MYTAG: ['a', 'b'] }],
  [
    'the old encoder does not',
    { TITLE: ['T'], ENCODER: ['Lavc'], 'COMMENT:ITUNSMPB': ['0'] },
    'mp3',
    { TITLE: ['T'] },
  ],
  ['totals go into one field', { TRACKNUMBER: ['3'], TRACKTOTAL: ['12'] }, 'mp3', { TRACKNUMBER: ['3/12'] }],
  [
    'also where there are two already',
    { DISCNUMBER: ['1/2'], DISCTOTAL: ['2'] },
    'flac',
    { DISCNUMBER: ['1/2'] },
  ],
  [
    "Opus' own loudness becomes the others'",
    { R128_TRACK_GAIN: ['-2867'] },
    'mp3',
    { REPLAYGAIN_TRACK_GAIN: ['-6.20 dB'] },
  ],
  [
    "the others' loudness becomes Opus' own",
    { REPLAYGAIN_TRACK_GAIN: ['-6.20 dB'] },
    'opus',
    { REPLAYGAIN_TRACK_GAIN: ['-6.20 dB'], R128_TRACK_GAIN: ['-2867'] },
  ],
])('%s', (_name, properties, extension, expected) => {
  expect(carriedProperties({ properties }, extension)).toEqual(expected);
});

test.each([
  ['nothing is lost', { TITLE: ['T'] }, { TITLE: ['T'], OTHER: ['x'] }, undefined],
  ['a tag that is missing', { TITLE: ['T'], MYTAG: ['a'] }, { TITLE: ['T'] }, 'MYTAG'],
  ['a second value that is missing', { GENRE: ['a', 'b'] }, { GENRE: ['a'] }, 'GENRE'],
  [
    'a total in a field of its own',
    { TRACKNUMBER: ['3/12'] },
    { TRACKNUMBER: ['3'], TRACKTOTAL: ['12'] },
    undefined,
  ],
  ['a total that is missing', { TRACKNUMBER: ['3/12'] }, { TRACKNUMBER: ['3'] }, 'TRACKNUMBER'],
  ['numbers are the same without their zeros', { TRACKNUMBER: ['03'] }, { TRACKNUMBER: ['3'] }, undefined],
  ['line ends are the same', { LYRICS: ['a\r\nb'] }, { LYRICS: ['a\nb'] }, undefined],
])('%s', (_name, wanted, found, expected) => {
  expect(lostTag(wanted, found)).toBe(expected);
});

test('a picture that not every format can hold goes along beside the cover', () => {
  const picture = (type: string, mimeType: string) => ({ type, mimeType, data: Buffer.from(type) });
  const [back, front, odd] = [
    picture('BackCover', 'image/png'),
    picture('FrontCover', 'image/jpg'),
    picture('FrontCover', 'image/webp'),
  ];
  expect(carriedPictures({ pictures: [back, front] })).toEqual({
    cover: { mimeType: 'image/jpeg', data: front.data },
    others: [back],
  });
  expect(carriedPictures({ pictures: [odd] })).toEqual({ cover: undefined, others: [odd] });
  expect(carriedPictures({ pictures: [] })).toEqual({ cover: undefined, others: [] });
});
