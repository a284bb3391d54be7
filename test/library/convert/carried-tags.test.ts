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
  ['a side of vinyl is no number', { TRACKNUMBER: ['A1'] }, 'mp3', { TRACKNUMBER_TEXT: ['A1'] }],
  ['nor needs to be one', { TRACKNUMBER: ['A1'] }, 'flac', { TRACKNUMBER: ['A1'] }],
  ['nor is any text a date', { DATE: ['03/2001'] }, 'mp3', { DATE_TEXT: ['03/2001'] }],
  ['beats are whole', { BPM: ['128.50'] }, 'm4a', { BPM: ['129'], BPM_TEXT: ['128.50'] }],
  ['a yes is a number', { COMPILATION: ['true'] }, 'm4a', { COMPILATION: ['1'] }],
  ['names are spelled as they can be', { 'COMMENT:ITUNNORM': ['x'] }, 'm4a', { COMMENT_ITUNNORM: ['x'] }],
  ['and are never marks alone', { 日本: ['x'] }, 'm4a', { TAG__: ['x'] }],
  ['in each format', { 'A=Ö~': ['x'] }, 'opus', { A___: ['x'] }],
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
  ['times are the same', { DATE: ['2001-05-06T10:11'] }, { DATE: ['2001-05-06 10:11'] }, undefined],
  ['genres have numbers', { GENRE: ['(17)Rock'] }, { GENRE: ['Rock'] }, undefined],
  ['a yes without a text', { PODCAST: ['1'] }, { PODCAST: [] }, undefined],
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
