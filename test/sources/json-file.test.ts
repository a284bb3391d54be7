import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { listFile } from '../../src/sources/list-file.ts';
import { failureOf } from './failure-of.ts';

const fixtures = new URL('../fixtures/sources/', import.meta.url).pathname;
const signal = new AbortController().signal;
const folder = await mkdtemp(join(tmpdir(), 'harmoni-json-'));
afterAll(() => rm(folder, { recursive: true }));

async function readJson(content: unknown, name = 'tracks.json') {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return listFile.read(path, { signal });
}

const ofAFile = {
  origin: expect.stringMatching(/^file:[0-9a-f]{24}$/) as string,
  sourceFile: expect.stringMatching(/\.json$/) as string,
};

describe('tracks.json', () => {
  test('gives its tracks with all their fields', async () => {
    expect(await listFile.read(`${fixtures}tracks.json`, { signal })).toEqual([
      {
        name: 'tracks',
        ...ofAFile,
        folder: 'own',
        tracks: [
          {
            artists: ['Queen', 'David Bowie'],
            artist: 'Queen, David Bowie',
            album: 'Hot Space',
            track: 'Under Pressure',
            spotifyUri: 'spotify:track:2fuCquhmrzHpu5xcA1ci9x',
            extra: { RATING: '5', TAGS: 'loud; live' },
          },
          {
            artists: ['Tyler, The Creator', 'Playboi Carti'],
            artist: 'Tyler, The Creator, Playboi Carti',
            track: 'EARFQUAKE',
            durationMs: 190066,
            isrc: 'USQX91901108',
            explicit: true,
          },
        ],
        skipped: [
          { row: 3, reason: 'no artist name', text: 'Nobody knows' },
          { row: 4, reason: 'no title', text: 'Queen' },
          { row: 5, reason: 'no title and no artist name' },
        ],
      },
    ]);
  });

  test('may be a bare list', async () => {
    const [list] = await readJson([{ artist: 'Deep Purple', track: 'Lazy' }], 'mine.json');
    expect(list).toMatchObject({ name: 'mine', tracks: [{ artist: 'Deep Purple', track: 'Lazy' }] });
  });

  test('may have tracks in the shape of the Web API', async () => {
    const [list] = await readJson([
      {
        name: 'EARFQUAKE',
        artists: [
          { name: 'Tyler, The Creator', uri: 'spotify:artist:1' },
          { name: 'Playboi Carti', uri: null },
        ],
        album: { name: 'IGOR', release_date: '2019-05-17', total_tracks: 12 },
        duration_ms: 190066,
        external_ids: { isrc: 'USQX91901108' },
      },
    ]);
    expect(list?.tracks[0]).toEqual({
      artists: ['Tyler, The Creator', 'Playboi Carti'],
      artist: 'Tyler, The Creator, Playboi Carti',
      track: 'EARFQUAKE',
      album: 'IGOR',
      releaseDate: '2019-05-17',
      trackTotal: 12,
      durationMs: 190066,
      isrc: 'USQX91901108',
      extra: { ARTISTS_URI: 'spotify:artist:1' },
    });
  });

  test.each([
    ['nothing', '', 'source-empty', 'tracks.json is empty.'],
    [
      'half a list',
      '{"tracks": [{"artist": "Qu',
      'source-broken',
      "tracks.json isn't valid JSON. It may be damaged or cut off.",
    ],
    [
      'no list',
      { theme: 'dark' },
      'source-empty',
      "tracks.json doesn't contain a song list that HARMONI knows.",
    ],
    ['an empty list', { tracks: [] }, 'source-empty', 'tracks.json has no songs.'],
    [
      'nameless rows',
      { tracks: [{ artist: 'Queen' }] },
      'source-empty',
      'tracks.json has no songs. Its only row is: no title (1).',
    ],
  ])('with %s is refused with the reason', async (_, content, code, message) => {
    expect(await failureOf(readJson(content))).toMatchObject({ code, message });
  });
});

describe('a file of the account export', () => {
  test('YourLibrary.json gives the liked songs, one artist each', async () => {
    const [list] = await listFile.read(`${fixtures}account/YourLibrary.json`, { signal });
    expect(list?.name).toBe('Liked Songs');
    expect(list?.tracks.map(({ artists }) => artists)).toEqual([['Queen'], ['Tyler, The Creator']]);
    expect(list?.skipped).toEqual([
      { row: 3, reason: 'no title and no artist name', text: 'spotify:track:6rqhFgbbKwnb9MLmUQDhG6' },
      { row: 4, reason: 'a podcast episode', text: 'In Our Time - The Great Fire of London' },
    ]);
  });

  test('is known under another name', async () => {
    const [list] = await readJson({
      tracks: [{ artist: 'Earth, Wind & Fire', track: 'September' }],
      bannedTracks: [],
    });
    expect(list).toMatchObject({ name: 'Liked Songs', tracks: [{ artists: ['Earth, Wind & Fire'] }] });
  });

  test('Playlist1.json gives each playlist, and says what is no song', async () => {
    const lists = await listFile.read(`${fixtures}account/Playlist1.json`, { signal });
    expect(lists).toEqual([
      {
        name: 'Glam',
        ...ofAFile,
        folder: 'own',
        tracks: [
          {
            artists: ['David Bowie'],
            artist: 'David Bowie',
            track: '"Heroes" - 2017 Remaster',
            album: '"Heroes" (2017 Remaster)',
            spotifyUri: 'spotify:track:7Jh1bpe76CNTCgdgAdBw4Z',
            addedAt: '2020-03-14',
          },
          {
            artists: ['Fugees (Refugee Camp)'],
            artist: 'Fugees (Refugee Camp)',
            track: 'No Woman, No Cry',
            album: 'The Score',
            durationMs: 273_000,
            addedAt: '2020-03-17',
            extra: { URI: 'spotify:local:Fugees+%28Refugee+Camp%29:The+Score:No+Woman%2C+No+Cry:273' },
          },
        ],
        skipped: [
          { row: 2, reason: 'a podcast episode', text: 'Stuff You Should Know - Hedy Lamarr' },
          { row: 3, reason: 'an audiobook', text: 'Frankenstein - Mary Shelley' },
          { row: 5, reason: 'removed from Spotify' },
        ],
      },
    ]);
  });

  test('of 2020 has no URIs', async () => {
    const [list] = await listFile.read(`${fixtures}account-2020/Playlist.json`, { signal });
    expect(list).toMatchObject({
      name: 'Road',
      tracks: [{ artist: 'Deep Purple', track: 'Highway Star', album: 'Machine Head' }],
    });
  });

  test.each(['StreamingHistory0.json', 'anything.json'])(
    'that tells what was listened to is no list (%s)',
    async (name) => {
      const listened = [
        { ts: '2020-01-05T10:31:00Z', ms_played: 442000, master_metadata_track_name: 'Lazy' },
      ];
      const failure = await failureOf(readJson(listened, name));
      expect(failure).toMatchObject({
        code: 'source-empty',
        message: `${name} is your listening history, not a list to download.`,
      });
      expect(failure.fix).toContain('YourLibrary.json');
    },
  );

  test('of podcasts alone is refused with the reason', async () => {
    const items = [
      { track: null, episode: { episodeName: 'Hedy Lamarr', showName: 'Stuff You Should Know' } },
    ];
    const failure = await failureOf(readJson({ playlists: [{ name: 'Talk', items }] }, 'Playlist2.json'));
    expect(failure.message).toBe('Playlist2.json has no songs. Its only row is: a podcast episode (1).');
  });
});
