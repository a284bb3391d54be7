import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTagger } from '../../../src/downloads/tag.ts';
import { planUndo, undo } from '../../../src/engine/undo.ts';
import type { LibraryEnricher } from '../../../src/library/enrich/library-enricher.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { untaggedFile } from '../../downloads/sounds.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { openTestStore } from '../../history/set-up.ts';
import { enrichAll, everyLabel, scanAll, sha256Of } from './bench.ts';

const formats = ['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const;

test('songs in six formats get what they lack, keep what they have, and get back every byte', async () => {
  const [library, store] = [tempFolder(), openTestStore()];
  const tagger = createTagger();
  const paths = formats.map((format) => join(library, `song.${format}`));
  for (const [index, format] of formats.entries()) {
    const path = paths[index] ?? '';
    await untaggedFile(format, path);
    const properties = {
      TITLE: ['One'],
      ARTIST: ['Artist'],
      YOUTUBE_ID: ['abcdefghijk'],
      FOREIGN: ['a', 'b'],
    };
    await tagger.write(path, format, { properties }, undefined);
  }
  const twin = join(library, 'twin.mp3');
  linkSync(paths[0] ?? '', twin);
  await scanAll(store, library);
  const before = paths.map(sha256Of);
  const keys = paths.map((path) => store.files.keysOf(path));

  const end = await enrichAll(store, library);
  expect(end).toMatchObject({ left: [], stopped: [], stoppedBy: undefined });
  expect(end.written).toHaveLength(6);
  for (const [index, path] of paths.entries()) {
    expect(store.files.factsOf(path)).toMatchObject({
      label: 'Example Records',
      hasCover: true,
      title: 'One',
    });
    expect(store.files.keysOf(path).toSorted()).toEqual(keys[index]?.toSorted());
    expect((await tagger.read(path)).properties).toMatchObject({
      FOREIGN: ['a', 'b'],
      LABEL: ['Example Records'],
    });
    expect(store.files.get(path)?.isChanged).toBeUndefined();
  }
  expect(statSync(twin).ino).toBe(statSync(paths[0] ?? '').ino);
  await scanAll(store, library);
  expect(paths.map((path) => store.files.get(path)?.isChanged)).toEqual(paths.map(() => undefined));
  // Songs that have everything are left alone.
  expect(await enrichAll(store, library)).toMatchObject({ id: undefined, written: [], unchanged: 6 });

  const config = { trash_days: 30, file_name_template: '{artist} - {track}' };
  const parts = { store, clock: systemClock, config, log: { write: () => undefined } };
  const { signal } = new AbortController();
  await undo(parts, await planUndo(parts, end.id ?? 0), { signal, onProgress: () => undefined });
  expect(paths.map(sha256Of)).toEqual(before);
  expect(statSync(twin).ino).toBe(statSync(paths[0] ?? '').ino);
  await scanAll(store, library);
  for (const path of paths) {
    expect(store.files.get(path)?.isChanged).toBeUndefined();
    expect(store.files.factsOf(path)?.label).toBeUndefined();
  }
});

test('a cover that is found goes into the folder of its album too, and only there', async () => {
  const [library, store] = [tempFolder(), openTestStore()];
  const properties = { TITLE: ['One'], ARTIST: ['Artist'], ALBUM: ['Rain'] };
  for (const folder of ['Artist/Rain', 'Elsewhere']) {
    const path = join(library, folder, 'One.mp3');
    mkdirSync(join(path, '..'), { recursive: true });
    await untaggedFile('mp3', path);
    await createTagger().write(path, 'mp3', { properties }, undefined);
  }
  const end = await enrichAll(store, library, {}, '{artist}/{album}/{title}');
  expect(end.written).toHaveLength(2);
  expect(readdirSync(join(library, 'Artist/Rain'))).toEqual(['One.mp3', 'cover.jpg']);
  expect(readdirSync(join(library, 'Elsewhere'))).toEqual(['One.mp3']);
  expect(store.journal.run(end.id ?? 0)?.counts).toMatchObject({ retag: 2, cover: 1 });
});

test('what is found is not written without a yes, nor where it is only to be shown', async () => {
  const [library, store] = [tempFolder(), openTestStore()];
  const path = join(library, 'song.opus');
  await untaggedFile('opus', path);
  const before = sha256Of(path);
  const asked: number[] = [];
  const mayWrite = (found: readonly unknown[], left: number): Promise<boolean> => {
    asked.push(found.length, left);
    return Promise.resolve(false);
  };
  expect(await enrichAll(store, library, { mayWrite })).toMatchObject({ isDeclined: true, id: undefined });
  const found: unknown[] = [];
  const onFound = (some: readonly unknown[]) => void found.push(...some);
  await enrichAll(store, library, { isDryRun: true, mayWrite, onFound });
  expect(asked).toEqual([1, 0]);
  expect(found).toHaveLength(1);
  expect(sha256Of(path)).toBe(before);
});

test('what was written before a stop is kept, and the rest comes next time', async () => {
  const [library, store] = [tempFolder(), openTestStore()];
  for (const name of ['a', 'b', 'c']) await untaggedFile('opus', join(library, `${name}.opus`));
  const stop = new AbortController();
  const onProgress = ({ written }: { readonly written: number }): void => {
    if (written === 1) stop.abort(new Error('stopped'));
  };
  const first = await enrichAll(store, library, { signal: stop.signal, onProgress });
  expect(first.written).toHaveLength(1);
  expect(first.stoppedBy).toBeDefined();
  const second = await enrichAll(store, library, { enrichers: [everyLabel] });
  expect(second.written).toHaveLength(2);
  expect(second.unchanged).toBe(1);
});

test('lyrics of their own are put beside a song without touching it, and are taken back', async () => {
  const [library, store] = [tempFolder(), openTestStore()];
  const path = join(library, 'song.opus');
  await untaggedFile('opus', path);
  const before = sha256Of(path);
  const lyrics: LibraryEnricher = {
    ...everyLabel,
    kind: 'lyrics',
    find(songs, _signal, onFound) {
      for (const { song } of songs) onFound({ path: song.file.path, changes: [], lrc: '[00:01.00]la' });
      return Promise.resolve(undefined);
    },
  };
  const end = await enrichAll(store, library, { enrichers: [lyrics] });
  expect(readFileSync(join(library, 'song.lrc'), 'utf8')).toContain('[00:01.00]la');
  expect(sha256Of(path)).toBe(before);
  const config = { trash_days: 30, file_name_template: '{artist} - {track}' };
  const parts = { store, clock: systemClock, config, log: { write: () => undefined } };
  const { signal } = new AbortController();
  await undo(parts, await planUndo(parts, end.id ?? 0), { signal, onProgress: () => undefined });
  expect(existsSync(join(library, 'song.lrc'))).toBe(false);
});
