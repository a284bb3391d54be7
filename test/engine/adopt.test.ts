import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeLeft } from '../../src/automation/remove-left.ts';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { tagFieldsOf } from '../../src/downloads/tag-fields.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import { createChanges } from '../../src/history/changes.ts';
import type { AdoptWay } from '../../src/library/adopt/carry-out.ts';
import { scanLibrary } from '../../src/library/scan.ts';
import type { Track } from '../../src/tracks/track.ts';
import { convertFile, sine } from '../downloads/sounds.ts';
import { list, openTestStore, track } from '../history/set-up.ts';
import { createTestClock } from '../helpers/clock.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { video } from '../helpers/media.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { createAdoptBench, filesBelow, putWav } from '../library/adopt/adopt-bench.ts';

const { signal } = new AbortController();
const song = (title: string, seconds: number, more: Partial<Track> = {}): Track =>
  track('Band', title, { durationMs: seconds * 1000, ...more });

/** Music and a library next to each other. */
function setUp(template?: string) {
  const root = tempFolder();
  const [library, own] = [join(root, 'library'), join(root, 'own')];
  mkdirSync(library);
  mkdirSync(own);
  const store = openTestStore();
  return { root, library, own, store, bench: createAdoptBench({ library, own }, store, template) };
}

const tagger = createTagger();
async function putTagged(path: string, format: 'mp3' | 'flac', tags: Track, from?: string): Promise<void> {
  await convertFile(await sine('webm'), path, planConversion(format, 'opus', 'low'));
  const media = from === undefined ? undefined : video(from);
  await tagger.write(path, format, tagFieldsOf(tags, 'comprehensive', media), undefined);
}

const titles = ['One', 'Two', 'Three', 'Four'];
const songs = titles.map((title, at) => song(title, at + 2));
const mix = list('Mix', songs, { origin: 'file:mix' });

function fillOwn(own: string): void {
  putWav(join(own, 'a/Band - One.wav'), 2);
  putWav(join(own, 'b/01 - Band - Two.wav'), 3);
  putWav(join(own, 'b/Band - Three (Live).wav'), 4);
  putWav(join(own, 'Band/Four.wav'), 5);
}

test.each<readonly [AdoptWay, readonly string[]]>([
  ['link', ['library/Mix/Band - One.wav', 'library/Mix/Band - Two.wav']],
  ['copy', ['library/Mix/Band - One.wav', 'library/Mix/Band - Two.wav']],
  ['leave', ['own/a/Band - One.wav', 'own/b/01 - Band - Two.wav']],
])('%s: songs are in the playlist and present, and undo and redo take it back', async (way, expected) => {
  const { library, own, bench } = setUp();
  fillOwn(own);
  writeFileSync(join(library, 'note.txt'), 'mine');
  const before = filesBelow(own);
  const view = await bench.look([mix]);
  expect(view.lists[0]?.rows.map(({ state }) => state)).toEqual(['adopt', 'adopt', 'missing', 'ask']);
  expect(await bench.present(songs)).toEqual([]);
  const { id = 0, stoppedBy } = await bench.adopt(view, way);
  expect(stoppedBy).toBeUndefined();
  expect(bench.playlist('Mix/Mix.m3u8')).toEqual(expected);
  expect(await bench.present(songs)).toEqual(['One', 'Two']);

  // Again there's nothing to do.
  const again = await bench.look([mix]);
  expect(again.lists[0]?.rows.map(({ state }) => state)).toEqual(['have', 'have', 'missing', 'ask']);
  expect(await bench.adopt(again, way)).toMatchObject({ id: undefined });

  const back = (await bench.undo(id)) ?? 0;
  expect(filesBelow(library)).toEqual({ 'note.txt': 'mine' });
  expect(await bench.present(songs)).toEqual([]);
  await bench.undo(back);
  expect(bench.playlist('Mix/Mix.m3u8')).toEqual(expected);
  expect(await bench.present(songs)).toEqual(['One', 'Two']);
  expect(filesBelow(own)).toEqual(before);
});

test('what is uncertain is adopted only with a yes, and is still that song after another program tagged it', async () => {
  const { own, library, store, bench } = setUp();
  fillOwn(own);
  await bench.adopt(await bench.look([mix]), 'leave', () => true);
  expect(await bench.present(songs)).toEqual(['One', 'Two', 'Four']);
  const path = join(own, 'Band/Four.wav');
  await tagger.write(path, 'wav', tagFieldsOf(song('Something else', 5), 'basic', undefined), undefined);
  expect(await bench.present(songs)).toEqual(['One', 'Two', 'Four']);
  // Moved, it's found where it is by the next look at the folder.
  renameSync(path, join(own, 'moved.wav'));
  await bench.look([mix]);
  expect(await bench.present(songs)).toEqual(['One', 'Two', 'Four']);
  // Another sound in its place isn't that song.
  rmSync(join(own, 'moved.wav'));
  putWav(join(own, 'moved.wav'), 6, 7);
  expect(await bench.present(songs)).toEqual(['One', 'Two']);
  expect(store.files.adopted.outside(library)).toHaveLength(2);
});

test('a folder whose disk is away still counts, and one that was emptied of a song does not', async () => {
  const { own, bench } = setUp();
  fillOwn(own);
  await bench.adopt(await bench.look([mix]), 'leave');
  renameSync(own, `${own}-away`);
  expect(await bench.present(songs)).toEqual(['One', 'Two']);
  mkdirSync(own);
  expect(await bench.present(songs)).toEqual(['One', 'Two']);
  rmSync(own, { recursive: true });
  renameSync(`${own}-away`, own);
  rmSync(join(own, 'a/Band - One.wav'));
  expect(await bench.present(songs)).toEqual(['Two']);
});

test("what HARMONI's own tags say of the user's file makes it none of HARMONI's, wherever it's linked to", async () => {
  const { own, library, store, bench } = setUp();
  const tagged = { ...song('Tagged', 1), isrc: 'ZZTST1900001' };
  await putTagged(join(own, 'x.mp3'), 'mp3', tagged, 'aaaaaaaaaaa');
  const lists = [list('A', [tagged], { origin: 'file:a' }), list('B', [tagged], { origin: 'file:b' })];
  await bench.adopt(await bench.look(lists), 'link');
  const [a, b] = ['A', 'B'].map((name) => join(library, name, 'Band - Tagged.mp3'));
  expect(statSync(a ?? '').nlink).toBe(3);
  // Also for a scan that reads all files anew.
  for (const path of [a, b]) store.files.forgetFacts(path ?? '');
  await bench.scan();
  expect([a, b, join(own, 'x.mp3')].map((path) => store.files.get(path ?? '')?.downloaded)).toEqual([
    false,
    false,
    false,
  ]);
  const run = { kind: 'sync', title: 'A', library } as const;
  const settings = { outputDir: library, fileNameTemplate: '{list}/{artist} - {track}' };
  const parts = { store, clock: createTestClock(), changes: createChanges(store, run), settings };
  rmSync(join(library, 'B/B.m3u8'));
  rmSync(join(library, 'A/A.m3u8'));
  expect(await removeLeft(parts, list('A', [], { origin: 'file:a' }), [tagged])).toEqual(['yours']);
});

test('formats, wrong tags and copies: each song has the best file that is certainly it', async () => {
  const { own, bench } = setUp('{artist} - {track}');
  const studio = { ...song('Studio', 1), isrc: 'ZZTST1900002' };
  await putTagged(join(own, 'good.mp3'), 'mp3', studio);
  await putTagged(join(own, 'better.flac'), 'flac', studio);
  await putTagged(join(own, 'live.flac'), 'flac', { ...song('Studio (Live)', 1), album: 'Live' });
  await putTagged(join(own, 'Band - Named.mp3'), 'mp3', track('Wrong', 'Tags', {}));
  putWav(join(own, 'Band - Broken.wav'), 9);
  truncateSync(join(own, 'Band - Broken.wav'), 9_000);
  const wanted = list('Mix', [song('Named', 1), studio, song('Broken', 9)], { origin: 'file:mix' });
  const view = await bench.look([wanted]);
  expect(view).toMatchObject({ files: 5, broken: 1 });
  expect(
    view.lists[0]?.rows.map(({ state, match }) => [state, match?.owned.parts.at(-1), match?.why]),
  ).toEqual([
    ['ask', 'Band - Named.mp3', 'by its file name, but its tags differ'],
    ['adopt', 'better.flac', 'same ISRC'],
    ['missing', undefined, undefined],
  ]);
  await bench.adopt(view, 'link');
  expect(bench.playlist('Playlists/Mix.m3u8')).toEqual(['library/Band - Studio.flac']);
});

test("a name that is taken is nobody's to overwrite, and a song of two lists has one place where they share it", async () => {
  const { own, library, bench } = setUp('{artist} - {track}');
  fillOwn(own);
  putWav(join(library, 'Band - One.wav'), 30, 5);
  const lists = [mix, list('Other', songs.slice(0, 1), { origin: 'file:other' })];
  await bench.adopt(await bench.look(lists), 'copy');
  expect(bench.playlist('Playlists/Other.m3u8')).toEqual(['library/Band - One (2).wav']);
  expect(bench.playlist('Playlists/Mix.m3u8')).toEqual([
    'library/Band - One (2).wav',
    'library/Band - Two.wav',
  ]);
  expect(statSync(join(library, 'Band - One.wav')).size).toBe(30 * 8000 + 44);
});

test('a folder in the library: its files stay where they are, also for lists that have folders', async () => {
  const { library, store } = setUp();
  const own = join(library, 'Mine');
  const bench = createAdoptBench({ library, own }, store);
  fillOwn(own);
  putWav(join(library, 'Band - Three.wav'), 4);
  const view = await bench.look([mix]);
  expect(view.isInLibrary).toBe(true);
  expect(view.lists[0]?.rows.map(({ state }) => state)).toEqual(['adopt', 'adopt', 'have', 'ask']);
  const { id = 0 } = await bench.adopt(view, 'leave', () => true);
  expect(bench.playlist('Mix/Mix.m3u8')).toEqual([
    'library/Mine/a/Band - One.wav',
    'library/Mine/b/01 - Band - Two.wav',
    'library/Band - Three.wav',
    'library/Mine/Band/Four.wav',
  ]);
  // They move with what the user does.
  renameSync(join(own, 'Band'), join(library, 'Elsewhere'));
  expect(await bench.present(songs)).toEqual(titles);
  const again = await bench.look([mix]);
  expect(again.lists[0]?.rows.every(({ state }) => state === 'have')).toBe(true);
  await bench.undo(id);
  expect(Object.keys(filesBelow(library))).toHaveLength(5);
});

test('the library itself as the folder', async () => {
  const { library, store } = setUp();
  const bench = createAdoptBench({ library, own: library }, store);
  fillOwn(library);
  const view = await bench.look([mix]);
  expect(view.lists[0]?.rows.map(({ state }) => state)).toEqual(['adopt', 'adopt', 'missing', 'ask']);
  await bench.adopt(view, 'leave');
  expect(bench.playlist('Mix/Mix.m3u8')).toEqual([
    'library/a/Band - One.wav',
    'library/b/01 - Band - Two.wav',
  ]);
});

test('a folder with the library in it: what the library has is not looked at twice', async () => {
  const { root, own, library, store } = setUp();
  fillOwn(own);
  putWav(join(library, 'Band - One.wav'), 2);
  const bench = createAdoptBench({ library, own: root }, store);
  const view = await bench.look([mix]);
  expect(view.files).toBe(4);
  expect(view.lists[0]?.rows.map(({ state }) => state)).toEqual(['have', 'adopt', 'missing', 'ask']);
});

test('links in the folder are followed, and a copy of what they lead to is put into the library', async () => {
  const { root, own, library, bench } = setUp();
  putWav(join(root, 'far/Band - One.wav'), 2);
  mkdirSync(join(root, 'far/deep'));
  putWav(join(root, 'far/deep/Band - Two.wav'), 3);
  symlinkSync(join(root, 'far/Band - One.wav'), join(own, 'Band - One.wav'));
  symlinkSync(join(root, 'far/deep'), join(own, 'deep'));
  symlinkSync(join(root, 'nowhere'), join(own, 'Band - Three.wav'));
  linkSync(join(root, 'far/Band - One.wav'), join(own, 'z - Band - One.wav'));
  const view = await bench.look([mix]);
  expect(view.lists[0]?.rows.map(({ state }) => state)).toEqual(['adopt', 'adopt', 'missing', 'missing']);
  await bench.adopt(view, 'link');
  const linked = join(library, 'Mix/Band - One.wav');
  expect(statSync(linked).ino).toBe(statSync(join(root, 'far/Band - One.wav')).ino);
  expect(await bench.present(songs)).toEqual(['One', 'Two']);
});

test('a file that changed or went since it was looked at is left out', async () => {
  const { own, bench } = setUp();
  fillOwn(own);
  const view = await bench.look([mix]);
  putWav(join(own, 'a/Band - One.wav'), 7);
  rmSync(join(own, 'b/01 - Band - Two.wav'));
  const { placed, id } = await bench.adopt(view, 'link');
  expect([...placed.values()]).toEqual([{ by: 'changed' }, { by: 'changed' }]);
  expect(id).toBeUndefined();
});

test('files that were listened to: what sounds the same is a copy of the song, whatever it is called', async () => {
  const { own, store, bench } = setUp();
  putWav(join(own, 'Band - One.wav'), 2);
  putWav(join(own, 'AUDIO 0017.wav'), 2, 3);
  putWav(join(own, 'Band - One (Live).wav'), 2, 5);
  const fingerprint = Uint32Array.from({ length: 400 }, (_, at) => Math.imul(at + 1, 2_654_435_761) >>> 0);
  await bench.look([mix]);
  for (const [number, name] of ['Band - One', 'AUDIO 0017', 'Band - One (Live)'].entries()) {
    const file = store.files.get(join(own, `${name}.wav`));
    if (file === undefined) throw new Error(`${name} isn't in the index`);
    store.sounds.setKey(file, `${number}`);
    store.sounds.put(`${number}`, { lengthMs: 50_000, fingerprint, loudness: undefined, fault: undefined });
    // The better copy is the one without a name.
    if (number === 1)
      store.files.put(
        { ...file, bitrateKbps: 900 },
        store.files.keysOf(file.path),
        store.files.factsOf(file.path),
      );
  }
  const view = await bench.look([mix]);
  expect(view.lists[0]?.rows[0]).toMatchObject({ state: 'adopt', match: { why: 'same sound' } });
  await bench.adopt(view, 'leave');
  expect(bench.playlist('Mix/Mix.m3u8')).toEqual(['own/AUDIO 0017.wav']);
  expect(await bench.present(songs)).toEqual(['One']);
});

const otherDisk = existsSync('/dev/shm') && statSync('/dev/shm').dev !== statSync(tmpdir()).dev;
if (!otherDisk) sayLeftOut('links to another disk', 'there is none');

test.skipIf(!otherDisk)("what can't be linked, because it is on another disk, is copied", async () => {
  const { root, store } = setUp();
  const library = mkdtempSync('/dev/shm/harmoni-test-');
  onTestFinished(() => rmSync(library, { recursive: true }));
  const own = join(root, 'own');
  const bench = createAdoptBench({ library, own }, store);
  fillOwn(own);
  const { placed, stoppedBy } = await bench.adopt(await bench.look([mix]), 'link');
  expect(stoppedBy).toBeUndefined();
  expect([...placed.values()].map(({ by }) => by)).toEqual(['copy', 'copy']);
  expect(statSync(join(library, 'Mix/Band - One.wav')).nlink).toBe(1);
  expect(await bench.present(songs)).toEqual(['One', 'Two']);
});

const isRoot = process.getuid?.() === 0;
if (isRoot) sayLeftOut("music in a folder that can't be read", 'root can read all of them');

test.skipIf(isRoot)("a folder that can't be read is told", async () => {
  const { own, store } = setUp();
  fillOwn(own);
  chmodSync(own, 0o000);
  const result = await scanLibrary(own, store.files, { signal, isElsewhere: true });
  chmodSync(own, 0o700);
  expect(result.unread).toEqual([own]);
  expect(existsSync(own)).toBe(true);
});
