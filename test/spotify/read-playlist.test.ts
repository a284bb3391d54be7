import { expect, test } from 'vitest';
import { nameOf } from '../../src/spotify/read-playlist.ts';
import {
  createCatalogue,
  demoPlaylist,
  trackRows,
  type DemoCatalogue,
} from '../../src/demo/spotify-catalogue.ts';
import { edit } from '../stand-ins/spotify-rows.ts';
import { spotifyFaults } from '../stand-ins/spotify-faults.ts';
import type { Cohort } from '../stand-ins/spotify-clients.ts';
import { demoTracks, failureOf, playlistNamed, setScene } from './set-up.ts';

const cohorts: Cohort[] = ['new', 'old'];

function longCatalogue(rows: number): DemoCatalogue {
  const catalogue = createCatalogue(demoTracks(10));
  catalogue.playlists.push(demoPlaylist('Long', trackRows(demoTracks(rows))));
  return catalogue;
}

test.each(cohorts)('an app of the %s kind reads all pages in order by offsets of 50', async (cohort) => {
  const { client, standIn } = await setScene({ cohort, catalogue: longCatalogue(230) });
  const progress: number[] = [];
  const list = await client.readPlaylist(playlistNamed(standIn, 'Long').id, {
    onProgress: ({ done, total }) => progress.push(done, total),
  });
  expect(list).toMatchObject({ name: 'Long', folder: 'own', skipped: [] });
  expect(list.tracks.map((track) => track.track)).toEqual(demoTracks(230).map((track) => track.track));
  expect(progress).toEqual([50, 230, 100, 230, 150, 230, 200, 230, 230, 230]);
  // Name and snapshot before, five pages, the snapshot after.
  expect(standIn.requests).toHaveLength(7);
  expect(standIn.count(/\/tracks$|\/users\//)).toBe(0);
  expect(standIn.peak()).toBeLessThanOrEqual(3);
});

test.each(cohorts)(
  'an app of the %s kind leaves out what is no song, each with its row and reason, and keeps doubles',
  async (cohort) => {
    const { client, standIn } = await setScene({ cohort });
    const list = await client.readPlaylist(playlistNamed(standIn, 'Odds and Ends').id);
    expect(list.tracks.map((track) => track.track)).toEqual([
      'Song 0',
      'Song 1',
      'Song 2',
      'Take 7, No. 2: 100%',
      'Song 0',
      'Song 3',
      'Song 4',
    ]);
    expect(list.skipped).toEqual([
      { row: 5, reason: 'a podcast episode', text: 'Demo Podcast - How playlists are read' },
      { row: 6, reason: 'removed from Spotify' },
      { row: 8, reason: 'no longer available on Spotify' },
      { row: 9, reason: 'a podcast episode', text: 'The same, as a track' },
      { row: 10, reason: 'no longer available on Spotify' },
    ]);
  },
);

test('a playlist of one page costs two requests, one when it was listed before', async () => {
  const { client, standIn } = await setScene();
  const playlists = await client.listPlaylists();
  const facts = playlists.find((playlist) => playlist.name === 'Road Trip');
  const before = standIn.requests.length;
  await client.readPlaylist(facts?.id ?? '');
  expect(standIn.requests).toHaveLength(before + 2);
  await client.readPlaylist(facts?.id ?? '', { facts });
  expect(standIn.requests).toHaveLength(before + 3);
});

test('a playlist that is edited while it is read is read again', async () => {
  const { client, standIn } = await setScene({ catalogue: longCatalogue(120) });
  const playlist = playlistNamed(standIn, 'Long');
  let edited = false;
  const list = await client.readPlaylist(playlist.id, {
    onProgress: () => {
      if (!edited) edit(playlist, playlist.rows.slice(5));
      edited = true;
    },
  });
  expect(list.tracks.map((track) => track.track)).toEqual(
    demoTracks(120)
      .slice(5)
      .map((track) => track.track),
  );
  expect(standIn.count(/items/)).toBe(6);
});

test('a playlist that never rests is read three times and then taken as it is', async () => {
  const { client, standIn } = await setScene({ catalogue: longCatalogue(120) });
  const playlist = playlistNamed(standIn, 'Long');
  const list = await client.readPlaylist(playlist.id, { onProgress: () => edit(playlist, playlist.rows) });
  expect(list.tracks).toHaveLength(120);
  expect(standIn.count(/items/)).toBe(9);
});

test('the songs of a followed playlist are refused to new apps and given to old ones', async () => {
  const fresh = await setScene({ cohort: 'new' });
  const { id } = playlistNamed(fresh.standIn, "A Friend's Mix");
  expect(await failureOf(fresh.client.readPlaylist(id))).toMatchObject({
    code: 'spotify-not-your-playlist',
    message: `The playlist "A Friend's Mix" belongs to someone else. Spotify shows its songs only to its owner and collaborators.`,
  });
  const old = await setScene({ cohort: 'old' });
  expect((await old.client.readPlaylist(id)).tracks).toHaveLength(4);
});

test("Spotify's own playlists are told apart from deleted ones", async () => {
  const { client, standIn } = await setScene();
  expect(await failureOf(client.readPlaylist(playlistNamed(standIn, 'Discover Weekly').id))).toMatchObject({
    code: 'spotify-own-playlist',
  });
  expect(await failureOf(client.readPlaylist('0000000000000000000000'))).toMatchObject({
    code: 'spotify-not-found',
  });
});

test('a refused playlist of one’s own is not called somebody else’s', async () => {
  const { client, standIn } = await setScene();
  standIn.play(spotifyFaults.forbidden(), { when: /items/, times: Infinity });
  const error = await failureOf(client.readPlaylist(playlistNamed(standIn, 'Road Trip').id));
  expect(error).toMatchObject({ code: 'spotify-refused' });
  expect(error.message).toContain('is yours');
});

test.each(cohorts)(
  'with an app of the %s kind one unreadable playlist does not stop the others',
  async (cohort) => {
    const { client } = await setScene({ cohort });
    const endings: string[] = [];
    for await (const reading of client.readPlaylists(await client.listPlaylists())) {
      endings.push('list' in reading ? reading.list.name : reading.error.code);
    }
    expect(endings).toEqual([
      'Road Trip',
      'Evenings',
      'Odds and Ends',
      'Party Together',
      cohort === 'new' ? 'spotify-not-your-playlist' : "A Friend's Mix",
      'spotify-own-playlist',
    ]);
  },
);

test('an answer of another shape is a failure, not an empty playlist', async () => {
  const { client, standIn } = await setScene();
  const answer = { status: 200, headers: {}, body: '{"rows":[]}' };
  standIn.play({ kind: 'answer', answer }, { when: /items/ });
  expect(await failureOf(client.readPlaylist(playlistNamed(standIn, 'Road Trip').id))).toMatchObject({
    code: 'response-not-understood',
  });
});

test('a server that gives fewer rows to a page than asked for loses none', async () => {
  const { client, standIn } = await setScene({ catalogue: longCatalogue(60) });
  const playlist = playlistNamed(standIn, 'Long');
  const first = await fetch(`${standIn.apiUrl}/playlists/${playlist.id}/items?limit=20`, {
    headers: { authorization: `Bearer ${standIn.signIn().access_token}` },
  });
  standIn.play(
    { kind: 'answer', answer: { status: 200, headers: {}, body: await first.text() } },
    { when: /items.*offset=0/ },
  );
  const list = await client.readPlaylist(playlist.id);
  expect(list.tracks.map((track) => track.track).slice(0, 40)).toEqual(
    demoTracks(40).map((track) => track.track),
  );
});

test('the list of playlists comes whole, with counts where Spotify tells them', async () => {
  const catalogue = createCatalogue(demoTracks(20));
  for (let number = 0; number < 60; number += 1) catalogue.playlists.push(demoPlaylist(`List ${number}`, []));
  catalogue.playlists.push(demoPlaylist('', []));
  const { client, standIn } = await setScene({ catalogue });
  const playlists = await client.listPlaylists();
  expect(playlists).toHaveLength(67);
  expect(
    playlists.slice(0, 6).map(({ name, owner, total, readable }) => [name, owner, total, readable]),
  ).toEqual([
    ['Road Trip', 'Demo Listener', 10, true],
    ['Evenings', 'Demo Listener', 10, true],
    ['Odds and Ends', 'Demo Listener', 12, true],
    ['Party Together', 'demo-friend', 4, null],
    ["A Friend's Mix", 'demo-friend', null, null],
    ['Discover Weekly', 'Spotify', null, false],
  ]);
  expect(playlists.at(-1)?.name).toBe(`Playlist ${playlists.at(-1)?.id ?? ''}`);
  // Never by way of `next`, which leads to an endpoint that is closed.
  expect(standIn.requests.map((request) => request.path)).toEqual([
    '/v1/me',
    '/v1/me/playlists',
    '/v1/me/playlists',
  ]);
});

test('rows that are null are left out of the list of playlists', async () => {
  const { client, standIn } = await setScene();
  const body = JSON.stringify({
    items: [null, { id: 'x', images: null, owner: null }],
    total: 2,
    next: null,
  });
  standIn.play({ kind: 'answer', answer: { status: 200, headers: {}, body } }, { when: /me\/playlists/ });
  expect(await client.listPlaylists()).toEqual([
    {
      id: 'x',
      name: 'Playlist x',
      owner: '',
      ownerId: undefined,
      total: null,
      readable: null,
      snapshotId: undefined,
    },
  ]);
});

test('an album brings everything that it says into its tracks', async () => {
  const tracks = demoTracks(120).map((track, index) => ({
    ...track,
    album: 'Complete',
    albumArtists: ['Artist 1'],
    discNumber: index < 60 ? 1 : 2,
    copyright: '2020 Somebody',
    label: 'A Label',
  }));
  const catalogue = createCatalogue(tracks);
  const { client, standIn } = await setScene({ catalogue, cohort: 'old' });
  const track = await client.readPlaylist(playlistNamed(standIn, 'Road Trip').id);
  const id = track.tracks[0]?.extra?.['SPOTIFY_ALBUM_URI']?.split(':')[2] ?? '';
  const album = await client.readAlbum(id);
  expect(album).toMatchObject({ name: 'Artist 1 - Complete', folder: 'own' });
  expect(album.tracks).toHaveLength(120);
  expect(album.tracks[119]).toMatchObject({
    track: 'Song 119',
    album: 'Complete',
    albumArtists: ['Artist 1'],
    discNumber: 2,
    discTotal: 2,
    label: 'A Label',
    copyright: '2020 Somebody',
  });
  expect(standIn.count(/albums/)).toBe(3);
});

test('one track is a list of one, without a folder of its own', async () => {
  const { client, standIn } = await setScene();
  const list = await client.readPlaylist(playlistNamed(standIn, 'Road Trip').id);
  const id = list.tracks[3]?.spotifyUri?.split(':')[2] ?? '';
  expect(await client.readTrack(id)).toMatchObject({
    name: 'Artist 3, Guest - Song 3',
    folder: 'library',
    tracks: [{ track: 'Song 3', isrc: 'ZZTST0000003' }],
  });
});

test('a name with line breaks is one line', () => {
  expect(nameOf('Two\r\nLines ', 'x')).toBe('Two Lines');
});
