import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pathsIn } from '../../src/downloads/m3u8.ts';
import { withMark } from '../../src/downloads/lyrics-file.ts';
import { createOrganiseBench, templates, type OrganiseBench } from './organise-bench.ts';

const { 'artist-album': byAlbum = '', jellyfin = '', 'folder-per-playlist': byList = '' } = templates;
const air = { title: 'Airbag', artist: 'Radiohead', album: 'OK Computer', trackNumber: 1 };
const karma = { title: 'Karma Police', artist: 'Radiohead', album: 'OK Computer', trackNumber: 6 };
const alone = { title: 'Alone', artist: 'Nobody' };

/** Two lists with a folder each, that share a song by a hard link. */
function twoLists(): OrganiseBench {
  const bench = createOrganiseBench();
  bench.song('Mix/Radiohead - Airbag.opus', air);
  bench.song('Mix/Radiohead - Karma Police.opus', karma);
  bench.link('Mix/Radiohead - Airbag.opus', 'Rain/Radiohead - Airbag.opus', air);
  bench.song('Rain/Nobody - Alone.mp3', alone);
  bench.put('Mix/Radiohead - Airbag.lrc', '[00:01.00]words');
  bench.put('Rain/Radiohead - Airbag.lrc', '[00:01.00]words');
  bench.put('Rain/cover.jpg', 'a cover');
  bench.list('Mix', 'Mix/Mix.m3u8', ['Mix/Radiohead - Karma Police.opus', 'Mix/Radiohead - Airbag.opus']);
  bench.list('Rain', 'Rain/Rain.m3u8', ['Rain/Radiohead - Airbag.opus', 'Rain/Nobody - Alone.mp3']);
  return bench;
}

const byAlbumFiles = {
  'Nobody/Unknown/Alone.mp3': 'Nobody - Alone',
  'Playlists/Mix.m3u8': 'Radiohead - Karma Police, Radiohead - Airbag',
  'Playlists/Rain.m3u8': 'Radiohead - Airbag, Nobody - Alone',
  'Radiohead/OK Computer/01 - Airbag.lrc': '[00:01.00]words',
  'Radiohead/OK Computer/01 - Airbag.opus': 'Radiohead - Airbag',
  'Radiohead/OK Computer/06 - Karma Police.opus': 'Radiohead - Karma Police',
};

test('folders of playlists become folders of albums, with one file per song, and back by undo', async () => {
  const bench = twoLists();
  const before = bench.files();
  const indexed = bench.indexed();
  const { id = 0, left, stoppedBy } = await bench.organise(await bench.look(byAlbum));
  expect([left, stoppedBy]).toEqual([[], undefined]);
  // The folder's cover belongs to none of two albums.
  expect(bench.files()).toEqual({ ...byAlbumFiles, 'Rain/cover.jpg': 'a cover' });
  expect(bench.indexed()).toEqual(Object.keys(byAlbumFiles).filter((path) => /opus|mp3/.test(path)));
  expect(existsSync(bench.at('Mix'))).toBe(false);

  const again = await bench.look(byAlbum);
  expect(again.plan).toMatchObject({ songs: [], merges: [], links: [], sidecars: [], inPlace: 3 });
  expect((await bench.organise(again)).id).toBeUndefined();

  const { id: back = 0, changes } = await bench.undo(id);
  expect(changes.filter(({ way }) => way === undefined)).toEqual([]);
  expect(bench.files()).toEqual(before);
  expect(bench.indexed()).toEqual(indexed);
  expect(existsSync(bench.at('Radiohead'))).toBe(false);

  await bench.undo(back);
  expect(bench.files()).toEqual({ ...byAlbumFiles, 'Rain/cover.jpg': 'a cover' });
});

test('one file per song becomes a folder per playlist, with a link for each further list', async () => {
  const bench = twoLists();
  const before = bench.files();
  await bench.organise(await bench.look(byAlbum));
  rmSync(bench.at('Rain/cover.jpg'));
  const { id = 0, linked } = await bench.organise(await bench.look(byList));
  expect(linked).toHaveLength(1);
  expect(Object.entries(before)).toEqual(expect.arrayContaining(Object.entries(bench.files())));
  expect(Object.keys(bench.files())).toHaveLength(Object.keys(before).length - 2);
  await bench.undo(id);
  expect(bench.files()).toEqual(byAlbumFiles);
});

test('a link into a second list is what its playlist file names, and nothing is left to do, whether or not it was killed', async () => {
  const bench = twoLists();
  await bench.organise(await bench.look(byAlbum));
  await bench.organise(await bench.look(byList));
  const entries = (): readonly string[] => pathsIn(readFileSync(bench.at('Rain/Rain.m3u8'), 'utf8'));
  expect(entries()).toEqual(['Radiohead - Airbag.opus', 'Nobody - Alone.mp3']);
  const done = { songs: [], links: [], merges: [], inPlace: 4 };
  expect((await bench.look(byList)).plan).toMatchObject(done);

  // As a kill leaves it: the link is there, and the playlist file names the song in the other list.
  const text = readFileSync(bench.at('Rain/Rain.m3u8'), 'utf8');
  const other = '\n../Mix/Radiohead - Airbag.opus\n';
  bench.rewriteList('Rain', 'Rain/Rain.m3u8', text.replace('\nRadiohead - Airbag.opus\n', other));
  expect(entries()[0]).toBe(other.trim());
  const again = await bench.look(byList);
  expect(again.plan).toMatchObject(done);
  await bench.organise(again);
  expect(entries()).toEqual(['Radiohead - Airbag.opus', 'Nobody - Alone.mp3']);
});

test('without links a song in two lists has one place, which both name', async () => {
  const bench = createOrganiseBench({}, 'skip');
  bench.song('A/x.mp3', alone);
  bench.list('One', 'Playlists/One.m3u8', ['A/x.mp3']);
  bench.list('Two', 'Playlists/Two.m3u8', ['A/x.mp3']);
  await bench.organise(await bench.look(byList));
  expect(bench.files()).toEqual({
    'One/Nobody - Alone.mp3': 'Nobody - Alone',
    'One/One.m3u8': 'Nobody - Alone',
    'Two/Two.m3u8': 'Nobody - Alone',
  });
});

test("the user's own files are moved only when that is asked for, and links and broken files never", async () => {
  const bench = createOrganiseBench();
  bench.song('mine.mp3', alone, { downloaded: false });
  bench.song('no tags.mp3', { title: 'x', artist: 'y' }, { downloaded: false });
  bench.song('broken.mp3', { title: 'Broken', artist: 'B' }, { fault: 'the end is missing' });
  bench.song('elsewhere.mp3', { title: 'Link', artist: 'L' });
  rmSync(bench.at('elsewhere.mp3'));
  symlinkSync(bench.at('mine.mp3'), bench.at('elsewhere.mp3'));
  bench.song('no title.mp3', { title: undefined, artist: 'N' }, { downloaded: false });
  const { plan, own } = await bench.look(byAlbum);
  expect(plan.songs).toEqual([]);
  expect(own).toBe(3);
  expect(plan.left.map(({ reason }) => reason).toSorted()).toEqual(['broken', 'link']);
  const all = await bench.look(byAlbum, { includeOwn: true });
  expect(all.ownMoves).toBe(2);
  // What its name says would be lost.
  expect(all.plan.left).toContainEqual({ path: bench.at('no title.mp3'), reason: 'untagged' });
  await bench.organise(all);
  expect(bench.files()['Nobody/Unknown/Alone.mp3']).toBe('Nobody - Alone');
});

test('a query moves what it means, around the rest, and leaves playlist files in their places', async () => {
  const bench = twoLists();
  bench.song('Radiohead/OK Computer/01 - airbag.opus', { ...air, date: '2017' }, { downloaded: false });
  await bench.organise(await bench.look(byAlbum, { words: ['airbag'] }));
  expect(bench.files()).toMatchObject({
    'Mix/Mix.m3u8': 'Radiohead - Karma Police, Radiohead - Airbag',
    'Rain/Rain.m3u8': 'Radiohead - Airbag, Nobody - Alone',
    'Radiohead/OK Computer/01 - Airbag (2).opus': 'Radiohead - Airbag',
    'Mix/Radiohead - Karma Police.opus': 'Radiohead - Karma Police',
  });
});

test("the user's own playlist files follow, and what they said is in the trash", async () => {
  const bench = twoLists();
  const own = '#EXTM3U\r\n..\\Mix\\Radiohead - Karma Police.opus\r\nnothing.mp3\r\n';
  bench.put('My lists/mine.m3u', own);
  const { id = 0 } = await bench.organise(await bench.look(byAlbum));
  expect(readFileSync(bench.at('My lists/mine.m3u'), 'utf8')).toBe(
    '#EXTM3U\r\n..\\Radiohead\\OK Computer\\06 - Karma Police.opus\r\nnothing.mp3\r\n',
  );
  await bench.undo(id);
  expect(readFileSync(bench.at('My lists/mine.m3u'), 'utf8')).toBe(own);
});

test('songs change places, discs and compilations have theirs, and covers go with their album', async () => {
  const bench = createOrganiseBench();
  const album = { artist: 'V', albumArtist: 'V', album: 'Best' };
  bench.song('V/Best/1-01 b.mp3', { ...album, title: 'a', trackNumber: 1, discNumber: 2 });
  bench.song('V/Best/2-01 a.mp3', { ...album, title: 'b', trackNumber: 1, discNumber: 1 });
  bench.song('Hits/x.mp3', { title: 'x', artist: 'X', album: 'Hits', isCompilation: true });
  bench.song('Hits/y.mp3', { title: 'y', artist: 'Y', album: 'Hits', isCompilation: true });
  bench.put('Hits/cover.jpg', 'a cover');
  bench.song('lost/z.mp3', { title: 'z', artist: 'Z' });
  await bench.organise(await bench.look(jellyfin));
  expect(bench.files()).toEqual({
    'V/Best/1-01 b.mp3': 'V - b',
    'V/Best/2-01 a.mp3': 'V - a',
    'Various Artists/Hits/cover.jpg': 'a cover',
    'Various Artists/Hits/x.mp3': 'X - x',
    'Various Artists/Hits/y.mp3': 'Y - y',
    'Z/Singles/z.mp3': 'Z - z',
  });
});

test('lyrics of every kind go with their song, and those of two songs of one name with the last of them', async () => {
  const bench = createOrganiseBench();
  bench.song('A - x.mp3', { title: 'x', artist: 'A' });
  for (const ending of ['LRC', 'ttml', 'srt', 'txt']) bench.put(`A - x.${ending}`, ending);
  bench.song('B - y.mp3', { title: 'y', artist: 'B' });
  bench.song('B - y.flac', { title: 'y', artist: 'B' }, { downloaded: false });
  bench.put('B - y.lrc', 'words');
  bench.put('linked.lrc', 'words');
  symlinkSync(bench.at('linked.lrc'), bench.at('A - x.elrc'));
  const { left } = await bench.organise(await bench.look('{artist}/{title}'));
  expect(left).toEqual([]);
  expect(bench.files()).toEqual({
    'A/x.LRC': 'LRC',
    'A/x.mp3': 'A - x',
    'A/x.srt': 'srt',
    'A/x.ttml': 'ttml',
    'A/x.txt': 'txt',
    'B - y.flac': 'B - y',
    'B - y.lrc': 'words',
    'B/y.mp3': 'B - y',
    'linked.lrc': 'words',
  });
  await bench.organise(await bench.look('{artist}/{title}', { includeOwn: true }));
  expect(bench.files()).toMatchObject({ 'B/y.flac': 'B - y', 'B/y.lrc': 'words' });
});

test('the lyrics of a second copy go to the song that is there for both, and a link takes its own along', async () => {
  const bench = createOrganiseBench();
  bench.song('One/A - x.mp3', { title: 'x', artist: 'A' });
  bench.link('One/A - x.mp3', 'Two/A - x.mp3', { title: 'x', artist: 'A' });
  bench.put('Two/A - x.lrc', withMark('words'));
  bench.list('One', 'One/One.m3u8', ['One/A - x.mp3']);
  bench.list('Two', 'Two/Two.m3u8', ['Two/A - x.mp3']);
  const before = bench.files();
  const { id = 0 } = await bench.organise(await bench.look('{artist}/{title}'));
  const after = {
    'A/x.lrc': withMark('words'),
    'A/x.mp3': 'A - x',
    'Playlists/One.m3u8': 'A - x',
    'Playlists/Two.m3u8': 'A - x',
  };
  expect(bench.files()).toEqual(after);
  const { id: linked = 0 } = await bench.organise(await bench.look(byList));
  expect(bench.files()).toEqual({ ...before, 'One/A - x.lrc': withMark('words') });
  await bench.undo(linked);
  expect(bench.files()).toEqual(after);
  await bench.undo(id);
  expect(bench.files()).toEqual(before);
});

test('a stop in the middle leaves every song whole and in its playlists, and the rest is done by doing it again', async () => {
  const bench = twoLists();
  const stop = new AbortController();
  const view = await bench.look(byAlbum);
  const { store } = bench;
  const move = store.files.move.bind(store.files);
  let moves = 0;
  Object.assign(store.files, {
    move: (from: string, to: string) => {
      moves += 1;
      if (moves === 1) stop.abort(new Error('stopped'));
      move(from, to);
    },
  });
  const { stoppedBy, id = 0 } = await bench.organise(view, stop.signal);
  expect(stoppedBy).toBeDefined();
  expect(bench.files()['Mix/Mix.m3u8']).toBe('Radiohead - Karma Police, Radiohead - Airbag');
  await bench.organise(await bench.look(byAlbum));
  expect(bench.files()).toMatchObject(byAlbumFiles);
  expect(bench.store.journal.run(id)?.endedAt).toBeDefined();
});

test('what takes a name meanwhile is left alone, and said', async () => {
  const bench = twoLists();
  const view = await bench.look(byAlbum);
  mkdirSync(bench.at('Radiohead/OK Computer'), { recursive: true });
  writeFileSync(bench.at('Radiohead/OK Computer/06 - Karma Police.opus'), "the user's");
  rmSync(bench.at('Rain/Nobody - Alone.mp3'));
  const { left } = await bench.organise(view);
  expect(left).toEqual([
    { path: bench.at('Rain/Nobody - Alone.mp3'), reason: 'gone' },
    { path: bench.at('Mix/Radiohead - Karma Police.opus'), reason: 'taken' },
  ]);
  expect(bench.files()).toMatchObject({
    'Mix/Radiohead - Karma Police.opus': 'Radiohead - Karma Police',
    'Radiohead/OK Computer/06 - Karma Police.opus': "the user's",
  });
});

/** A song with lyrics, and another one, in a list. */
function oneList(): OrganiseBench {
  const bench = createOrganiseBench();
  bench.song('M/A - x.mp3', { title: 'x', artist: 'A' });
  bench.song('M/B - y.mp3', { title: 'y', artist: 'B' });
  bench.put('M/A - x.lrc', 'words');
  bench.list('M', 'M/M.m3u8', ['M/A - x.mp3', 'M/B - y.mp3']);
  return bench;
}

test('a folder that the disk takes for the same, though it is spelled otherwise, is the right one', async () => {
  const bench = createOrganiseBench();
  bench.song('a/x.mp3', { title: 'x', artist: 'A' });
  symlinkSync(bench.at('a'), bench.at('A'));
  expect((await bench.look('{artist}/{title}')).plan).toMatchObject({ songs: [], inPlace: 1 });
});

test('a song whose place is taken keeps its lyrics beside it', async () => {
  const bench = oneList();
  mkdirSync(bench.at('A/x.mp3'), { recursive: true });
  const { left } = await bench.organise(await bench.look('{artist}/{title}'));
  expect(left).toEqual([{ path: bench.at('M/A - x.mp3'), reason: 'taken' }]);
  expect(bench.files()).toEqual({
    'B/y.mp3': 'B - y',
    'M/A - x.lrc': 'words',
    'M/A - x.mp3': 'A - x',
    'Playlists/M.m3u8': 'A - x, B - y',
  });
});

test("what can't be written leaves the others their way, and says why", async () => {
  const bench = oneList();
  bench.put('A', "the user's");
  bench.put('Playlists', "the user's");
  const { left, stoppedBy } = await bench.organise(await bench.look('{artist}/{title}'));
  expect(stoppedBy).toBeUndefined();
  expect(left.map(({ path, message }) => [path, message])).toEqual([
    [bench.at('M/A - x.lrc'), `${bench.at('A')} is a file, but HARMONI needs a folder there.`],
    [bench.at('M/A - x.mp3'), `${bench.at('A')} is a file, but HARMONI needs a folder there.`],
    [bench.at('M/M.m3u8'), `${bench.at('Playlists')} is a file, but HARMONI needs a folder there.`],
  ]);
  expect(bench.files()).toMatchObject({ 'B/y.mp3': 'B - y', 'M/M.m3u8': 'A - x, B - y' });
});

test.each(['changed since', 'its old name taken'])(
  'undo leaves a song where it is (%s), with its lyrics and in its playlists, and is undone itself',
  async (why) => {
    const bench = oneList();
    const { id = 0 } = await bench.organise(await bench.look('{artist}/{title}'));
    bench.put('later.m3u', 'A/x.mp3\nB/y.mp3\n');
    const before = bench.files();
    if (why === 'changed since') bench.put('A/x.mp3', 'A - x, with other tags');
    else bench.put('M/A - x.mp3', "the user's");
    const { id: back = 0 } = await bench.undo(id);
    const song = why === 'changed since' ? 'A - x, with other tags' : 'A - x';
    expect(bench.files()).toMatchObject({
      'A/x.lrc': 'words',
      'A/x.mp3': song,
      'M/B - y.mp3': 'B - y',
      'M/M.m3u8': `${song}, B - y`,
      'later.m3u': 'A/x.mp3\nM/B - y.mp3\n',
    });
    await bench.undo(back);
    rmSync(bench.at('M'), { recursive: true, force: true });
    expect(bench.files()).toEqual({ ...before, 'A/x.mp3': song, 'Playlists/M.m3u8': `${song}, B - y` });
  },
);
