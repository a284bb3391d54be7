import { runProcess } from '../../../src/system/process.ts';
import { cached } from './cache.ts';

/** What has to be known of a song before anything is done with it. */
export interface Look {
  readonly seconds: number;
  /** In dBFS, of its first two minutes and of what a voice would be in: 300 to 3,400 Hz. */
  readonly level: number;
  readonly voiceLevel: number;
}

/** The frequencies of a voice. */
export const voiceBand = 'highpass=f=300,lowpass=f=3400';

/** Undefined for what is no sound. */
export async function lookAt(ffmpeg: string, folder: string, path: string): Promise<Look | undefined> {
  const bytes = await cached(folder, ['look 1', path], async () => {
    const filters = `[0:a:0]asplit[a][b];[a]volumedetect,anullsink;[b]${voiceBand},volumedetect[o]`;
    const args = [
      '-hide_banner',
      '-nostdin',
      '-t',
      '120',
      '-i',
      path,
      '-filter_complex',
      filters,
      '-map',
      '[o]',
      '-f',
      'null',
      '-',
    ];
    const { stderr } = await runProcess('nice', ['-n', '15', ffmpeg, ...args]);
    return Buffer.from(stderr);
  });
  const said = bytes.toString();
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):([\d.]+)/.exec(said) ?? [];
  const levels = new Map(
    [...said.matchAll(/volumedetect_(\d) .*mean_volume: (-?[\d.]+) dB/g)].map(([, number, level]) => [
      number,
      Number(level),
    ]),
  );
  const [level, voiceLevel] = [levels.get('1'), levels.get('5')];
  if (level === undefined || voiceLevel === undefined) return undefined;
  return { seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds), level, voiceLevel };
}
