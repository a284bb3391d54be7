import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { tagFieldsOf } from '../../src/downloads/tag-fields.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import { hearLibrary, type HearOptions } from '../../src/engine/hear-library.ts';
import { planUndo, undo } from '../../src/engine/undo.ts';
import { verifySongs } from '../../src/engine/verify.ts';
import { HarmoniError } from '../../src/errors.ts';
import { makeFile } from '../../src/library/convert/make-file.ts';
import { scanLibrary } from '../../src/library/scan.ts';
import { songsOf } from '../../src/library/songs.ts';
import type { Heard } from '../../src/tracks/heard.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createEarBench, isrc, lengthMs, makeSounds, type EarBench, type Sounds } from '../ear/set-up.ts';
import { playMusic } from '../helpers/music.ts';
import { encodeSound } from '../helpers/sounds.ts';
import { video } from '../helpers/media.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

let sounds: Sounds;
let bench: EarBench;
let library: string;
/** A preview of another song. */
let stranger: Buffer;
/** The song in each format, encoded once. */
const files = new Map<string, Buffer>();
const none = new AbortController().signal;
const otherIsrc = 'GBUM71029605';

beforeAll(async () => {
  sounds = await makeSounds();
  const third = playMusic(13, { seconds: 40 });
  stranger = await encodeSound(sounds.ffmpegPath, third, { format: 'mp3', fromSeconds: 5, seconds: 30 });
  for (const format of ['opus', 'mp3'])
    files.set(format, await encodeSound(sounds.ffmpegPath, sounds.pcm, { format }));
});
afterAll(() => sounds.close());
beforeEach(async () => {
  bench = await createEarBench(sounds);
  onTestFinished(() => bench.close());
  library = tempFolder();
  const copy = { artist: 'Band', duration: lengthMs / 1000 };
  bench.deezer.tracks.push(
    { ...copy, id: 1, isrc, title: 'Song', preview: sounds.preview },
    { ...copy, id: 2, isrc: otherIsrc, title: 'Other', preview: stranger },
  );
});

const configOf = () => ({ output_dir: library, file_name_template: '{artist} - {track}', trash_days: 30 });

/** A file of the library, which HARMONI downloaded where it has a video. */
async function put(name: string, track: Partial<Track>, videoId?: string): Promise<string> {
  const path = join(library, name);
  const format = name.endsWith('.mp3') ? 'mp3' : 'opus';
  writeFileSync(path, files.get(format) ?? '');
  const whole = { artists: ['Band'], artist: 'Band', track: 'Song', album: 'Album', ...track };
  const media = videoId === undefined ? undefined : video(videoId);
  await createTagger().write(path, format, tagFieldsOf(whole, 'comprehensive', media), undefined);
  return path;
}

async function hear({ signal = none, isMeant = () => true, onHeard }: Partial<HearOptions> = {}) {
  const { store, clock } = bench;
  await scanLibrary(library, store.files, { signal: none });
  const heard: [string | undefined, Heard][] = [];
  const parts = {
    ...{ store, clock, library, ear: bench.open(), ffmpegPath: sounds.ffmpegPath },
    ...{ tagger: createTagger(), workFolder: join(library, '.harmoni', 'work'), trashDays: 30, cores: 2 },
  };
  const end = await hearLibrary(parts, songsOf(store, library), {
    ...{ title: 'your library', signal, isMeant },
    onHeard(song, found) {
      heard.push([song.facts.title, found]);
      onHeard?.(song, found);
    },
  });
  return { end, heard: new Map(heard) };
}

const proofIn = async (path: string): Promise<string | undefined> =>
  Object.values((await parseFile(path)).native)
    .flat()
    .flatMap(({ id, value }) => (/HARMONI_PROOF$/.test(id) ? [String(value)] : []))[0];

test('what was heard is in the tags and the index, once, and an undo takes it back', async () => {
  const right = await put('Song.opus', { isrc }, 'aaaaaaaaaaa');
  const wrong = await put('Other.mp3', { track: 'Other', isrc: otherIsrc }, 'bbbbbbbbbbb');
  const unnamed = await put('Unnamed.opus', { track: 'Unnamed' }, 'ccccccccccc');
  const before = [right, wrong, unnamed].map((path) => readFileSync(path));
  const { end, heard } = await hear();
  expect(heard.get('Song')).toMatchObject({ verdict: 'proven', by: 'deezer' });
  expect(heard.get('Other')).toMatchObject({ verdict: 'doubtful', by: 'deezer' });
  expect(heard.get('Unnamed')).toEqual({ verdict: 'unchecked', why: 'its tags name no ISRC' });
  expect(await proofIn(right)).toMatch(/^proven by deezer at 0\.\d{3} of 80\.0 s$/);
  expect(await proofIn(wrong)).toMatch(/^doubtful by deezer at 0\.\d{3} of \d\d\.\d s$/);
  expect(await proofIn(unnamed)).toBeUndefined();
  const songs = songsOf(bench.store, library);
  expect(songs.map(({ facts }) => facts.heard?.verdict)).toEqual(['doubtful', 'proven', undefined]);
  expect(songs.some(({ file }) => file.isChanged)).toBe(false);
  const findings = await verifySongs({ store: bench.store, config: configOf() }, songs, undefined);
  expect(findings.filter(({ cause }) => cause !== 'cover').map(({ cause, path }) => [cause, path])).toEqual([
    ['doubtful', wrong],
  ]);

  const again = await hear();
  expect([...again.heard.keys()]).toEqual(['Unnamed']);
  expect(again.end.id).toBeUndefined();

  const parts = {
    store: bench.store,
    clock: bench.clock,
    config: configOf(),
    log: { write: () => undefined },
  };
  const plan = await planUndo({ store: bench.store }, end.id ?? 0);
  await undo(parts, plan, { signal: none, onProgress: () => undefined });
  for (const [at, path] of [right, wrong, unnamed].entries()) {
    expect(readFileSync(path).equals(before[at] ?? Buffer.of()), path).toBe(true);
  }
});

test("a proof holds as long as the sound is that which was heard, and what isn't anymore is heard again", async () => {
  const path = await put('Song.opus', { isrc }, 'aaaaaaaaaaa');
  await hear();
  const [proven] = songsOf(bench.store, library);
  expect(proven?.facts.heard?.verdict).toBe('proven');

  const tagger = createTagger();
  await tagger.update(path, 'opus', { properties: { COMMENT: ['Mine.'] } }, undefined);
  await scanLibrary(library, bench.store.files, { signal: none });
  expect(songsOf(bench.store, library)[0]?.facts.heard?.verdict).toBe('proven');

  const plan = { codec: 'libmp3lame', extension: 'mp3', container: 'mp3', options: [] } as const;
  const parts = {
    tagger,
    ffmpegPath: () => Promise.resolve(sounds.ffmpegPath),
    extraArgs: [],
    silenceMs: 30_000,
  };
  if (proven === undefined) throw new Error('There is no song.');
  const made = await makeFile({ song: proven, plan }, { ...parts, signal: none, workFolder: tempFolder() });
  expect(made.found.facts.heard?.verdict).toBe('proven');

  const trimmed = join(tempFolder(), 'trimmed.opus');
  const trim = ['-v', 'error', '-t', '30', '-i', path, '-c', 'copy', trimmed];
  execFileSync(sounds.ffmpegPath, trim);
  copyFileSync(trimmed, path);
  expect(await proofIn(path)).toContain('proven');
  const again = await hear();
  expect(again.heard.get('Song')).toMatchObject({ verdict: 'different' });
  expect(await proofIn(path)).toMatch(/^different by deezer .* of 30\.0 s$/);
  expect(songsOf(bench.store, library)[0]?.facts.heard?.verdict).toBe('different');
});

test("what the user chose isn't questioned again", async () => {
  const chosen = { track: 'Other', isrc: otherIsrc };
  await put('Other.mp3', chosen, 'bbbbbbbbbbb');
  await hear();
  const { store } = bench;
  store.overrides.set({ artists: ['Band'], artist: 'Band', ...chosen }, video('bbbbbbbbbbb'));
  const findings = await verifySongs({ store, config: configOf() }, songsOf(store, library), undefined);
  expect(findings.filter(({ cause }) => cause === 'doubtful')).toEqual([]);
});

test('only the songs that are meant are heard', async () => {
  await put('Song.opus', { isrc }, 'aaaaaaaaaaa');
  const own = await put('Own.opus', { isrc, track: 'Own' });
  const { heard } = await hear({ isMeant: ({ file }) => file.downloaded });
  expect([...heard.keys()]).toEqual(['Song']);
  expect(await proofIn(own)).toBeUndefined();
});

test('an interrupt keeps what was written, and the next run goes on', async () => {
  const paths: string[] = [];
  for (let at = 0; at < 11; at += 1) {
    paths.push(await put(`${at}.opus`, { isrc, trackNumber: at + 1 }, `aaaaaaaaa${at + 10}`));
  }
  const stop = new AbortController();
  let many = 0;
  const first = await hear({
    signal: stop.signal,
    onHeard: () => {
      many += 1;
      if (many === 9) stop.abort(new HarmoniError('cancelled', 'Stopped.'));
    },
  });
  expect(first.end.stoppedBy?.code).toBe('cancelled');
  const written = await Promise.all(paths.map(proofIn));
  // Eight at a time.
  expect(written.filter((proof) => proof !== undefined)).toHaveLength(8);
  const second = await hear();
  expect(second.end.written).toHaveLength(3);
  expect((await Promise.all(paths.map(proofIn))).every((proof) => proof?.startsWith('proven'))).toBe(true);
});

test("a Deezer that doesn't answer is left for another time", async () => {
  for (let at = 0; at < 9; at += 1) {
    await put(`${at}.opus`, { isrc: `GBUM7102960${at}`, track: `Song ${at}` }, `aaaaaaaaaa${at}`);
  }
  bench.deezer.always = '503';
  const { end, heard } = await hear();
  expect(heard.size).toBeLessThan(9);
  expect(end.stopped.map(({ message }) => message)).toEqual(["Deezer didn't answer for 5 songs in a row."]);
  expect(end.id).toBeUndefined();
});
