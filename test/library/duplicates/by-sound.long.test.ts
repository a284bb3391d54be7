import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareSounds } from '../../../src/library/duplicates/by-sound.ts';
import { copiesOf } from '../../../src/library/duplicates/group.ts';
import { measureSongs } from '../../../src/library/measure-songs.ts';
import { ffmpeg } from '../../downloads/sounds.ts';
import { musicRate, playMusic, type Playing } from '../../helpers/music.ts';
import { openTestStore } from '../../history/set-up.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { realTools } from '../../helpers/world.ts';

const { signal } = new AbortController();
const seconds = 60;
const mp3 = ['-c:a', 'libmp3lame', '-q:a', '2'];
const speed = (factor: number): string => `asetrate=${Math.round(musicRate * factor)},aresample=${musicRate}`;

/** A recording beside the plain one, and what HARMONI takes it for. */
const recordings: readonly {
  readonly name: string;
  readonly playing?: Partial<Playing>;
  readonly filter?: string;
  readonly codec?: readonly string[];
  readonly expected: 'same sound' | 'similar sound' | undefined;
}[] = [
  { name: 'MP3', expected: 'same sound' },
  { name: 'MP3 of 64k', codec: ['-c:a', 'libmp3lame', '-b:a', '64k'], expected: 'same sound' },
  { name: 'AAC', codec: ['-c:a', 'aac', '-b:a', '128k'], expected: 'same sound' },
  { name: 'FLAC', codec: ['-c:a', 'flac'], expected: 'same sound' },
  { name: 'begins a second later', filter: 'adelay=1000:all=1', expected: 'same sound' },
  { name: 'begins between two values', filter: 'adelay=62:all=1', expected: 'same sound' },
  {
    name: 'mild remaster',
    filter: 'bass=g=3,treble=g=2,acompressor=threshold=0.1:ratio=3:makeup=2,alimiter=limit=0.9',
    expected: 'same sound',
  },
  {
    name: 'heavy remaster',
    filter:
      'bass=g=8,equalizer=f=1000:t=q:w=1:g=-5,acompressor=threshold=0.05:ratio=6:makeup=4,alimiter=limit=0.8',
    expected: 'similar sound',
  },
  { name: 'pitch and tempo +1 %', filter: speed(1.01), expected: undefined },
  { name: 'pitch and tempo -1 %', filter: speed(0.99), expected: undefined },
  { name: 'instrumental', playing: { isInstrumental: true }, expected: undefined },
  { name: 'live', playing: { take: 1 }, filter: 'aecho=0.8:0.7:60|130:0.4|0.25', expected: undefined },
];

test.each([1, 2, 3])(
  'recordings of song %i are told apart by their sound, and from other songs',
  async (seed) => {
    const { ffmpeg: ffmpegPath } = await realTools();
    const folder = tempFolder();
    const store = openTestStore();
    // Playing takes longer than all the rest, and most recordings are of one.
    const played = ({ seed: other = seed, ...playing }: Parameters<typeof make>[1] = {}): string => {
      const pcm = join(folder, `${[other, ...Object.entries(playing).flat()].join(' ')}.pcm`);
      if (!existsSync(pcm)) writeFileSync(pcm, playMusic(other, { seconds, ...playing }));
      return pcm;
    };
    const make = async (
      name: string,
      playing: Partial<Playing> & { readonly seed?: number } = {},
      filter = 'anull',
      codec: readonly string[] = mp3,
    ): Promise<void> => {
      const path = join(folder, `${name.replaceAll('/', ' ')}.mka`);
      const pcm = played(playing);
      const input = ['-f', 's16le', '-ar', String(musicRate), '-ac', '1', '-i', pcm];
      await ffmpeg([...input, '-af', filter, '-ar', '48000', '-ac', '2', ...codec, path]);
      const { size, mtimeMs, ino } = statSync(path);
      const stamp = { sizeBytes: size, modifiedMs: Math.round(mtimeMs), inode: String(ino) };
      store.files.put({ path, ...stamp, durationMs: seconds * 1000, downloaded: true }, []);
    };
    await make('0 plain', {}, 'anull', ['-c:a', 'libopus', '-b:a', '128k']);
    for (const { name, playing, filter, codec } of recordings) await make(name, playing, filter, codec);
    await make('another song', { seed: seed + 10 });
    const files = store.files.filesBelow(folder);
    const parts = { store, ffmpegPath, hasFingerprint: true, cores: 2, signal };
    expect(await measureSongs(files, parts)).toMatchObject({
      measured: files.length,
      broken: [],
      notChecked: [],
    });
    const copies = copiesOf(store.files.songsBelow(folder).map((song) => ({ ...song, lists: [] })));
    const numberOf = (name: string): number =>
      copies.findIndex(({ paths: [path = ''] }) => path.startsWith(join(folder, name)));
    const { pairs } = compareSounds(copies, store, signal);
    const plain = numberOf('0 plain');
    const found = Object.fromEntries(
      [...recordings.map(({ name }) => `${name}.`), 'another song'].map((name) => {
        const other = numberOf(name);
        const pair = pairs.find(
          ({ one, other: two }) => [one, two].includes(plain) && [one, two].includes(other),
        );
        return [name.replace(/\.$/, ''), pair?.evidence];
      }),
    );
    // It lies about the limit: what is told of it is never acted on.
    const { 'heavy remaster': heavy, ...sure } = found;
    expect(['similar sound', undefined]).toContain(heavy);
    expect(sure).toEqual({
      ...Object.fromEntries(
        recordings
          .filter(({ name }) => name !== 'heavy remaster')
          .map(({ name, expected }) => [name, expected]),
      ),
      'another song': undefined,
    });
  },
  600_000,
);
