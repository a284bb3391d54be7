import { Readable } from 'node:stream';
import { readFingerprint } from '../../../src/sound/measurement.ts';
import { runProcess } from '../../../src/system/process.ts';
import { musicRate, playMusic, type Playing } from '../../helpers/music.ts';
import { cached } from './cache.ts';
import { fitOf, type Group } from './fits.ts';
import { printsOf, type PrintParts } from './prints.ts';

const seconds = 80;
/** Not where one of Chromaprint's values begins. */
const clipPart = ['-ss', '20.05', '-t', '30'];

/**
 * What real music doesn't give without its tracks: the very same song without its voice, and another take of it by the same
 * band. Made by a seed each (test/helpers/music.ts).
 */
export async function compareGenerated(songs: number, parts: PrintParts): Promise<readonly Group[]> {
  const kinds: readonly { readonly name: string; readonly playing: Partial<Playing> }[] = [
    { name: 'the same', playing: {} },
    { name: 'without the voice', playing: { isInstrumental: true } },
    { name: 'another take', playing: { take: 1 } },
  ];
  const groups = kinds.map(({ name, playing }) => ({ name, playing, fits: [] as Group['fits'][number][] }));
  for (let seed = 1; seed <= songs; seed += 1) {
    const clip = await printsOf(await soundOf(seed, {}, [...clipPart, '-f', 'wav'], parts), parts);
    for (const { playing, fits } of groups)
      fits.push(fitOf(clip, await printOf(seed, playing, parts), `generated song ${seed}`));
  }
  return groups.map(({ name, fits }) => ({ name, fits }));
}

async function printOf(seed: number, playing: Partial<Playing>, parts: PrintParts): Promise<Uint32Array> {
  const form = ['-ac', '1', '-ar', '11025', '-fp_format', 'raw', '-f', 'chromaprint'];
  return readFingerprint(await soundOf(seed, playing, form, parts)) ?? new Uint32Array();
}

/** What ffmpeg makes of it. */
function soundOf(
  seed: number,
  playing: Partial<Playing>,
  form: readonly string[],
  { ffmpeg, folder }: PrintParts,
): Promise<Buffer> {
  return cached(folder, ['generated 2', seed, playing, form, seconds], async () => {
    const raw = ['-f', 's16le', '-ar', String(musicRate), '-ac', '1', '-i', 'pipe:0'];
    const { stdout, stderr, exitCode } = await runProcess(
      ffmpeg,
      ['-v', 'error', ...raw, ...form, 'pipe:1'],
      {
        input: Readable.from([playMusic(seed, { seconds, ...playing })]),
        encoding: 'latin1',
        maxOutputBytes: 2 ** 23,
      },
    );
    if (exitCode !== 0) throw new Error(stderr);
    return Buffer.from(stdout, 'latin1');
  });
}
