import { describe, expect, test } from 'vitest';
import type { IndexedFile } from '../../../src/history/file-index.ts';
import {
  copiesOf,
  groupCopies,
  identityPairs,
  withLinks,
  type Pair,
} from '../../../src/library/duplicates/group.ts';
import type { LibrarySong } from '../../../src/library/songs.ts';
import type { SongFacts } from '../../../src/tracks/song-facts.ts';

interface Change {
  readonly file?: Partial<IndexedFile>;
  readonly facts?: Partial<SongFacts>;
  readonly lists?: readonly string[];
}

let inode = 0;

/** A song that HARMONI made: an MP3 of three minutes. */
function song(path: string, { file, facts, lists = [] }: Change = {}): LibrarySong {
  inode += 1;
  return {
    file: {
      path,
      sizeBytes: 5_000_000,
      modifiedMs: 1,
      inode: String(inode),
      format: 'mp3',
      bitrateKbps: 192,
      durationMs: 180_000,
      downloaded: true,
      ...file,
    },
    facts: {
      title: 'Song',
      artist: 'One',
      artists: ['One'],
      genres: [],
      isrcs: [],
      hasCover: true,
      ...facts,
    },
    lists,
  };
}

const isrc = { facts: { isrcs: ['ZZTST1900001'] } };

/** What would become of two or more songs: the one that stays and why, and each other with what keeps it. */
function decide(songs: readonly LibrarySong[], soundPairs: readonly Pair[] = [], soundsOther = false) {
  const copies = copiesOf(songs);
  return groupCopies(copies, [...identityPairs(copies), ...soundPairs], () => soundsOther).map((group) => ({
    keep: group.keep.song.file.path,
    because: group.because,
    others: group.others.map(({ copy, evidence, keptBecause }) => [
      copy.song.file.path,
      evidence,
      keptBecause,
    ]),
  }));
}

describe('two files are one song', () => {
  test.each([
    ['same Spotify track', { facts: { spotifyUri: 'spotify:track:1' } }],
    ['same ISRC', isrc],
    ['same MusicBrainz recording', { facts: { recordingId: 'b1' } }],
    ['same upload', { file: { media: { provider: 'youtube', id: 'aaaaaaaaaaa' } } }],
  ] as const)('by the %s', (evidence, change) => {
    expect(decide([song('/a.mp3', change), song('/b.mp3', change), song('/c.mp3')])).toEqual([
      { keep: '/a.mp3', because: 'they are equal', others: [['/b.mp3', evidence, undefined]] },
    ]);
  });

  test('but not where their lengths say that one of them is wrong', () => {
    const long = song('/b.mp3', { ...isrc, file: { durationMs: 400_000 } });
    expect(decide([song('/a.mp3', isrc), long])).toEqual([]);
  });

  test('but not where dozens have the same code', () => {
    const many = Array.from({ length: 51 }, (_, number) => song(`/${number}.mp3`, isrc));
    expect(decide(many)).toEqual([]);
    expect(decide(many.slice(1))[0]?.others).toHaveLength(49);
  });

  test('but not where they are names of one file', () => {
    const file = { inode: '7' };
    expect(decide([song('/a.mp3', { ...isrc, file }), song('/b.mp3', { ...isrc, file })])).toEqual([]);
  });
});

describe('the better copy', () => {
  test.each<[string, Change, Change]>([
    ['the other is broken', {}, { file: { fault: 'it ends after 0:10 of 3:00', format: 'opus' } }],
    [
      'lossless',
      { file: { downloaded: false, format: 'flac' }, facts: { isLossless: true } },
      { file: { downloaded: false, bitrateKbps: 320 } },
    ],
    ['your own file', { file: { downloaded: false } }, { file: { format: 'opus' } }],
    [
      "the stream's own format, not converted",
      { file: { format: 'opus', bitrateKbps: 128 } },
      { file: { format: 'flac', bitrateKbps: 900 }, facts: { isLossless: true } },
    ],
    ['higher bitrate', { file: { bitrateKbps: 256 } }, {}],
    ['more tags', { facts: { album: 'Album' } }, {}],
    ['it has a cover', {}, { facts: { hasCover: false } }],
    ['in more playlists', { lists: ['A', 'B'] }, { lists: ['C'] }],
  ])('is better because %s', (because, better, worse) => {
    const facts = isrc.facts;
    const songs = [
      song('/a.mp3', { ...worse, facts: { ...facts, ...worse.facts } }),
      song('/b.mp3', { ...better, facts: { ...facts, ...better.facts } }),
    ];
    expect(decide(songs)).toMatchObject([{ keep: '/b.mp3', because }]);
  });
});

describe('a copy is left alone', () => {
  test.each<[string, Change, Change]>([
    ['another version by its title', {}, { facts: { title: 'Song (Live)' } }],
    ['another version by its title', {}, { facts: { title: 'Song - Instrumental' } }],
    [
      'another version by its title',
      { facts: { title: 'Song (A Remix)' } },
      { facts: { title: 'Song (B Remix)' } },
    ],
    ['it has another title', { facts: { title: 'First Song' } }, { facts: { title: 'Second Tune' } }],
    ['one is explicit, and the other is not', { facts: { isExplicit: true } }, {}],
    ['your own file', { file: { downloaded: false } }, { file: { downloaded: false, bitrateKbps: 64 } }],
    ['you changed it', {}, { file: { isChanged: true, bitrateKbps: 64 } }],
    ['the other is broken, too', { file: { fault: 'x' } }, { file: { fault: 'x' } }],
  ])('because %s', (why, one, other) => {
    const songs = [one, other].map((change, at) =>
      song(`/${at}.mp3`, { ...change, facts: { ...isrc.facts, ...change.facts } }),
    );
    expect(decide(songs).flatMap(({ others }) => others)).toEqual([[expect.any(String), 'same ISRC', why]]);
  });

  test('because it sounds different', () => {
    expect(decide([song('/a.mp3', isrc), song('/b.mp3', isrc)], [], true)).toMatchObject([
      { others: [['/b.mp3', 'same ISRC', 'it sounds different']] },
    ]);
  });

  test('but not for its title where it sounds the same, or where one has more words', () => {
    const called = (path: string, title: string) => song(path, { facts: { ...isrc.facts, title } });
    const heard: Pair = { one: 0, other: 1, evidence: 'same sound' };
    expect(decide([called('/a.mp3', 'Море'), called('/b.mp3', 'The Sea')], [heard])).toMatchObject([
      { others: [['/b.mp3', 'same ISRC', undefined]] },
    ]);
    expect(decide([called('/a.mp3', 'Sea'), called('/b.mp3', 'One - Sea (Official Video)')])).toMatchObject([
      { others: [['/b.mp3', 'same ISRC', undefined]] },
    ]);
  });

  test('because it is only like a third one', () => {
    const songs = [song('/a.mp3', { file: { bitrateKbps: 320 } }), song('/b.mp3'), song('/c.mp3')];
    const pairs: Pair[] = [
      { one: 0, other: 1, evidence: 'same sound' },
      { one: 1, other: 2, evidence: 'same sound' },
    ];
    expect(decide(songs, pairs)).toMatchObject([
      {
        keep: '/a.mp3',
        others: [
          ['/b.mp3', 'same sound', undefined],
          ['/c.mp3', 'similar sound', 'only like another copy'],
        ],
      },
    ]);
  });

  test('because it is probably another master', () => {
    const pairs: Pair[] = [{ one: 0, other: 1, evidence: 'similar sound' }];
    expect(decide([song('/a.mp3'), song('/b.mp3')], pairs)).toMatchObject([
      { others: [['/b.mp3', 'similar sound', 'probably the same recording, mastered differently']] },
    ]);
  });
});

describe('symbolic links', () => {
  const groupOf = (links: readonly string[]) => {
    const linked = { ...isrc, file: { inode: 'same' } };
    const worse = { ...isrc, file: { inode: 'worse', bitrateKbps: 64 } };
    const copies = copiesOf([
      song('/a-link.mp3', linked),
      song('/a.mp3', linked),
      song('/b.mp3', worse),
      song('/c.mp3', worse),
    ]);
    return groupCopies(copies, identityPairs(copies)).map((group) => {
      const { keep, others } = withLinks(group, new Set(links));
      return [keep.paths, others.map(({ copy, keptBecause }) => [copy.paths, keptBecause])];
    });
  };

  test('are no names of the file that stays, and keep the one that they lead to', () => {
    expect(groupOf(['/a-link.mp3'])).toEqual([[['/a.mp3'], [[['/b.mp3', '/c.mp3'], undefined]]]]);
    expect(groupOf(['/c.mp3'])).toEqual([[['/a-link.mp3', '/a.mp3'], [[['/b.mp3'], 'a link leads to it']]]]);
  });

  test('are no copies', () => {
    expect(groupOf(['/b.mp3', '/c.mp3'])).toMatchObject([[{}, [[{}, 'it is only a link']]]]);
    expect(groupOf(['/a-link.mp3', '/a.mp3'])).toMatchObject([[{}, [[{}, 'the other is only a link']]]]);
  });
});
