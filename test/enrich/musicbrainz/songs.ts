import type { SongWithTags } from '../../../src/enrich/musicbrainz/song.ts';
import {
  uuid,
  type MbArtist,
  type MbRecording,
  type MbRelease,
} from '../../stand-ins/musicbrainz-catalogue.ts';

export const artist = (number: number, name: string, more: Partial<MbArtist> = {}): MbArtist => ({
  id: uuid(number),
  name,
  ...more,
});

export const alice = artist(1, 'Alice Example');

/** Recording 100 + n: "Song n" by Alice, 200 s and n ms long, with the ISRC ZZTST00000nn. */
export const recording = (number: number, more: Partial<MbRecording> = {}): MbRecording => ({
  id: uuid(100 + number),
  title: `Song ${number}`,
  artists: [alice],
  length: 200_000 + number,
  isrcs: [isrc(number)],
  ...more,
});

export const isrc = (number: number): string => `ZZTST${String(number).padStart(7, '0')}`;

/** Release 1000 + n with these recordings. */
export const release = (
  number: number,
  tracks: readonly number[],
  more: Partial<MbRelease> = {},
): MbRelease => ({
  id: uuid(1_000 + number),
  title: 'First Album',
  artists: [alice],
  date: '2019-05-31',
  country: 'XW',
  status: 'Official',
  group: { id: uuid(2_000 + number), first: '2018-03-02' },
  media: [{ format: 'Digital Media', tracks: tracks.map((track) => uuid(100 + track)) }],
  ...more,
});

/** "Song n" as a source of HARMONI's would have tagged it. */
export const song = (number: number, more: Record<string, readonly string[]> = {}): SongWithTags => ({
  key: `song ${number}`,
  durationMs: 200_400,
  properties: {
    TITLE: [`Song ${number}`],
    ARTIST: ['Alice Example'],
    ALBUM: ['First Album'],
    ALBUMARTIST: ['Alice Example'],
    DATE: ['2019-05-31'],
    TRACKNUMBER: [`${number}`],
    ISRC: [isrc(number)],
    ...more,
  },
});
