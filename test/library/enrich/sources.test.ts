import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HarmoniError } from '../../../src/errors.ts';
import { createListCovers, createListFacts } from '../../../src/library/enrich/from-lists.ts';
import { createLyrics } from '../../../src/library/enrich/from-lyrics.ts';
import { createMusicBrainzFacts } from '../../../src/library/enrich/from-musicbrainz.ts';
import { createLoudnessTags } from '../../../src/library/enrich/from-sounds.ts';
import type {
  FoundForSong,
  LibraryEnricher,
  SongWithTags,
} from '../../../src/library/enrich/library-enricher.ts';
import type { SongFacts } from '../../../src/tracks/song-facts.ts';
import type { Track } from '../../../src/tracks/track.ts';
import { createBench } from '../../enrich/musicbrainz/set-up.ts';
import { recording, release, song as mbSong } from '../../enrich/musicbrainz/songs.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { list, openTestStore, track } from '../../history/set-up.ts';

const { signal } = new AbortController();
const none = { artists: [], genres: [], isrcs: [], hasCover: false };

function songAt(
  path: string,
  facts: Partial<SongFacts>,
  present: SongWithTags['present'] = {},
): SongWithTags {
  const file = { path, sizeBytes: 9, modifiedMs: 1, durationMs: 200_000, format: 'opus', downloaded: false };
  return { song: { file, facts: { ...none, ...facts }, lists: [] }, present };
}

async function foundBy(
  enricher: LibraryEnricher,
  songs: readonly SongWithTags[],
): Promise<readonly FoundForSong[]> {
  const found: FoundForSong[] = [];
  expect(await enricher.find(songs, signal, (one) => found.push(one))).toBeUndefined();
  return found;
}

function storeWith(...tracks: readonly Track[]) {
  const store = openTestStore();
  store.jobs.create([{ list: list('Mix', tracks), chosen: tracks.map(() => true) }], {});
  return store;
}

const roads = track('Portishead', 'Roads', {
  isrc: 'GBAAA9400001',
  album: 'Dummy',
  albumArtists: ['Portishead'],
  trackNumber: 8,
  trackTotal: 11,
  releaseDate: '1994-08-22',
  addedAt: '2026-01-01T00:00:00Z',
  coverUrl: 'https://covers.test/dummy',
});

test('a list tells the tags of its songs, and not when they were added to it', async () => {
  const store = storeWith(roads);
  const one = songAt('/m/Roads.opus', { title: 'Roads', artist: 'Portishead' }, { ALBUM: ['Mine'] });
  store.files.put({ ...one.song.file }, ['isrc:GBAAA9400001']);
  const [found] = await foundBy(createListFacts(store), [one]);
  const changes = Object.fromEntries((found?.changes ?? []).map(({ field, after }) => [field, after.join()]));
  expect(changes).toMatchObject({ TRACKNUMBER: '8/11', DATE: '1994-08-22', ALBUMARTIST: 'Portishead' });
  expect(changes).not.toHaveProperty('ADDED_AT');
  expect(changes).not.toHaveProperty('HARMONI_ID');
  expect(found?.changes.find(({ field }) => field === 'ALBUM')?.before).toEqual(['Mine']);
});

test("a file of the user's own with the same name alone gets no other song's ids", async () => {
  const store = storeWith(roads);
  const one = songAt('/m/Roads.opus', { title: 'Roads', artist: 'Portishead' });
  store.files.put(one.song.file, ['portishead|roads']);
  expect(await foundBy(createListFacts(store), [one])).toEqual([]);
});

test('the cover comes from the address that a list has, for songs without one', async () => {
  const store = storeWith(roads);
  const asked: string[] = [];
  const picture = { mimeType: 'image/jpeg', data: Buffer.from('x') } as const;
  const covers = {
    get: (url: string) => {
      asked.push(url);
      return Promise.resolve(picture);
    },
  };
  const [bare, whole] = [
    songAt('/m/a.opus', { title: 'Roads' }),
    songAt('/m/b.opus', { title: 'Roads', hasCover: true }),
  ];
  for (const { song } of [bare, whole]) store.files.put(song.file, ['isrc:GBAAA9400001']);
  expect(await foundBy(createListCovers(store, covers), [bare, whole])).toEqual([
    { path: '/m/a.opus', changes: [], cover: { source: 'playlist', picture } },
  ]);
  expect(asked).toEqual(['https://covers.test/dummy']);
});

test('MusicBrainz tells what a song lacks', async () => {
  const catalogue = {
    recordings: [recording(1)],
    releases: [release(1, [1], { labels: [{ name: 'Example Records', number: 'EX-1' }] })],
  };
  const { facts } = await createBench(catalogue);
  const one = { ...songAt('/m/1.opus', {}), present: mbSong(1).properties };
  const [found] = await foundBy(createMusicBrainzFacts(facts, false), [one]);
  expect(found?.changes.find(({ field }) => field === 'LABEL')).toMatchObject({ after: ['Example Records'] });
});

test('MusicBrainz that is away is told, and what was found before it stays', async () => {
  const { facts, service } = await createBench({ recordings: [recording(1)], releases: [] });
  await service.close();
  const found: FoundForSong[] = [];
  const one = { ...songAt('/m/1.opus', {}), present: mbSong(1).properties };
  const why = await createMusicBrainzFacts(facts, false).find([one], signal, (some) => found.push(some));
  expect(why?.code).toBe('network-unreachable');
  expect(found).toEqual([]);
});

test('songs that were measured get their loudness, and an album that is there whole its own', async () => {
  const store = openTestStore();
  const songs = [1, 2].map((trackNumber) =>
    songAt(join('/m', `${trackNumber}.opus`), {
      title: `${trackNumber}`,
      album: 'Two',
      trackNumber,
      trackTotal: 2,
    }),
  );
  const measure = (one: SongWithTags, key: string, integratedLufs: number): void => {
    store.sounds.setKey(one.song.file, key);
    const loudness = { integratedLufs, rangeLu: 3, peakDbfs: -1 };
    store.sounds.put(key, { loudness, lengthMs: 200_000, fingerprint: undefined, fault: undefined });
  };
  const fields = async (): Promise<string[]> =>
    (await foundBy(createLoudnessTags(store), songs)).map(({ changes }) =>
      changes.map(({ field }) => field).join(),
    );
  expect(await fields()).toEqual([]);
  const [first, second] = songs;
  if (first === undefined || second === undefined) throw new Error('There are two.');
  measure(first, 'one', -9);
  expect(await fields()).toEqual(['REPLAYGAIN_TRACK_GAIN,REPLAYGAIN_TRACK_PEAK,R128_TRACK_GAIN']);
  measure(second, 'two', -12);
  const found = await fields();
  expect(found).toHaveLength(2);
  for (const one of found)
    expect(one).toMatch(/REPLAYGAIN_ALBUM_GAIN,REPLAYGAIN_ALBUM_PEAK,R128_ALBUM_GAIN$/);
});

test('lyrics go into the tags and beside the song, where there are none; a service that is away is told', async () => {
  const folder = tempFolder();
  const lyrics = { plain: 'la', synced: '[00:01.00]la\n[00:09.00]li' };
  const found = { find: () => Promise.resolve({ kind: 'found', lyrics } as const) };
  const facts = { title: 'Roads', artist: 'Portishead' };
  const [bare, sung] = [
    songAt(join(folder, 'a.opus'), facts),
    songAt(join(folder, 'b.opus'), { ...facts, lyrics: 'plain' }),
  ];
  writeFileSync(join(folder, 'b.lrc'), 'mine');
  const [only, ...others] = await foundBy(createLyrics(found, 'both'), [bare, sung]);
  expect(others).toEqual([]);
  expect(only?.changes).toMatchObject([{ field: 'LYRICS', after: ['la'] }]);
  expect(only?.lrc).toContain('[00:09.00]li');
  expect((await foundBy(createLyrics(found, 'embedded'), [bare]))[0]?.lrc).toBeUndefined();
  expect((await foundBy(createLyrics(found, 'sidecar'), [bare]))[0]?.changes).toEqual([]);
  const error = new HarmoniError('service-busy', 'LRCLIB is too busy to answer (429).');
  const away = { find: () => Promise.resolve({ kind: 'later', error } as const) };
  expect(await createLyrics(away, 'both').find([bare], signal, () => undefined)).toBe(error);
});
