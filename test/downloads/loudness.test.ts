import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { convertMeasured } from '../../src/downloads/convert-measured.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import { hasChromaprint } from '../../src/sound/chromaprint.ts';
import { measureFile, type Measured } from '../../src/sound/measure-file.ts';
import type { Measurement } from '../../src/sound/measurement.ts';
import { replayGainTags } from '../../src/sound/replay-gain.ts';
import { soundKeyOf } from '../../src/sound/sound-key.ts';
import { musicRate, playMusic } from '../helpers/music.ts';
import { retag } from '../helpers/retag.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';
import { ffmpeg } from './sounds.ts';

const formats = ['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const;
const seconds = 6;
const { signal } = new AbortController();
let ffmpegPath = '';
const folderOfAll = mkdtempSync(join(tmpdir(), 'harmoni-test-'));
afterAll(() => rmSync(folderOfAll, { recursive: true }));
/** Some seconds of music as YouTube has them. */
const from = join(folderOfAll, 'music.webm');

beforeAll(async () => {
  ({ ffmpeg: ffmpegPath } = await realTools());
  const pcm = join(folderOfAll, 'music.pcm');
  writeFileSync(pcm, playMusic(1, { seconds }));
  const input = ['-f', 's16le', '-ar', String(musicRate), '-ac', '1', '-i', pcm];
  await ffmpeg([...input, '-ac', '2', '-c:a', 'libopus', '-b:a', '128k', from]);
});

const optionsOf = (extraArgs: readonly string[] = []) => ({
  ffmpegPath,
  extraArgs,
  signal,
  silenceMs: 30_000,
});

async function measure(
  path: string,
  change: { ffmpegPath?: string; timeoutMs?: number } = {},
): Promise<Measured> {
  return measureFile(path, { ffmpegPath, hasFingerprint: true, signal, ...change });
}

async function found(path: string): Promise<Measurement> {
  const measured = await measure(path);
  if ('notChecked' in measured) throw new Error(measured.notChecked);
  return measured.found;
}

describe.each(formats)('%s', (format) => {
  test('what is measured on the way is what the finished file has, in its tags too, and its key is that of its sound', async () => {
    const folder = tempFolder();
    const path = join(folder, `song.${format}`);
    const plan = planConversion(format, 'other', 'high');
    const measured = await convertMeasured({ from, to: path, plan }, optionsOf());
    expect(measured?.loudness).toBeDefined();
    const key = await soundKeyOf(path);
    const tags = measured === undefined ? {} : replayGainTags(measured, format);
    await createTagger().write(path, format, { properties: { TITLE: ['One'], ...tags } }, undefined);
    const { native, common } = await parseFile(path);
    const gain = common.replaygain_track_gain?.dB ?? Number.NaN;
    const after = await found(path);
    expect(Math.abs(-18 - (after.loudness?.integratedLufs ?? 0) - gain)).toBeLessThanOrEqual(0.1001);
    const peak = 20 * Math.log10(common.replaygain_track_peak?.ratio ?? 0);
    expect(Math.abs(peak - (after.loudness?.peakDbfs ?? 0))).toBeLessThan(1);
    const names = Object.values(native).flatMap((all) => all.map(({ id }) => id.replace(/^.*:/, '')));
    expect(names.includes('R128_TRACK_GAIN')).toBe(format === 'opus');
    expect(after.fault).toBeUndefined();
    expect(Math.abs((after.lengthMs ?? 0) - seconds * 1000)).toBeLessThan(200);
    expect(after.fingerprint?.length).toBe(measured?.fingerprint?.length);
    // The tags, the name and the place are others.
    await retag(path, { TITLE: ['Two'], ARTIST: ['A name that is much longer'.repeat(400)] });
    const elsewhere = join(tempFolder(), 'x');
    renameSync(path, elsewhere);
    expect(await soundKeyOf(elsewhere)).toBe(key);
    // Cut off in its sound.
    truncateSync(elsewhere, Math.round(readFileSync(elsewhere).length * 0.6));
    expect(await soundKeyOf(elsewhere)).not.toBe(key);
    const { fault } = await found(elsewhere);
    // Ogg and WAV tell no length that ffmpeg would compare; formats/sound-length.ts sees that the end is missing.
    const isTold = !['opus', 'ogg', 'wav'].includes(format);
    expect(fault ?? (isTold ? 'nothing' : 'it ends after 0:03')).toMatch(/^it ends after|damaged|can't read/);
  });
});

test('with filters of the user, what is written is measured, not what came', async () => {
  const folder = tempFolder();
  const plan = planConversion('mp3', 'opus', 'high');
  const plain = await convertMeasured({ from, to: join(folder, 'plain'), plan }, optionsOf());
  const quiet = await convertMeasured(
    { from, to: join(folder, 'quiet'), plan },
    optionsOf(['-af', 'volume=-6dB', '-ac', '1']),
  );
  const after = await found(join(folder, 'quiet'));
  expect(quiet?.loudness).toEqual(after.loudness);
  expect((plain?.loudness?.integratedLufs ?? 0) - (after.loudness?.integratedLufs ?? 0)).toBeGreaterThan(5);
});

test('a file is the same with and without a measure', async () => {
  const folder = tempFolder();
  const { runFfmpeg } = await import('../../src/downloads/ffmpeg.ts');
  for (const format of ['mp3', 'flac'] as const) {
    const plan = planConversion(format, 'opus', 'high');
    await runFfmpeg({ from, to: join(folder, 'plain'), plan }, optionsOf());
    await convertMeasured({ from, to: join(folder, 'measured'), plan }, optionsOf());
    expect(readFileSync(join(folder, 'measured')).equals(readFileSync(join(folder, 'plain')))).toBe(true);
  }
});

describe('a file that nobody could look at is not broken', () => {
  test.each([
    ['there is no ffmpeg', { ffmpegPath: '/nowhere/ffmpeg' }, /can't be started/],
    ['there is no time', { timeoutMs: 1 }, /took too long/],
  ])('when %s', async (_why, change, words) => {
    const path = from;
    const measured = await measure(path, change);
    expect('notChecked' in measured && measured.notChecked).toMatch(words);
  });

  test('when it is gone', async () => {
    const measured = await measure(join(tempFolder(), 'x.mp3'));
    expect('notChecked' in measured && measured.notChecked).toMatch(/No such file/);
  });

  test('when ffmpeg is killed', async () => {
    const program = join(tempFolder(), 'ffmpeg');
    writeFileSync(program, '#!/bin/sh\nkill -9 $$\n');
    chmodSync(program, 0o755);
    const measured = await measure('/x.mp3', { ffmpegPath: program });
    expect('notChecked' in measured && measured.notChecked).toMatch(/killed \(SIGKILL\)/);
  });
});

test.each(['', 'no sound'])('a file with "%s" in it is broken', async (content) => {
  const path = join(tempFolder(), "- it's 100%: x.mp3");
  writeFileSync(path, content);
  expect(await found(path)).toMatchObject({ fault: "ffmpeg can't read it", loudness: undefined });
});

test('silence has no loudness, and a sound too short for it none either', async () => {
  const folder = tempFolder();
  for (const [name, source] of [
    ['silence', 'anullsrc=d=5'],
    ['blink', 'sine=d=0.2'],
  ] as const) {
    const path = join(folder, `${name}.flac`);
    await ffmpeg(['-f', 'lavfi', '-i', source, path]);
    expect(await found(path)).toMatchObject({ loudness: undefined, fault: undefined });
  }
});

test('an ffmpeg without the muxer of fingerprints measures everything else', async () => {
  const folder = tempFolder();
  const program = join(folder, 'ffmpeg');
  writeFileSync(
    program,
    `#!/bin/sh\ncase "$*" in *-muxers*) "${ffmpegPath}" "$@" | grep -v chromaprint; exit;; *chromaprint*) exit 1;; esac\nexec "${ffmpegPath}" "$@"\n`,
  );
  chmodSync(program, 0o755);
  expect(await hasChromaprint(program)).toBe(false);
  expect(await hasChromaprint(ffmpegPath)).toBe(true);
  const to = join(folder, 'song');
  const plan = planConversion('mp3', 'opus', 'low');
  const measured = await convertMeasured({ from, to, plan }, { ...optionsOf(), ffmpegPath: program });
  expect(measured).toMatchObject({
    fingerprint: undefined,
    loudness: { rangeLu: expect.any(Number) as number },
  });
});

test('an ffmpeg that cannot measure costs no song', async () => {
  const folder = tempFolder();
  const program = join(folder, 'ffmpeg');
  writeFileSync(program, `#!/bin/sh\ncase "$*" in *ebur128*) exit 1;; esac\nexec "${ffmpegPath}" "$@"\n`);
  chmodSync(program, 0o755);
  const to = join(folder, 'song');
  const plan = planConversion('mp3', 'opus', 'low');
  expect(await convertMeasured({ from, to, plan }, { ...optionsOf(), ffmpegPath: program })).toBeUndefined();
  expect((await found(to)).fault).toBeUndefined();
});
