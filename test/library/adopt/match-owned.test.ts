import { expect, test } from 'vitest';
import { createOwnedMatcher, type Owned } from '../../../src/library/adopt/match-owned.ts';
import { bestOf, missingKeys, planAdoption } from '../../../src/library/adopt/plan-adoption.ts';
import { fileNameKeys, tagKeys } from '../../../src/tracks/identity.ts';
import type { SongFacts } from '../../../src/tracks/song-facts.ts';
import type { Track } from '../../../src/tracks/track.ts';
import { list, track } from '../../history/set-up.ts';

interface Given extends Partial<SongFacts> {
  readonly durationMs?: number;
  readonly bitrateKbps?: number;
}

/** A file at a path below the folder, as the scan would have it. */
function owned(path: string, { durationMs = 200_000, bitrateKbps, ...tags }: Given = {}): Owned {
  const { title, artist, isrcs = [], spotifyUri } = tags;
  const stem = (path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  const artists = artist === undefined ? [] : [artist];
  const facts: SongFacts = { genres: [], hasCover: false, artists, ...tags, isrcs };
  const rate = bitrateKbps === undefined ? {} : { bitrateKbps };
  const file = { path: `/own/${path}`, sizeBytes: 1, modifiedMs: 1, downloaded: false, durationMs, ...rate };
  return {
    song: { file: { ...file, format: path.split('.').at(-1) ?? '' }, facts, lists: [] },
    keys: [
      ...(spotifyUri === undefined ? [] : [`uri:${spotifyUri}`]),
      ...isrcs.map((isrc) => `isrc:${isrc}`),
      ...(title === undefined || artist === undefined ? fileNameKeys(stem) : tagKeys(artist, title)),
    ],
    parts: path.split('/'),
  };
}

const karma = track('Radiohead', 'Karma Police', {
  album: 'OK Computer',
  durationMs: 200_000,
  isrc: 'ZZTST1900001',
  spotifyUri: 'spotify:track:1',
  explicit: true,
});
const tags = { artist: 'Radiohead', title: 'Karma Police' };
const certain = (why: string): readonly unknown[] => [{ isCertain: true, why }];
const uncertain = (why: string): readonly unknown[] => [{ isCertain: false, why }];

test.each<readonly [string, Owned, readonly unknown[]]>([
  ['its tags', owned('x.mp3', tags), certain('same artist and title')],
  ['its name', owned('01 - Radiohead - Karma Police.mp3'), certain('same artist and title')],
  ['no length', owned('x.mp3', { ...tags, durationMs: 0 }), certain('same artist and title')],
  ['its Spotify URI', owned('x.mp3', { spotifyUri: 'spotify:track:1' }), certain('same Spotify track')],
  ['its ISRC', owned('x.mp3', { ...tags, isrcs: ['ZZTST1900001'] }), certain('same ISRC')],
  [
    'its ISRC and another spelling',
    owned('x.mp3', { artist: 'On a Friday', title: 'Karma', isrcs: ['ZZTST1900001'] }),
    certain('same ISRC'),
  ],
  [
    'an ISRC of an album that has it by mistake, on another song',
    owned('x.mp3', { ...tags, title: 'Lucky', isrcs: ['ZZTST1900001'], durationMs: 206_000 }),
    uncertain('same ISRC, but its title is "Lucky"'),
  ],
  [
    'its ISRC on a live version',
    owned('x.mp3', { ...tags, title: 'Karma Police (Live)', isrcs: ['ZZTST1900001'] }),
    uncertain('same ISRC, but its title is "Karma Police (Live)"'),
  ],
  [
    'its ISRC on a file of another length',
    owned('x.mp3', { ...tags, isrcs: ['ZZTST1900001'], durationMs: 300_000 }),
    uncertain("same ISRC, but it's 5:00 long, not 3:20"),
  ],
  ['another length', owned('x.mp3', { ...tags, durationMs: 240_000 }), []],
  ['a live version', owned('x.mp3', { ...tags, title: 'Karma Police (Live)' }), []],
  ['a live version by its name', owned('Radiohead - Karma Police (Live in Paris).mp3'), []],
  ['a remix', owned('x.mp3', { ...tags, title: 'Karma Police (Someone Remix)' }), []],
  ['an instrumental', owned('x.mp3', { ...tags, title: 'Karma Police - Instrumental' }), []],
  [
    'a live album',
    owned('x.mp3', { ...tags, album: 'Live at the Astoria' }),
    uncertain("it's from a live album"),
  ],
  [
    'a folder of a concert',
    owned('2003 (Live in Dublin)/Radiohead - Karma Police.mp3'),
    uncertain("it's from a live album"),
  ],
  ['the clean version', owned('x.mp3', { ...tags, isExplicit: false }), uncertain("it's the clean version")],
  [
    'another ISRC, and nearly its length',
    owned('x.mp3', { ...tags, isrcs: ['ZZTST1900002'], durationMs: 201_000 }),
    uncertain('its ISRC is another one'),
  ],
  [
    'another ISRC and another length',
    owned('x.mp3', { ...tags, isrcs: ['ZZTST1900002'], durationMs: 206_000 }),
    [],
  ],
  [
    'wrong tags and the right name',
    owned('Radiohead - Karma Police.mp3', { artist: 'Track', title: 'Unknown' }),
    uncertain('by its file name, but its tags differ'),
  ],
  ['folders', owned('Radiohead/OK Computer/06 Karma Police.mp3'), uncertain('by the name of its folder')],
  [
    'a folder of an album',
    owned('Radiohead - OK/06. Karma Police.mp3'),
    uncertain('by the name of its folder'),
  ],
  [
    'the other order',
    owned('Karma Police - Radiohead.mp3'),
    uncertain('with title and artist the other way round'),
  ],
  [
    'the artist of its album',
    owned('x.mp3', { title: 'Karma Police', artist: 'Thom Yorke', albumArtist: 'Radiohead' }),
    uncertain('by its album artist'),
  ],
  ['a typo', owned('x.mp3', { ...tags, title: 'Karma Poliec' }), uncertain('it\'s called "Karma Poliec"')],
  ['a typo and another length', owned('x.mp3', { ...tags, title: 'Karma Poliec', durationMs: 208_000 }), []],
  ['another song', owned('x.mp3', { ...tags, title: 'Lucky' }), []],
  ['another artist', owned('x.mp3', { ...tags, artist: 'Easy Star' }), []],
  ['nothing', owned('track 06.mp3'), []],
])('a file with %s', (_what, file, expected) => {
  expect(createOwnedMatcher([file])(karma)).toMatchObject(expected);
});

test('a live recording that was asked for is found, and no studio recording is it', () => {
  const live = track('Radiohead', 'Karma Police - Live', { durationMs: 200_000 });
  const files = [owned('studio.mp3', tags), owned('live.mp3', { ...tags, title: 'Karma Police (Live)' })];
  expect(createOwnedMatcher(files)(live)).toMatchObject([{ owned: files[1], isCertain: true }]);
});

const deaf = { sameAs: () => [], soundsOther: () => false };
const found = (files: readonly Owned[], song: Track = karma) => createOwnedMatcher(files)(song);

test('of several copies the best one is taken', () => {
  const files = [
    owned('a.mp3', { ...tags, bitrateKbps: 128 }),
    owned('b.flac', { ...tags, isLossless: true, bitrateKbps: 900 }),
    owned('c.mp3', { ...tags, bitrateKbps: 320 }),
  ];
  expect(bestOf(found(files), deaf)?.owned).toBe(files[1]);
  expect(bestOf(found(files.filter((_, at) => at !== 1)), deaf)?.owned).toBe(files[2]);
  expect(bestOf([], deaf)).toBeUndefined();
});

test('a certain file wins over a better one that is uncertain', () => {
  const files = [owned('Radiohead/06 Karma Police.flac', { isLossless: true }), owned('b.mp3', tags)];
  expect(bestOf(found(files), deaf)).toMatchObject({ owned: files[1], isCertain: true });
});

test('what sounds the same is a copy whatever it is called, unless it calls itself another version', () => {
  const files = [
    owned('a.mp3', { ...tags, isrcs: ['ZZTST1900001'] }),
    owned('AUDIO_017.flac', { isLossless: true }),
    owned('live.flac', { ...tags, title: 'Karma Police (Live)', isLossless: true }),
  ];
  const same = (...which: readonly number[]) => ({
    ...deaf,
    sameAs: () => files.filter((_, at) => which.includes(at)),
  });
  const best = bestOf(found(files), same(1, 2));
  expect(best).toMatchObject({ owned: files[1], isCertain: true, why: 'same sound' });
  expect(best === undefined ? [] : missingKeys(karma, best)).toContain('isrc:ZZTST1900001');
  expect(bestOf(found(files), same(2))?.owned).toBe(files[0]);
});

test('of two that are certain and sound different, the one with the better evidence counts', () => {
  const files = [
    owned('a.mp3', { ...tags, isrcs: ['ZZTST1900001'] }),
    owned('b.flac', { ...tags, isLossless: true }),
  ];
  const sounds = { ...deaf, soundsOther: (one: Owned, other: Owned) => one !== other };
  const best = bestOf(found(files), sounds);
  expect(best?.owned).toBe(files[0]);
  expect(best === undefined ? undefined : missingKeys(karma, best)).toEqual([]);
});

test('a plan says of each row what becomes of it', () => {
  const other = track('Radiohead', 'Lucky');
  const fresh = track('Somebody', 'Else');
  const file = owned('x.mp3', tags);
  const guess = owned('Lucky - Radiohead.mp3');
  const lists = [list('Mix', [fresh, karma, other, karma])];
  const find = createOwnedMatcher([file, guess]);
  const [plan] = planAdoption(lists, (song) => song === fresh, find, deaf);
  expect(plan?.rows.map(({ state }) => state)).toEqual(['have', 'adopt', 'ask', 'adopt']);
});
