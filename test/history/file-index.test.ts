import { describe, expect, test } from 'vitest';
import type { IndexedFile } from '../../src/history/file-index.ts';
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
      videoId: 'v',
    });
    files.put(whole, ['uri:1', 'name:a|b|']);
    expect(files.find(['name:a|b|', 'uri:1', 'isrc:x'])).toEqual([whole]);
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
    expect(files.find(['old'])).toEqual([]);
    expect(files.find(['new'])).toMatchObject([{ sizeBytes: 9 }]);
  });

  test('that is removed takes its keys along', () => {
    const { files, database } = openTestStore();
    files.put(file('/music/a.mp3'), ['key']);
    files.remove('/music/a.mp3');
    expect(files.find(['key'])).toEqual([]);
    expect(database.prepare('SELECT count(*) AS n FROM file_keys').get()).toMatchObject({ n: 0 });
  });

  test('of one track may be several', () => {
    const { files } = openTestStore();
    for (const path of ['/music/a.mp3', '/music/b.mp3']) files.put(file(path), ['key']);
    expect(files.find(['key']).map(({ path }) => path)).toEqual(['/music/a.mp3', '/music/b.mp3']);
    expect([...files.keys().keys()]).toEqual(['key']);
  });

  test.each(["/music/'; DROP TABLE files; --", '/music/100 %_!.mp3', '/music/😀 椎名林檎 e\u0301.mp3'])(
    'may be called %s',
    (path) => {
      const { files } = openTestStore();
      files.put(file(path), [path]);
      expect(files.find([path])).toMatchObject([{ path }]);
      expect(files.pathsBelow('/music')).toEqual([path]);
    },
  );
});

describe('the paths below a folder', () => {
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
    expect(files.pathsBelow(folder).toSorted()).toEqual(expected.toSorted());
  });
});
