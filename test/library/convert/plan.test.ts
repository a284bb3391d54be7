import { expect, test } from 'vitest';
import type { IndexedFile } from '../../../src/history/indexed-file.ts';
import { planConversions, type ConvertWish } from '../../../src/library/convert/plan.ts';
import type { LibrarySong } from '../../../src/library/songs.ts';
import type { SongFacts } from '../../../src/tracks/song-facts.ts';

const codecs: Readonly<Record<string, string>> = {
  mp3: 'MPEG 1 Layer 3',
  opus: 'Opus',
  m4a: 'MPEG-4/AAC',
  ogg: 'Vorbis I',
  flac: 'FLAC',
  wav: 'PCM',
};

function song(
  format: string,
  bitrateKbps: number,
  more: Partial<IndexedFile> = {},
  facts: Partial<SongFacts> = {},
) {
  const isLossless = format === 'flac' || format === 'wav';
  const known = {
    artists: [],
    genres: [],
    isrcs: [],
    hasCover: false,
    codec: codecs[format] ?? '',
    isLossless,
  };
  const file = {
    path: `/m/a.${format}`,
    sizeBytes: 1_000,
    modifiedMs: 0,
    format,
    bitrateKbps,
    durationMs: 1_000,
    downloaded: true,
  };
  return { file: { ...file, ...more }, facts: { ...known, ...facts }, lists: [] } satisfies LibrarySong;
}

const wish = (format: ConvertWish['format'], more: Partial<ConvertWish> = {}): ConvertWish => ({
  format,
  quality: 'high',
  isSmaller: false,
  isOwnToo: false,
  ...more,
});

/** The reason why a song stays, or ffmpeg's codec and what has to be warned of. */
function decide(one: LibrarySong, wanted: ConvertWish): unknown {
  const { conversions, staying } = planConversions([one], wanted);
  const [first] = conversions;
  if (first === undefined) return staying[0]?.reason;
  return [first.plan.codec, ...(first.isUp ? ['up'] : []), ...(first.isLossyToLossless ? ['lossy'] : [])];
}

test.each([
  ['another format is encoded', song('flac', 900), wish('mp3'), ['libmp3lame']],
  [
    'a lossy song gets a higher bitrate only with a word',
    song('opus', 130),
    wish('mp3'),
    ['libmp3lame', 'up'],
  ],
  ['one of a high bitrate needs no word', song('opus', 256), wish('mp3'), ['libmp3lame']],
  ['it is in the format at that quality', song('mp3', 190), wish('mp3'), 'already'],
  ['a song of its own bitrate is about as good', song('mp3', 160), wish('mp3'), 'already'],
  ['better than wanted', song('mp3', 320), wish('mp3'), 'already'],
  ['worse than wanted stays worse', song('mp3', 96), wish('mp3'), 'lower'],
  ['smaller was asked for', song('mp3', 320), wish('mp3', { quality: 128, isSmaller: true }), ['libmp3lame']],
  ['it is small already', song('mp3', 140), wish('mp3', { quality: 128, isSmaller: true }), 'already'],
  [
    'small already, in another format',
    song('opus', 64),
    wish('mp3', { quality: 128, isSmaller: true }),
    ['libmp3lame', 'up'],
  ],
  ['lossless formats lose nothing of each other', song('wav', 1411), wish('flac'), ['flac']],
  ['flac stays flac', song('flac', 900), wish('flac'), 'already'],
  ['lossy to lossless', song('mp3', 320), wish('flac'), ['flac', 'lossy']],
  ['Opus in another container is copied', song('webm', 130, {}, { codec: 'Opus' }), wish('opus'), ['copy']],
  [
    'Apple Lossless is no AAC',
    song('m4a', 800, {}, { codec: 'ALAC', isLossless: true }),
    wish('m4a'),
    ['aac'],
  ],
  [
    'Opus in a file that is called .ogg',
    song('ogg', 130, {}, { codec: 'Opus' }),
    wish('ogg'),
    ['libvorbis', 'up'],
  ],
  ["the user's own stays", song('flac', 900, { downloaded: false }), wish('mp3'), 'own'],
  [
    "the user's own, asked for",
    song('flac', 900, { downloaded: false }),
    wish('mp3', { isOwnToo: true }),
    ['libmp3lame'],
  ],
  [
    'a broken file is not made to look whole',
    song('flac', 900, { fault: 'it ends early' }),
    wish('mp3'),
    'broken',
  ],
] as const)('%s', (_name, one, wanted, expected) => {
  expect(decide(one, wanted)).toEqual(expected);
});

test('a lossless song keeps all its bits as flac, and a lossy one has only 16', () => {
  const optionsOf = (one: LibrarySong): unknown =>
    planConversions([one], wish('flac')).conversions[0]?.plan.options;
  expect(optionsOf(song('wav', 2304))).toEqual([]);
  expect(optionsOf(song('mp3', 320))).toEqual(['-sample_fmt', 's16']);
});

test('the size is told where it is known', () => {
  const bytes = (one: LibrarySong, wanted: ConvertWish): unknown =>
    planConversions([one], wanted).conversions[0]?.bytes;
  expect(bytes(song('flac', 900, { durationMs: 10_000 }), wish('mp3', { quality: 128 }))).toBe(160_000);
  expect(bytes(song('wav', 1411), wish('flac'))).toBeUndefined();
});
