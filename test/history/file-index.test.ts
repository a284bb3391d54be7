import { describe, expect, test } from 'vitest';
import type { IndexedFile } from '../../src/history/file-index.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import type { Track } from '../../src/tracks/track.ts';
import { openTestStore } from './set-up.ts';

function file(path: string, more: Partial<IndexedFile> = {}): IndexedFile {
  return { path, sizeBytes: 1, modifiedMs: 2, downloaded: true, ...more };
}

describe('a file', () => {
  test('is found by any of its keys, once', () => {
    const { files } = openTestStore();
    const whole = file('/music/a.opus', {
      format: 'opus',
      bitrateKbps: 130,
      durationMs: 200_000,
      media: { provider: 'youtube', id: 'v' },
    });
    files.put(whole, ['uri:1', 'name:a|b|']);
    expect(files.findByKeys(['name:a|b|', 'uri:1', 'isrc:x'])).toEqual([whole]);
    expect(files.get('/music/a.opus')).toEqual(whole);
  });

  test('without the rest has only what is known', () => {
    const { files } = openTestStore();
    files.put(file('/music/a.mp3', { downloaded: false }), []);
    expect(files.get('/music/a.mp3')).toEqual(file('/music/a.mp3', { downloaded: false }));
  });

  test('that is put again loses its old keys', () => {
    const { files } = openTestStore();
    files.put(file('/music/a.mp3'), ['old']);
    files.put(file('/music/a.mp3', { sizeBytes: 9 }), ['new', 'new']);
    expect(files.findByKeys(['old'])).toEqual([]);
    expect(files.findByKeys(['new'])).toMatchObject([{ sizeBytes: 9 }]);
  });

  test('that is removed takes its keys along', () => {
    const { files, database } = openTestStore();
    files.put(file('/music/a.mp3'), ['key']);
    files.remove('/music/a.mp3');
    expect(files.findByKeys(['key'])).toEqual([]);
    expect(database.prepare('SELECT count(*) AS n FROM file_keys').get()).toMatchObject({ n: 0 });
  });

  test('of one track may be several', () => {
    const { files } = openTestStore();
    for (const path of ['/music/a.mp3', '/music/b.mp3']) files.put(file(path), ['key']);
    expect(files.findByKeys(['key']).map(({ path }) => path)).toEqual(['/music/a.mp3', '/music/b.mp3']);
  });

  test.each(["/music/'; DROP TABLE files; --", '/music/100 %_!.mp3', '/music/😀 椎名林檎 e\u0301.mp3'])(
    'may be called %s',
    (path) => {
      const { files } = openTestStore();
      files.put(file(path), [path]);
      expect(files.findByKeys([path])).toMatchObject([{ path }]);
      expect(files.filesBelow('/music').map((one) => one.path)).toEqual([path]);
    },
  );
});

describe('a name that two songs share', () => {
  const intro = (more: Partial<Track>): Track => ({ artists: ['A'], artist: 'A', track: 'Intro', ...more });
  const keysOf = (isrc?: string) => trackKeys(intro(isrc === undefined ? {} : { isrc }));

  test.each<[string, Partial<IndexedFile>, string | undefined, Partial<Track>, boolean]>([
    ['nothing else known', {}, undefined, {}, true],
    ['one ISRC', {}, 'AA1', { isrc: 'AA1' }, true],
    ['two ISRCs', {}, 'AA1', { isrc: 'AA2' }, false],
    ['an ISRC on one side', { durationMs: 20_000 }, 'AA1', { durationMs: 21_000 }, true],
    ['lengths alike', { durationMs: 200_000 }, undefined, { durationMs: 209_000 }, true],
    ['lengths far apart', { durationMs: 19_000 }, undefined, { durationMs: 79_000 }, false],
    ['a long song, 4 % off', { durationMs: 600_000 }, undefined, { durationMs: 624_000 }, true],
    [
      'a video with a scene before the song',
      { durationMs: 260_000, trackMs: 200_000 },
      undefined,
      { durationMs: 200_000 },
      true,
    ],
    [
      'a broken file, whose length says nothing',
      { durationMs: 3_000, fault: 'x' },
      undefined,
      { durationMs: 200_000 },
      true,
    ],
  ])('(%s)', (_, more, isrc, track, isFound) => {
    const { files } = openTestStore();
    files.put(file('/music/a.mp3', more), keysOf(isrc));
    expect(files.find(intro(track))).toHaveLength(isFound ? 1 : 0);
    expect([...files.finderBelow('/music')(intro(track))]).toHaveLength(isFound ? 1 : 0);
    expect([...files.finderBelow('/other')(intro(track))]).toHaveLength(0);
  });
});

test('a file that was moved keeps what is known of it', () => {
  const { files } = openTestStore();
  files.put(file('/music/a.mp3', { trackMs: 5 }), ['key']);
  files.move('/music/a.mp3', '/music/b.mp3');
  expect(files.findByKeys(['key'])).toEqual([file('/music/b.mp3', { trackMs: 5 })]);
  expect(files.get('/music/a.mp3')).toBeUndefined();
});

describe('the files below a folder', () => {
  test.each([
    ['/music', ['/music/a.mp3', '/music/deep/b.mp3']],
    ['/music/', ['/music/a.mp3', '/music/deep/b.mp3']],
    ['/music/deep', ['/music/deep/b.mp3']],
    ['/Music', ['/Music/d.mp3']],
    ['/m%', []],
    ['/m_sic', []],
    ['/', ['/music/a.mp3', '/music/deep/b.mp3', '/music2/c.mp3', '/Music/d.mp3']],
  ])('%s are those of no folder beside it', (folder, expected) => {
    const { files } = openTestStore();
    for (const path of ['/music/a.mp3', '/music/deep/b.mp3', '/music2/c.mp3', '/Music/d.mp3'])
      files.put(file(path), []);
    expect(
      files
        .filesBelow(folder)
        .map((one) => one.path)
        .toSorted(),
    ).toEqual(expected.toSorted());
  });
});
