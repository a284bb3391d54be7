import { describe, expect, test } from 'vitest';
import { songInJson, renderSongsCsv, type AboutFile, type SongRow } from '../../src/sources/write-songs.ts';
import { cleanText } from '../../src/sources/clean-text.ts';
import type { Track, TrackList } from '../../src/tracks/track.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';
import { testSeed } from '../helpers/random.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFile } from '../../src/sources/list-file.ts';

const { signal } = new AbortController();

async function readBack(text: string, name: string): Promise<readonly TrackList[]> {
  const path = join(tempFolder(), name);
  writeFileSync(path, text);
  return listFile.read(path, { signal });
}

const full: Track = {
  artists: ['Tyler, The Creator', 'Playboi Carti'],
  artist: 'Tyler, The Creator, Playboi Carti',
  track: '=EARFQUAKE, "live"',
  album: '-IGOR-',
  albumArtists: ['Tyler, The Creator'],
  releaseDate: '2019-05-17',
  durationMs: 190_000,
  trackNumber: 2,
  trackTotal: 12,
  discNumber: 1,
  discTotal: 2,
  isrc: 'USQX91901108',
  explicit: true,
  genres: ['hip hop', 'neo soul'],
  label: '+Columbia',
  spotifyUri: 'spotify:track:5hVghJ4KaYES3BFUATCYn0',
  media: { provider: 'soundcloud', id: 'tyler/earfquake' },
  addedAt: '2020-01-02T03:04:05Z',
};
const small: Track = { artists: ["'68"], artist: "'68", track: '@Home' };
const video: Track = {
  ...{ artists: ['Crosby,Stills'], artist: 'Crosby,Stills', track: 'Ohio' },
  media: { provider: 'youtube', id: 'dQw4w9WgXcQ' },
};
const tracks = [full, small, video];
const about: AboutFile = {
  ...{ file: 'A/=b.mp3', format: 'mp3', bitrateKbps: 128, sizeBytes: 9, playlists: ['Evening'] },
  heard: { verdict: 'proven', by: 'deezer', bitError: 0.041 },
};

test('the songs of a CSV are those that were written', async () => {
  const text = renderSongsCsv(tracks.map((track) => ({ track, about })));
  const [list, ...more] = await readBack(text, 'Mine.csv');
  expect(more).toEqual([]);
  expect(list).toMatchObject({ name: 'Mine', skipped: [] });
  expect(list?.tracks).toEqual(tracks);
  expect(text).toContain('proven by deezer at 0.041');
});

test('so are those of a JSON file', async () => {
  const more = { ...full, coverUrl: 'https://i.scdn.co/image/1', extra: { DANCEABILITY: '0.5' } };
  const text = JSON.stringify({ tracks: [...tracks, more].map((track) => songInJson({ track, about })) });
  const [list] = await readBack(text, 'Mine.json');
  expect(list?.tracks).toEqual([...tracks, more]);
});

describe('each playlist is a list of its own', () => {
  const lack = { status: 'none', reason: 'Nothing like it was found.' };
  const rows: readonly SongRow[] = [
    { track: full, list: 'Evening', about: lack },
    { track: small, list: '=Morning', about: lack },
    { track: video, list: 'Evening', about: lack },
  ];
  const expected = [
    { name: 'Evening', tracks: [full, video] },
    { name: '=Morning', tracks: [small] },
  ];
  test('in a CSV', async () => {
    expect(await readBack(renderSongsCsv(rows), 'missing.csv')).toMatchObject(expected);
  });
  test('in a JSON file', async () => {
    const playlists = [...Map.groupBy(rows, ({ list }) => list)].map(([name, items]) => ({
      name,
      items: items.map(songInJson),
    }));
    const lists = await readBack(JSON.stringify({ playlists }), 'missing.json');
    expect(lists).toMatchObject(expected);
    expect(lists.flatMap((list) => list.tracks.map(({ extra }) => extra))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test('the original programs and Exportify readers find their columns', () => {
  const [header = ''] = renderSongsCsv([{ track: full, about }]).split('\r\n');
  expect(header.replace('\ufeff', '').split(',').slice(0, 6)).toEqual([
    ...['Track URI', 'Track Name', 'Album Name', 'Artist Name(s)', 'Release Date', 'Duration (ms)'],
  ]);
});

test(`any names come back from a CSV as one line of text (seed ${testSeed})`, async () => {
  // A file full of the replacement character is refused: it's no text.
  const clean = hostileText.map((text) => cleanText(text).replaceAll('\ufffd', ''));
  const name = clean.filter((text) => text.trim() !== '' && text.trim() === text && text !== 'undefined');
  const artist = name.filter((text) => !text.includes(';'));
  await fc.assert(
    fc.asyncProperty(name, artist, name, async (track, one, album) => {
      const song: Track = { artists: [one], artist: one, track, album };
      const [list] = await readBack(renderSongsCsv([{ track: song, about }]), 'list.csv');
      expect(list?.tracks[0]).toMatchObject({ artists: [one], track, album });
    }),
    { numRuns: 60 },
  );
});
