import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { makeShelves, recordingOf, shuffle, songName } from '../../src/demo/catalogue.ts';
import type { ToneStore } from '../../src/demo/tones.ts';
import type { Video } from '../../src/demo/video.ts';
import type { Track } from '../../src/tracks/track.ts';
import type { TestCatalogue } from '../stand-ins/catalogue.ts';
import { startDeezer, type DeezerStandIn } from '../stand-ins/deezer.ts';
import { musicRate, playMusic } from './music.ts';
import { encodeSound } from './sounds.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, soundsDir, type World } from './world.ts';

/**
 * What is heard in an upload that has the title and the length of a song, and isn't it. Not another take: what this band of
 * oscillators plays twice is more alike than what people do.
 */
const decoySounds = ['another song', 'instrumental', 'a semitone higher', '4 % faster'] as const;
export type HeardSound = 'right' | (typeof decoySounds)[number];

interface Upload {
  /** The song that it's of. */
  readonly seed: number;
  readonly sound: HeardSound;
}

export interface EarDecoyResult {
  readonly tracks: number;
  readonly right: number;
  /** What each of them sounds like. */
  readonly wrong: readonly string[];
  /** Not downloaded, and why. */
  readonly open: readonly string[];
  /** Of the songs that text alone leaves open. */
  readonly unsureByText: number;
  readonly perSong: { readonly visits: number; readonly deezer: number; readonly previews: number };
  readonly seconds: number;
}

/** The middle of a song, as a preview has it. */
const clip = { format: 'mp3', fromSeconds: 6, seconds: 24 } as const;
const decoysPerSong = 2;

/** Songs, each with uploads whose titles, lengths and uploaders say nothing that would tell them apart. */
function makeUploads(tracks: readonly Track[], seed: string) {
  const uploads: Upload[] = [];
  const upload = (track: Track, index: number, sound: HeardSound): Video => {
    const toneHz = uploads.push({ seed: index + 1, sound }) - 1;
    const named = recordingOf(track, index, `${songName(track, index, seed)} ${sound}`);
    const { isrc, album, releaseDate, ...video } = named;
    if (isrc === undefined || album === undefined || releaseDate !== undefined)
      throw new Error('The songs of this test have an ISRC and an album.');
    const channel = `Uploads ${toneHz}`;
    return { ...video, toneHz, kind: 'user-video', channel, artists: [channel], viewCount: 1_000 };
  };
  const catalogue = makeShelves(tracks, (track, index) => {
    const right = upload(track, index, 'right');
    const decoys = Array.from({ length: decoysPerSong }, (_, number) =>
      upload(track, index, decoySounds[(index + number) % decoySounds.length] ?? 'another song'),
    );
    return { track, right, results: shuffle([right, ...decoys], songName(track, index, seed)) };
  });
  return { catalogue: { ...catalogue, playlists: [] } satisfies TestCatalogue, uploads };
}

/** As many samples as the song has, whatever is heard in them. */
function pcmOf({ seed, sound }: Upload, seconds: number): Buffer {
  switch (sound) {
    case 'another song':
      return playMusic(seed + 10_000, { seconds });
    case 'instrumental':
      return playMusic(seed, { seconds, isInstrumental: true });
    case '4 % faster':
      return playMusic(seed, { seconds: seconds * 1.04 });
    case 'a semitone higher':
    case 'right':
      return playMusic(seed, { seconds });
  }
}

const semitone = 2 ** (1 / 12);
const filters: Partial<Record<HeardSound, string>> = {
  '4 % faster': `asetrate=${musicRate * 1.04},aresample=48000`,
  'a semitone higher': `asetrate=${musicRate * semitone},aresample=48000,atempo=${1 / semitone}`,
};

/** Plays music in place of tones: a "pitch" is the number of an upload. */
function createMusicStore(ffmpeg: string, uploads: readonly Upload[]): ToneStore {
  return async ({ toneHz, durationMs }) => {
    const upload = uploads[toneHz];
    if (upload === undefined) throw new Error(`There is no upload ${toneHz}.`);
    const path = join(
      soundsDir,
      `music-${upload.seed}-${upload.sound.replaceAll(/\W+/g, '-')}-${durationMs}ms.webm`,
    );
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
    await mkdir(soundsDir, { recursive: true });
    const seconds = durationMs / 1000;
    const filter = filters[upload.sound];
    const wish = { format: 'webm', seconds, ...(filter === undefined ? {} : { filter }) };
    const bytes = await encodeSound(ffmpeg, pcmOf(upload, seconds), wish);
    const work = `${path}.${randomUUID()}`;
    await writeFile(work, bytes);
    await rename(work, path);
    return path;
  };
}

const document = z.object({
  lists: z.array(
    z.object({
      tracks: z.array(
        z.object({
          track: z.string(),
          status: z.string(),
          videoId: z.string().optional(),
          heard: z.object({ verdict: z.string() }).optional(),
          failure: z.object({ message: z.string() }).optional(),
        }),
      ),
    }),
  ),
});

/** A machine with a YouTube and a Deezer whose songs are music. */
export interface EarWorld {
  readonly world: World;
  readonly deezer: DeezerStandIn;
  readonly tracks: readonly Track[];
  /** A playlist file with all of them. */
  readonly list: string;
  soundOf(videoId: string): HeardSound | undefined;
  close(): Promise<void>;
}

/** Each song stands among uploads of its title and length that are something else, and Deezer has its preview. */
export async function createEarWorld(
  count: number,
  seed: string,
  config: Readonly<Record<string, unknown>> = {},
): Promise<EarWorld> {
  const { ffmpeg } = await realTools();
  const tracks = makeTracks(count, { fromMs: 36_000, stepMs: 500 });
  const { catalogue, uploads } = makeUploads(tracks, seed);
  const tones = createMusicStore(ffmpeg, uploads);
  const deezer = await startDeezer();
  const world = await createWorld({
    tracks,
    youTube: { catalogue, tones },
    config: { deezer_url: deezer.url, loudness: 'off', ...config },
  });
  for (const [index, { artist, track: title, isrc = '', durationMs = 0 }] of tracks.entries()) {
    const pcm = pcmOf({ seed: index + 1, sound: 'right' }, durationMs / 1000);
    const preview = await encodeSound(ffmpeg, pcm, clip);
    const duration = Math.round(durationMs / 1000);
    deezer.tracks.push({ id: index + 1, isrc, title, artist, duration, preview });
  }
  // What is played is made before anybody waits for it.
  for (const { results } of catalogue.shelves)
    for (const { toneHz, audioMs } of results) await tones({ toneHz, durationMs: audioMs, codec: 'opus' });
  const list = join(world.folder, 'Decoys.csv');
  writeFileSync(list, exportifyCsv(tracks));
  return {
    ...{ world, deezer, tracks, list },
    soundOf: (videoId) => uploads[catalogue.find(videoId)?.toneHz ?? -1]?.sound,
    async close() {
      await world.close();
      await deezer.close();
    },
  };
}

/**
 * Downloads songs with the real program, yt-dlp and ffmpeg from a YouTube on which each stands among uploads of its title and
 * length that are something else, once without and once with Deezer's previews.
 */
export async function runEarDecoys(count: number, seed: string): Promise<EarDecoyResult> {
  const ear = await createEarWorld(count, seed);
  const { world, deezer, list } = ear;
  try {
    const download = async (mode: 'never' | 'uncertain') => {
      const set = await world.run(['config', 'set', 'verify_by_ear', mode]);
      if (set.exitCode !== 0) throw new Error(set.stderr);
      const run = await world.run(['download', list, '--yes', '--json']);
      const outcomes = document.parse(run.json()).lists[0]?.tracks ?? [];
      if (outcomes.length !== count) throw new Error(`${outcomes.length} of ${count} songs: ${run.stderr}`);
      return outcomes;
    };
    const visits = (): number => world.youTube.requests.all.filter(({ kind }) => kind === 'player').length;
    const unsureByText = (await download('never')).filter(({ status }) => status === 'unsure').length;
    const visitsBefore = visits();
    const began = performance.now();
    const outcomes = await download('uncertain');
    const seconds = (performance.now() - began) / 1000;
    const downloaded = outcomes.filter(({ status }) => status === 'done');
    const wrong = downloaded.filter(({ videoId = '' }) => ear.soundOf(videoId) !== 'right');
    const perSong = (total: number): number => Math.round((100 * total) / count) / 100;
    return {
      tracks: count,
      right: downloaded.length - wrong.length,
      wrong: wrong.map(({ track, videoId = '' }) => `${track}: ${ear.soundOf(videoId)}`),
      open: outcomes
        .filter(({ status }) => status !== 'done')
        .map(({ track, status, failure }) => `${track}: ${status}: ${failure?.message ?? ''}`),
      unsureByText,
      perSong: {
        visits: perSong(visits() - visitsBefore),
        deezer: perSong(deezer.requests.length),
        previews: perSong(deezer.fetched.length),
      },
      seconds: Math.round(seconds * 10) / 10,
    };
  } finally {
    await ear.close();
  }
}
