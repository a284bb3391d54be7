import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findSameContent } from '../../../src/library/duplicates/by-content.ts';
import { copiesOf } from '../../../src/library/duplicates/group.ts';
import { openTestStore } from '../../history/set-up.ts';
import { ffmpeg } from '../../downloads/sounds.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const { signal } = new AbortController();

test('one sound under other tags is found without listening, and another sound of the name and length is not', async () => {
  const library = tempFolder();
  const store = openTestStore();
  const put = async (name: string, hertz: number, title: string): Promise<void> => {
    const path = join(library, name);
    const tone = ['-f', 'lavfi', '-i', `sine=frequency=${hertz}:duration=4`, '-c:a', 'libmp3lame'];
    await ffmpeg([...tone, '-metadata', `comment=${name.repeat(9)}`, path]);
    const { size, mtimeMs, ino } = statSync(path);
    const stamp = { sizeBytes: size, modifiedMs: Math.round(mtimeMs), inode: String(ino) };
    const file = { path, ...stamp, durationMs: 4_000, format: 'mp3', downloaded: true };
    store.files.put(file, [], { artists: [], genres: [], isrcs: [], hasCover: false, artist: 'A', title });
  };
  await put('a.mp3', 440, 'Song');
  await put('a copy.mp3', 440, 'SONG');
  await put('b.mp3', 660, 'Song');
  await put('c.mp3', 880, 'Other');
  const copies = copiesOf(store.files.songsBelow(library).map((song) => ({ ...song, lists: [] })));
  const nameOf = (number: number): string => copies[number]?.song.file.path.slice(library.length + 1) ?? '';
  const pairs = await findSameContent(copies, store, signal);
  expect(pairs.map(({ one, other }) => [nameOf(one), nameOf(other)].toSorted())).toEqual([
    ['a copy.mp3', 'a.mp3'],
  ]);
});

test('a file that is gone is no copy', async () => {
  const library = tempFolder();
  const store = openTestStore();
  for (const name of ['a.mp3', 'b.mp3']) {
    const path = join(library, name);
    if (name === 'a.mp3') writeFileSync(path, 'sound');
    store.files.put(
      { path, sizeBytes: 5, modifiedMs: 1, durationMs: 1000, format: 'mp3', downloaded: true },
      [],
    );
  }
  const copies = copiesOf(store.files.songsBelow(library).map((song) => ({ ...song, lists: [] })));
  expect(copies).toHaveLength(2);
  expect(await findSameContent(copies, store, signal)).toEqual([]);
});
