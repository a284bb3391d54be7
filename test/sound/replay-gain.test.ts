import { describe, expect, test } from 'vitest';
import { albumGainTags, albumLoudness, replayGainTags } from '../../src/sound/replay-gain.ts';

const song = (integratedLufs: number, peakDbfs: number) => ({
  loudness: { integratedLufs, peakDbfs, rangeLu: 5 },
  fault: undefined,
});

test('a loud song is made quieter, with the peak as a factor', () => {
  expect(replayGainTags(song(-11.8, -0.1), 'mp3')).toEqual({
    REPLAYGAIN_TRACK_GAIN: ['-6.20 dB'],
    REPLAYGAIN_TRACK_PEAK: ['0.988553'],
  });
});

test('Opus has its own tag, too: to -23 LUFS, in steps of 1/256 dB', () => {
  expect(replayGainTags(song(-11.8, -0.1), 'opus')).toMatchObject({
    REPLAYGAIN_TRACK_GAIN: ['-6.20 dB'],
    R128_TRACK_GAIN: ['-2867'],
  });
});

describe('a quiet song', () => {
  test.each([
    [-24, -12, '6.00 dB', 'as much as it needs'],
    [-24, -2, '2.00 dB', 'as far as its peak allows'],
    [-24, 0.4, '0.00 dB', 'not at all where it clips already'],
  ])('of %d LUFS and %d dBFS gets %s: %s', (lufs, peak, gain) => {
    expect(replayGainTags(song(lufs, peak), 'flac')['REPLAYGAIN_TRACK_GAIN']).toEqual([gain]);
  });
});

test('silence and what is broken have no tags', () => {
  expect(replayGainTags({ loudness: undefined, fault: undefined }, 'opus')).toEqual({});
  expect(replayGainTags({ ...song(-10, -1), fault: 'it ends after 0:10 of 3:00' }, 'opus')).toEqual({});
});

test('an album is as loud as the mean energy of its songs, by their length', () => {
  const { loudness: loud } = song(-8, -0.5);
  const { loudness: quiet } = song(-20, -6);
  const equal = albumLoudness([
    { loudness: loud, lengthMs: 1000 },
    { loudness: loud, lengthMs: 3000 },
  ]);
  expect(equal.integratedLufs).toBeCloseTo(-8, 6);
  const mixed = albumLoudness([
    { loudness: loud, lengthMs: 1000 },
    { loudness: quiet, lengthMs: 3000 },
  ]);
  // 10 * log10((10^-0.8 + 3 * 10^-2) / 4)
  expect(mixed.integratedLufs).toBeCloseTo(-13.27, 2);
  expect(mixed.peakDbfs).toBe(-0.5);
  expect(albumGainTags(mixed, 'opus')).toEqual({
    REPLAYGAIN_ALBUM_GAIN: ['-4.73 dB'],
    REPLAYGAIN_ALBUM_PEAK: ['0.944061'],
    R128_ALBUM_GAIN: ['-2491'],
  });
});
