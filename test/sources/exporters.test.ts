import { describe, expect, test } from 'vitest';
import { failureOf } from './failure-of.ts';
import { listOf, listsOf, nameOf, utf16 } from './read-text.ts';

const youtube = (id: string) => ({ provider: 'youtube', id });
const urlOf = (id: string) => `https://www.youtube.com/watch?v=${id}`;

describe('a playlist of Google Takeout', () => {
  const rows = 'fJ9rUzIMcZQ,2023-12-07T15:57:57+00:00\r\n-_9rUzIMcZ0,2023-12-08T18:08:55+00:00\r\n';

  test('has the videos, and what they are called is found out when they are fetched', async () => {
    const list = await listOf('Evening-videos.csv', `Video ID,Playlist Video Creation Timestamp\r\n${rows}`);
    expect(list).toEqual({
      name: 'Evening',
      tracks: [
        {
          artists: [],
          artist: '',
          track: urlOf('fJ9rUzIMcZQ'),
          media: youtube('fJ9rUzIMcZQ'),
          addedAt: '2023-12-07T15:57:57+00:00',
        },
        {
          artists: [],
          artist: '',
          track: urlOf('-_9rUzIMcZ0'),
          media: youtube('-_9rUzIMcZ0'),
          addedAt: '2023-12-08T18:08:55+00:00',
        },
      ],
      skipped: [],
      folder: 'own',
    });
  });

  test.each([
    ['with a header in another language', `ID do vídeo,Carimbo de data/hora de criação\n${rows}`],
    ['with one id alone', `Video-ID,Zeitstempel der Erstellung des Playlist-Videos\n${rows}`],
    ['without times', 'Video Id\nfJ9rUzIMcZQ\n-_9rUzIMcZ0\n'],
    ['with blank lines at its end', `Video ID,Playlist Video Creation Timestamp\n${rows}\n\n`],
  ])('%s is known', async (_, content) => {
    const list = await listOf('Evening-videos.csv', content);
    expect(list.tracks.map(({ media }) => media?.id)).toEqual(['fJ9rUzIMcZQ', '-_9rUzIMcZ0']);
    expect(list.skipped).toEqual([]);
  });

  test('of the older form has its name above the videos', async () => {
    const list = await listOf(
      'Later.csv',
      'Playlist Id,Channel Id,Time Created,Time Updated,Title,Description,Visibility\n' +
        'PLx,UCx,2019-01-01 00:00:00 UTC,2019-01-02 00:00:00 UTC,"Late, later","a\nb",Private\n\n' +
        'Video Id,Time Added\nfJ9rUzIMcZQ,2020-03-04 05:06:07 UTC\n',
    );
    expect(list.name).toBe('Late, later');
    expect(list.tracks).toMatchObject([{ media: youtube('fJ9rUzIMcZQ'), addedAt: '2020-03-04T05:06:07Z' }]);
  });

  test('keeps rows that hold no id, with the reason', async () => {
    const list = await listOf('Evening-videos.csv', 'Video ID,Time Added\nfJ9rUzIMcZQ,\nshort,\n,\n');
    expect(list.tracks).toHaveLength(1);
    expect(list.skipped).toEqual([
      { row: 2, reason: 'no title and no artist name', text: 'short,' },
      { row: 3, reason: 'no title and no artist name', text: ',' },
    ]);
  });

  test('without videos is refused with the reason', async () => {
    expect(await failureOf(listOf('Empty.csv', 'Video ID,Time Added\n'))).toMatchObject({
      message: 'Empty.csv has no songs.',
    });
  });
});

describe('"music library songs.csv" of Google Takeout', () => {
  test.each([
    [
      'with links',
      'Song URL,Song Title,Album Title,Artist Names\n' +
        'https://music.youtube.com/watch?v=fJ9rUzIMcZQ,Under Pressure,Hot Space,"Queen, David Bowie"\n',
    ],
    [
      'with a column for each artist',
      'Video ID,Song Title,Album Title,Artist Name 1,Artist Name 2,Artist Name 3\n' +
        'fJ9rUzIMcZQ,Under Pressure,Hot Space,Queen,David Bowie,\n',
    ],
    [
      'in another language',
      'ID do vídeo,Song Title,Album Title,Artist Name 1,Artist Name 2\n' +
        'fJ9rUzIMcZQ,Under Pressure,Hot Space,Queen,David Bowie\n',
    ],
  ])('%s gives all of it', async (_, content) => {
    expect((await listOf('music library songs.csv', content)).tracks).toEqual([
      {
        artists: ['Queen', 'David Bowie'],
        artist: 'Queen, David Bowie',
        track: 'Under Pressure',
        album: 'Hot Space',
        media: youtube('fJ9rUzIMcZQ'),
      },
    ]);
  });

  test('keeps a comma that is part of a name', async () => {
    const list = await listOf(
      'songs.csv',
      'Video ID,Song Title,Artist Name 1,Artist Name 2\nfJ9rUzIMcZQ,EARFQUAKE,"Tyler, The Creator",Playboi Carti\n',
    );
    expect(list.tracks[0]?.artists).toEqual(['Tyler, The Creator', 'Playboi Carti']);
  });
});

describe('a CSV of TuneMyMusic', () => {
  const header = 'Track name,Artist name,Album,Playlist name,Type,ISRC,Spotify - id\r\n';

  test('is one list for each playlist, in order', async () => {
    const lists = await listsOf(
      'My Spotify Library.csv',
      `\ufeff${header}` +
        '"Lazy","Deep Purple","Machine Head","Road; fast","Playlist","GBAYE7200071","5hVghJ4KaYES3BFUATCYn0"\r\n' +
        '"Vogue","Madonna","I\'m Breathless","Pop","Playlist","",""\r\n' +
        '"","","","Pop","Playlist","",""\r\n' +
        '"Highway Star","Deep Purple","Machine Head","Road; fast","Playlist","",""\r\n' +
        '"Jeremy","Pearl Jam","Ten","Favorite Songs","Favorite","",""\r\n',
    );
    expect(lists.map(({ name, tracks }) => [name, ...tracks.map(nameOf)])).toEqual([
      ['Road; fast', 'Deep Purple | Lazy', 'Deep Purple | Highway Star'],
      ['Pop', 'Madonna | Vogue'],
      ['Favorite Songs', 'Pearl Jam | Jeremy'],
    ]);
    expect(lists[1]?.skipped).toMatchObject([{ row: 2, reason: 'no title and no artist name' }]);
    expect(lists[0]?.tracks[0]).toEqual({
      artists: ['Deep Purple'],
      artist: 'Deep Purple',
      track: 'Lazy',
      album: 'Machine Head',
      isrc: 'GBAYE7200071',
      spotifyUri: 'spotify:track:5hVghJ4KaYES3BFUATCYn0',
      extra: { TYPE: 'Playlist' },
    });
  });

  test('of one playlist has its name', async () => {
    expect((await listOf('export.csv', `${header}Vogue,Madonna,,Pop,Playlist,,\r\n`)).name).toBe('Pop');
  });

  test('from YouTube names the videos', async () => {
    const list = await listOf(
      'export.csv',
      'Track name,Artist name,Playlist name,Type,Youtube - id\nVogue,Madonna,Pop,Playlist,fJ9rUzIMcZQ\n',
    );
    expect(list.tracks[0]?.media).toEqual(youtube('fJ9rUzIMcZQ'));
  });
});

describe('an export of Soundiiz', () => {
  test('with semicolons gives all of it', async () => {
    const list = await listOf(
      'Evening.csv',
      '\ufefftitle;artist;album;isrc;addedDate;addedBy;duration;url\n' +
        '"Wait; Now";Bj\u00f6rk;"The ""Best"";1";gbaye7200071;2024-01-02T03:04:05Z;someone;225s;https://www.youtube.com/watch?v=fJ9rUzIMcZQ\n' +
        'Lazy;Deep Purple;;;;;;https://www.deezer.com/track/1\n',
    );
    expect(list.tracks).toEqual([
      {
        artists: ['Björk'],
        artist: 'Björk',
        track: 'Wait; Now',
        album: 'The "Best";1',
        isrc: 'GBAYE7200071',
        addedAt: '2024-01-02T03:04:05Z',
        durationMs: 225_000,
        media: youtube('fJ9rUzIMcZQ'),
      },
      {
        artists: ['Deep Purple'],
        artist: 'Deep Purple',
        track: 'Lazy',
        extra: { URL: 'https://www.deezer.com/track/1' },
      },
    ]);
  });
});

describe('the text that iTunes exports', () => {
  const header =
    'Name\tArtist\tComposer\tAlbum\tGrouping\tWork\tMovement Number\tMovement Count\tMovement Name\tGenre\tSize\tTime\t' +
    'Disc Number\tDisc Count\tTrack Number\tTrack Count\tYear\tDate Modified\tDate Added\tBit Rate\tPlays\tLocation';
  const row =
    '"Heroes" (12" Mix)\tDavid Bowie\tBowie/Eno\t12" & 7"\t\t\t\t\t\tRock\t8000000\t213\t1\t2\t3\t12\t1977\t' +
    '01.02.20, 03:04\t01.02.19, 03:04\t256\t7\tMacintosh HD:Music:a.m4a';
  const plain = 'Lazy\tDeep Purple\t\tMachine Head\t\t\t\t\t\tRock\t8\t442\t\t\t5\t7\t1972\t\t\t\t\t';

  test.each([
    ['on Windows', utf16([header, row, plain, ''].join('\r\n'))],
    ['on a Mac', utf16([header, row, plain].join('\r'))],
    ['in UTF-8', [header, row, plain, ''].join('\n')],
  ])('%s gives all of it', async (_, content) => {
    const list = await listOf('Evening.txt', content);
    expect(list.skipped).toEqual([]);
    expect(list.tracks).toEqual([
      {
        artists: ['David Bowie'],
        artist: 'David Bowie',
        track: '"Heroes" (12" Mix)',
        album: '12" & 7"',
        genres: ['Rock'],
        durationMs: 213_000,
        discNumber: 1,
        discTotal: 2,
        trackNumber: 3,
        trackTotal: 12,
        releaseDate: '1977',
        extra: {
          COMPOSER: 'Bowie/Eno',
          SIZE: '8000000',
          DATE_MODIFIED: '01.02.20, 03:04',
          DATE_ADDED: '01.02.19, 03:04',
          BIT_RATE: '256',
          PLAYS: '7',
          LOCATION: 'Macintosh HD:Music:a.m4a',
        },
      },
      {
        artists: ['Deep Purple'],
        artist: 'Deep Purple',
        track: 'Lazy',
        album: 'Machine Head',
        genres: ['Rock'],
        durationMs: 442_000,
        trackNumber: 5,
        trackTotal: 7,
        releaseDate: '1972',
        extra: { SIZE: '8' },
      },
    ]);
  });

  test.each([31, 27])('of %i columns is known in any language', async (count) => {
    const names =
      'Name|Interpret|Komponist|Album|Werkgruppe|Werk|Satznummer|Satzanzahl|Satzname|Genre|Größe|Dauer|CD|CDs'
        .concat(
          '|Titelnummer|Titelanzahl|Jahr|Geändert|Hinzugefügt|Datenrate|Abtastrate|Lautstärke|Art|Equalizer',
        )
        .concat('|Kommentare|Wiedergaben|Zuletzt|Übersprungen|Zuletzt|Meine Wertung|Ort')
        .split('|');
    const cells =
      'Lazy|Earth, Wind & Fire||Machine Head||||||Rock|8000000|442|1|2|5|7|1972|30.04.25, 08:52||256|44100||AAC'
        .concat('|||3||||100|')
        .split('|');
    const short = (row: readonly string[]) =>
      count === 31 ? row : row.filter((_, index) => index < 5 || index > 8);
    const text = [names, cells, cells].map((row) => short(row).join('\t')).join('\r\n');
    const list = await listOf('Abend.txt', utf16(text));
    expect(list.tracks).toHaveLength(2);
    expect(list.tracks[1]).toEqual({
      artists: ['Earth, Wind & Fire'],
      artist: 'Earth, Wind & Fire',
      track: 'Lazy',
      album: 'Machine Head',
      genres: ['Rock'],
      durationMs: 442_000,
      discNumber: 1,
      discTotal: 2,
      trackNumber: 5,
      trackTotal: 7,
      releaseDate: '1972',
      extra: {
        SIZE: '8000000',
        DATE_MODIFIED: '30.04.25, 08:52',
        BIT_RATE: '256',
        SAMPLE_RATE: '44100',
        KIND: 'AAC',
        PLAYS: '3',
        MY_RATING: '100',
      },
    });
  });

  test('cut off in a row keeps what is before', async () => {
    const list = await listOf('Evening.txt', utf16([header, plain, row.slice(0, 40)].join('\r\n')));
    expect(list.tracks.map(nameOf)).toEqual(['Deep Purple | Lazy']);
    expect(list.skipped).toMatchObject([{ row: 2, reason: 'the file ends in the middle of this row' }]);
  });
});

test.each(['Evening.tsv', 'Evening.csv', 'Evening', 'Evening.data'])(
  'a table with tabs is one under any name: %s',
  async (name) => {
    const list = await listOf(name, 'Title\tArtist\tLength\nLazy\tDeep Purple\t7:22\n');
    expect(list.tracks).toMatchObject([{ artist: 'Deep Purple', track: 'Lazy', durationMs: 442_000 }]);
  },
);
