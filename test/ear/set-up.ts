import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEar, type EarParts, type EarWithPreviews } from '../../src/ear/create-ear.ts';
import type { SongToHear } from '../../src/ear/ear.ts';
import { openStore, type Store } from '../../src/history/store.ts';
import { fingerprintFile } from '../../src/sound/measure-file.ts';
import { createHttp } from '../../src/system/http.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createTestClock, type TestClock } from '../helpers/clock.ts';
import { musicRate, playMusic } from '../helpers/music.ts';
import { encodeSound } from '../helpers/sounds.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';
import { goodKey, startAcoustId, type AcoustIdStandIn } from '../stand-ins/acoustid.ts';
import { startDeezer, type DeezerStandIn } from '../stand-ins/deezer.ts';

export const isrc = 'GBUM71029604';
export const lengthMs = 80_000;
export const track: Track = { artists: ['Band'], artist: 'Band', track: 'Song', isrc, durationMs: lengthMs };
export const signal = new AbortController().signal;

/** Real sounds, made once for a file of tests: a song, another one, and clips of the first. */
export interface Sounds {
  readonly ffmpegPath: string;
  readonly folder: string;
  readonly song: SongToHear;
  /** Another song of the same length. */
  readonly other: SongToHear;
  /** The middle of the first, as a preview. */
  readonly preview: Buffer;
  /** A file of so many seconds of the song, with what stands before it. */
  write(name: string, pcm: Buffer, format?: string): Promise<SongToHear>;
  readonly pcm: Buffer;
  /** Removes the folder. */
  close(): void;
}

export async function makeSounds(): Promise<Sounds> {
  const ffmpegPath = (await realTools()).ffmpeg;
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-test-'));
  const pcm = playMusic(11, { seconds: lengthMs / 1000 });
  const write = async (name: string, sound: Buffer, format = 'opus'): Promise<SongToHear> => {
    const path = join(folder, name);
    writeFileSync(path, await encodeSound(ffmpegPath, sound, { format }));
    const fingerprint = await fingerprintFile(path, { ffmpegPath, signal });
    return { track, path, lengthMs: (sound.length / 2 / musicRate) * 1000, fingerprint };
  };
  const clip = { format: 'mp3', fromSeconds: 40, seconds: 30 };
  return {
    ...{ ffmpegPath, folder, pcm, write },
    close: () => rmSync(folder, { recursive: true, force: true }),
    song: await write('song.opus', pcm),
    other: await write('other.opus', playMusic(12, { seconds: lengthMs / 1000 })),
    preview: await encodeSound(ffmpegPath, pcm, clip),
  };
}

/** An ear on stand-ins, with a data folder of its own. */
export interface EarBench {
  readonly deezer: DeezerStandIn;
  readonly acoustId: AcoustIdStandIn;
  readonly store: Store;
  readonly clock: TestClock;
  readonly log: string[];
  readonly ear: EarWithPreviews;
  /** Another ear of the same data folder. */
  open(change?: Partial<EarParts>): EarWithPreviews;
  close(): Promise<void>;
}

export const config = { acoustid_client_key: '', downloads_per_hour: 0 };
export const withKey = { acoustid_client_key: goodKey, downloads_per_hour: 0 };

export async function createEarBench({ ffmpegPath }: Pick<Sounds, 'ffmpegPath'>): Promise<EarBench> {
  const http = createHttp();
  const [deezer, acoustId] = [await startDeezer(), await startAcoustId()];
  const clock = createTestClock();
  const store = openStore(tempFolder(), clock);
  const log: string[] = [];
  const open = (change: Partial<EarParts> = {}): EarWithPreviews =>
    createEar({
      ...{ http, clock, store, random: () => 0.5, silenceMs: 20_000 },
      ytDlp: () => Promise.reject(new Error('Nobody asked for yt-dlp.')),
      ffmpegPath: () => Promise.resolve(ffmpegPath),
      providers: [{ name: 'youtube', title: 'YouTube', noun: 'video', isPaced: true }],
      log: { write: (...line) => void log.push(JSON.stringify(line)) },
      ...change,
      config: { deezer_url: deezer.url, acoustid_url: acoustId.url, ...config, ...change.config },
    });
  return {
    ...{ deezer, acoustId, store, clock, log, open, ear: open() },
    async close() {
      store.close();
      await http.close();
      await Promise.all([deezer.close(), acoustId.close()]);
    },
  };
}

/** A program that stands for yt-dlp or ffmpeg: a shell script. */
export function program(script: string): string {
  const path = join(tempFolder(), 'program');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
