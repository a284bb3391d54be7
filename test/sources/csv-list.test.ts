import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { listFile } from '../../src/sources/list-file.ts';
import type { TrackList } from '../../src/tracks/track.ts';
import { failureOf } from './failure-of.ts';

const fixtures = new URL('../fixtures/sources/', import.meta.url).pathname;
const signal = new AbortController().signal;
const folder = await mkdtemp(join(tmpdir(), 'harmoni-csv-'));
afterAll(() => rm(folder, { recursive: true }));

async function readCsv(content: string | Uint8Array, name = 'list.csv'): Promise<TrackList> {
  const path = join(folder, name);
  await writeFile(path, content);
  const [list] = await listFile.read(path, { signal });
  if (list === undefined) throw new Error('no list');
  return list;
}

async function readFixture(name: string): Promise<TrackList> {
  const [list] = await listFile.read(fixtures + name, { signal });
  if (list === undefined) throw new Error('no list');
  return list;
}

const names = (list: TrackList) => list.tracks.map(({ artist, track }) => `${artist} - ${track}`);
const small = 'Track Name,Artist Name(s),Album Name\nOnce,Pearl Jam,Ten\n"Alive, again",Pearl Jam,Ten\n';

describe('a text', () => {
  const bytes = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding);
  test.each([
    ['CRLF', small.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${small}`],
    ['blank lines', small.replaceAll('\n', '\n\n')],
    ['semicolons', small.replace('"Alive, again"', 'Alive, again').replace(/,(?! again)/g, ';')],
    ['tabs', small.replace('"Alive, again"', 'Alive, again').replace(/,(?! again)/g, '\t')],
    ['no last line break', small.trimEnd()],
    ['UTF-16LE', bytes(`\ufeff${small}`, 'utf16le')],
    ['UTF-16BE', bytes(`\ufeff${small}`, 'utf16le').swap16()],
    ['headers in capitals and spaces', small.replace('Track Name', '  TRACK NAME ')],
  ])('with %s is read', async (_, content) => {
    expect(names(await readCsv(content))).toEqual(['Pearl Jam - Once', 'Pearl Jam - Alive, again']);
  });

  test('in Windows-1252 keeps its accents', async () => {
    const list = await readCsv(Buffer.from('Track,Artist\nHalo,Beyonc\u00e9\n', 'latin1'));
    expect(names(list)).toEqual(['Beyoncé - Halo']);
  });

  test('without a header is told by its values', async () => {
    const list = await readCsv(
      'spotify:track:5hVghJ4KaYES3BFUATCYn0,EARFQUAKE,IGOR,"Tyler, The Creator;Playboi Carti"\n',
    );
    expect(list.tracks[0]).toMatchObject({
      track: 'EARFQUAKE',
      album: 'IGOR',
      artists: ['Tyler, The Creator', 'Playboi Carti'],
    });
  });

  test('with a line break in a cell keeps the row', async () => {
    const list = await readCsv(
      'Track,Artist,Copyright\nOnce,Pearl Jam,"(P) 1991\n(C) 1991"\nAlive,Pearl Jam,x\n',
    );
    expect(list.tracks.map(({ copyright }) => copyright)).toEqual(['(P) 1991 (C) 1991', 'x']);
  });
});

describe('translated headers in an order of their own', () => {
  test('are told by what stands beside the URIs', async () => {
    const list = await readCsv(
      'Nummer;Titel-URI;Titel;Interpreten-URI;Interpreten;Am;Bild;Code;Anstößig;Länge;Jahr\n' +
        '1;spotify:track:5hVghJ4KaYES3BFUATCYn0;EARFQUAKE;spotify:artist:4V8LLVI7PbaPR0K2TGSxFF;"Tyler, The Creator";' +
        '2020-03-14T09:26:53Z;https://i.scdn.co/image/ab67;USQX91901108;true;190066;2019-05-17\n',
    );
    expect(list.tracks[0]).toEqual({
      artists: ['Tyler, The Creator'],
      artist: 'Tyler, The Creator',
      track: 'EARFQUAKE',
      spotifyUri: 'spotify:track:5hVghJ4KaYES3BFUATCYn0',
      addedAt: '2020-03-14T09:26:53Z',
      coverUrl: 'https://i.scdn.co/image/ab67',
      isrc: 'USQX91901108',
      explicit: true,
      durationMs: 190066,
      releaseDate: '2019-05-17',
      extra: { NUMMER: '1', ARTIST_URIS: 'spotify:artist:4V8LLVI7PbaPR0K2TGSxFF' },
    });
  });
});

describe('rows that are no songs', () => {
  test('are kept with their number and the reason', async () => {
    const list = await readFixture('unusable-rows.csv');
    expect(names(list)).toEqual([
      'Queen - Bohemian Rhapsody - Remastered 2011',
      'Fugees (Refugee Camp) - No Woman, No Cry',
      'Tyler, The Creator - EARFQUAKE',
    ]);
    expect(list.skipped).toEqual([
      { row: 3, reason: 'a podcast episode', text: 'The Great Fire of London' },
      { row: 4, reason: 'no title', text: 'Queen' },
      { row: 5, reason: 'no artist name', text: 'Body Language' },
    ]);
  });

  test('are not the local files that have a name, in their columns or in their address', async () => {
    const list = await readCsv(
      'Track URI,Track Name,Artist Name(s),Album Name\n' +
        'spotify:local::::5,,,\n' +
        'spotify:local:A::Only+an+artist:5,,,\n' +
        'spotify:local:X:Y:Z:5,Take 7,"Garage Band",Tapes\n' +
        'spotify:local:A%3A+B:C%2B:100%25:61,undefined,,\n',
    );
    expect(list.skipped).toMatchObject([{ row: 1, reason: 'a local file without artist and title' }]);
    expect(list.tracks).toMatchObject([
      { artist: 'A', track: 'Only an artist', durationMs: 5_000 },
      { artist: 'Garage Band', track: 'Take 7', album: 'Tapes', durationMs: 5_000 },
      { artist: 'A: B', track: '100%', album: 'C+', durationMs: 61_000 },
    ]);
    expect(list.tracks.every(({ spotifyUri }) => spotifyUri === undefined)).toBe(true);
  });

  test('do not hide that none is a song', async () => {
    const failure = await failureOf(readFixture('podcasts-only.csv'));
    expect(failure.code).toBe('source-empty');
    expect(failure.message).toBe('podcasts-only.csv has no songs. Its 2 rows are: a podcast episode (2).');
    expect(failure.fix).toContain('not podcasts');
  });
});

describe('a damaged file', () => {
  test('keeps what is before the cut', async () => {
    const list = await readFixture('cut-off.csv');
    expect(list.tracks).toHaveLength(2);
    expect(list.skipped).toMatchObject([{ row: 3, reason: 'the file ends in the middle of this row' }]);
    expect(list.skipped[0]?.text).toContain('EARFQUAKE');
  });

  test('keeps all rows before the one that is cut, wherever it is cut', async () => {
    const whole = await readFile(`${fixtures}net-now.csv`, 'utf8');
    const ends = [...whole.matchAll(/\n/g)].map(({ index }) => index);
    for (let length = (ends[1] ?? 0) + 1; length < whole.length; length += 7) {
      const list = await readCsv(whole.slice(0, length));
      const complete = ends.filter((end) => end < length).length - 1;
      expect(list.tracks.length, `cut at ${length}`).toBeGreaterThanOrEqual(complete);
      expect(list.tracks.length + list.skipped.length, `cut at ${length}`).toBeLessThanOrEqual(complete + 1);
    }
  });

  test('loses only the row whose quotes are broken', async () => {
    const list = await readFixture('broken-quotes.csv');
    expect(list.tracks.map(({ track }) => track)).toEqual([
      'Bohemian Rhapsody - Remastered 2011',
      'Under Pressure - Remastered 2011',
      'The "Show" Must Go On',
      'EARFQUAKE',
    ]);
    expect(list.skipped).toMatchObject([{ row: 2, reason: 'the row has 23 cells instead of 24' }]);
    expect(list.skipped[0]?.text).toContain('Slightly Mad');
  });

  test('goes on after a quote that is never closed', async () => {
    const rows = Array.from({ length: 1200 }, (_, n) => `Song ${n},Artist ${n},Album\n`);
    rows[3] = 'Song 3,"Artist 3,Album\n';
    rows[700] = 'Song 700,"Artist 700,Album\n';
    const list = await readCsv(`Track,Artist,Album\n${rows.join('')}`);
    expect(list.tracks).toHaveLength(1198);
    expect(list.skipped.map(({ row }) => row)).toEqual([4, 701]);
  });

  test('may have a row with too many or too few cells', async () => {
    const list = await readCsv(
      'Track,Artist,Album\nOnce,Pearl Jam,Ten,9,8\nAlive,Pearl Jam\nBlack\nJeremy,Pearl Jam,Ten,,\n',
    );
    expect(names(list)).toEqual(['Pearl Jam - Alive', 'Pearl Jam - Jeremy']);
    expect(list.skipped).toEqual([
      { row: 1, reason: 'the row has 5 cells instead of 3', text: 'Once,Pearl Jam,Ten,9,8' },
      { row: 3, reason: 'no artist name', text: 'Black' },
    ]);
  });
});

describe('a file that is no list', () => {
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.alloc(500, 0x83),
  ]);
  test.each([
    ['an empty file', '', 'list.csv is empty.'],
    ['blanks', ' \n\n', 'list.csv contains only whitespace.'],
    ['a header alone', 'Track Name,Artist Name(s)\n', 'list.csv has no songs.'],
    ['a picture', png, "list.csv isn't a text file: it contains binary data."],
    ['an archive', Buffer.from('PK\u0003\u0004 and so on'), 'list.csv is a ZIP archive, not a text file.'],
    ['a web page', '<!DOCTYPE html>\n<html></html>', 'list.csv is a saved web page, not a list of songs.'],
    [
      'another table',
      'Date,Amount,Currency\n2024-01-01,12.50,EUR\n',
      'list.csv has no title and artist columns that HARMONI knows. It has "Date", "Amount", "Currency".',
    ],
  ])('such as %s is refused with the reason', async (_, content, message) => {
    const failure = await failureOf(readCsv(content));
    expect(failure).toMatchObject({ code: 'source-empty', message });
    expect(failure.fix).not.toBe('');
  });

  test('or is not there', async () => {
    expect(await failureOf(listFile.read(join(folder, 'none.csv'), { signal }))).toMatchObject({
      code: 'source-not-found',
    });
  });
});

describe('artists', () => {
  const artistsIn = async (...cells: readonly string[]) =>
    (await readCsv(`Track,Artist\n${cells.map((cell) => `x,"${cell}"\n`).join('')}`)).tracks.map(
      ({ artists }) => artists,
    );

  test('are divided as the whole file does it, also before the row that tells', async () => {
    expect(await artistsIn('Tyler, The Creator', 'Queen;David Bowie', 'Earth, Wind & Fire')).toEqual([
      ['Tyler, The Creator'],
      ['Queen', 'David Bowie'],
      ['Earth, Wind & Fire'],
    ]);
    expect(await artistsIn('Tyler, The Creator', 'Queen,David Bowie')).toEqual([
      ['Tyler, The Creator'],
      ['Queen', 'David Bowie'],
    ]);
    expect(await artistsIn('Queen, David Bowie')).toEqual([['Queen', 'David Bowie']]);
  });

  test('of exportify.net until September 2025 have a comma between them, and ";" in a name', async () => {
    const rows = [
      'Guest; Semi',
      'The Frozen Junipers,Engine & Needle',
      'A,B',
      'Tyler, The Creator,Semi;Colon',
    ];
    const list = await readCsv(
      'Spotify URI,Track Name,Album Name,Duration (ms),Artist Name(s),Added At,Genres\n' +
        rows.map((cell, n) => `,Song ${n},Album,60000,"${cell}",,\n`).join(''),
    );
    expect(list.tracks.map(({ artists }) => artists)).toEqual([
      ['Guest; Semi'],
      ['The Frozen Junipers', 'Engine & Needle'],
      ['A', 'B'],
      ['Tyler, The Creator', 'Semi;Colon'],
    ]);
  });

  test('of exportify.app are as many as their URIs, and so are those of the album', async () => {
    const rows = [
      ['Guest; Semi', 'a'],
      ['Guest; Semi, Other', 'a,b'],
      ['Tyler, The Creator, Semi;Colon', 'a,b'],
    ];
    const list = await readCsv(
      'Track URI,Track Name,Artist URI(s),Artist Name(s),Album Name,Album Artist URI(s),Album Artist Name(s),' +
        'Disc Number,Track Number,Track Duration (ms),Added At\n' +
        rows
          .map(([cell, uris]) => `,Song,"${uris}","${cell}",Album,"${uris}","${cell}",1,1,60000,\n`)
          .join(''),
    );
    const artists = [['Guest; Semi'], ['Guest; Semi', 'Other'], ['Tyler, The Creator', 'Semi;Colon']];
    expect(list.tracks.map((track) => track.artists)).toEqual(artists);
    expect(list.tracks.map(({ albumArtists }) => albumArtists)).toEqual(artists);
  });
});

describe('a table with one column', () => {
  const songs = ['Tyler, The Creator - EARFQUAKE', 'Queen;David Bowie - Under Pressure'];
  test.each([
    ['a header', ['Artist - Title', ...songs.map((song) => `"${song}"`)]],
    ['a header of another name', ['Meine Lieder', ...songs.map((song) => `"${song}"`)]],
    ['no header', songs.map((song) => `"${song}"`)],
    ['commas without quotes', ['Artist - Title', ...songs]],
    ['commas without quotes and no header', songs],
    ['numbers', ['Songs', ...songs.map((song, index) => `"${index + 1}. ${song}"`)]],
  ])('is read as a text with a song on each line: %s', async (_, lines) => {
    expect(names(await readCsv(`${lines.join('\n')}\n`))).toEqual([
      'Tyler, The Creator - EARFQUAKE',
      'Queen, David Bowie - Under Pressure',
    ]);
  });

  test('may have links, and quotes in a title', async () => {
    const list = await readCsv('Song\nhttps://youtu.be/fJ9rUzIMcZQ\n"Bowie - ""Heroes"""\n');
    expect(list.tracks.map(({ track, media }) => media?.id ?? track)).toEqual(['fJ9rUzIMcZQ', '"Heroes"']);
  });

  test.each(['Title\nHalo\nOnce\n', 'Date\n2024-01-01\n2024-01-02\n', 'Song\n'])(
    'that has no artists is refused: %j',
    async (content) => {
      expect(await failureOf(readCsv(content))).toMatchObject({ code: 'source-empty' });
    },
  );
});

describe('hostile names', () => {
  test('stay data without control characters', async () => {
    const list = await readCsv(
      'Track,Artist\n"../../\u001b[31mred\u0000\nnext\u0085line","a\u202eb\u0007"\n',
    );
    expect(list.tracks[0]).toMatchObject({ track: '../../[31mred next line', artist: 'a\u202eb' });
  });

  test('cannot reach the prototype of what is read', async () => {
    const list = await readCsv('Track,Artist,__proto__,constructor\nOnce,Pearl Jam,x,y\n');
    expect(list.tracks[0]?.extra).toEqual({ PROTO: 'x', CONSTRUCTOR: 'y' });
  });
});

test('values that do not fit their column are kept beside it', async () => {
  const list = await readCsv(
    'Track,Artist,Duration (ms),Release Date,Explicit,ISRC,Tempo,Key,Added At,Track Number\nOnce,Pearl Jam,long,01/05/91,perhaps,none,fast,C,yesterday,A1\n',
  );
  expect(list.tracks[0]).toEqual({
    artists: ['Pearl Jam'],
    artist: 'Pearl Jam',
    track: 'Once',
    extra: {
      DURATION_MS: 'long',
      RELEASE_DATE: '01/05/91',
      EXPLICIT: 'perhaps',
      ISRC: 'none',
      TEMPO: 'fast',
      KEY: 'C',
      ADDED_AT: 'yesterday',
      NUMBER: 'A1',
    },
  });
});
