import type { LibrarySong } from './songs.ts';

type Song = Pick<LibrarySong, 'file' | 'facts'> & {
  /** Somebody listened to all of it: `library scan --deep`. */
  readonly isHeard?: boolean;
};

/** What good tags have, and how it's told. A line is all that another one takes. */
export const shareFields: readonly (readonly [name: string, has: (song: Song) => boolean])[] = [
  ['Cover', ({ facts }) => facts.hasCover],
  ['Album', ({ facts }) => facts.album !== undefined],
  ['Year', ({ facts }) => facts.date !== undefined || facts.originalDate !== undefined],
  ['Genre', ({ facts }) => facts.genres.length > 0],
  ['ISRC', ({ facts }) => facts.isrcs.length > 0],
  ['MusicBrainz ID', ({ facts }) => facts.recordingId !== undefined],
  ['ReplayGain', ({ facts }) => facts.trackGainDb !== undefined],
  ['Lyrics', ({ facts }) => facts.lyrics !== undefined],
  ['Synced lyrics', ({ facts }) => facts.lyrics === 'synced'],
  ['Sound checked', ({ isHeard }) => isHeard === true],
];

const codecs: readonly (readonly [RegExp, string])[] = [
  [/^MPEG 1 Layer 3|MP3|Layer 3/i, 'MP3'],
  [/AAC/i, 'AAC'],
  [/ALAC/i, 'ALAC'],
  [/^Vorbis/i, 'Vorbis'],
];

/** "MP3" for "MPEG 1 Layer 3". Pure. */
export function codecName(codec = 'unknown'): string {
  return codecs.find(([pattern]) => pattern.test(codec))?.[1] ?? codec;
}

const ranges: readonly (readonly [least: number, name: string])[] = [
  [256, '256 kbit/s and more'],
  [192, '192 to 255 kbit/s'],
  [128, '128 to 191 kbit/s'],
  [96, '96 to 127 kbit/s'],
  [0, 'under 96 kbit/s'],
];

/** How good a song's sound can be at best. Pure. */
export function bitrateRange({ file: { bitrateKbps }, facts }: Song): string {
  if (facts.isLossless === true) return 'lossless';
  if (bitrateKbps === undefined) return 'unknown';
  return ranges.find(([least]) => bitrateKbps >= least)?.[1] ?? 'unknown';
}
