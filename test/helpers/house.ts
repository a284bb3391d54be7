import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { configSchema, type Config } from '../../src/config/schema.ts';
import { openConfig } from '../../src/config/store.ts';
import type { DownloadDeps } from '../../src/downloads/job-parts.ts';
import type { EarWithPreviews } from '../../src/ear/create-ear.ts';
import { openStore, type Store } from '../../src/history/store.ts';
import { createSources } from '../../src/sources/sources.ts';
import { createHttp } from '../../src/system/http.ts';
import type { Track } from '../../src/tracks/track.ts';
import type { Output } from '../../src/ui/output.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import type { Match, MatchTrack } from '../../src/matching/match.ts';
import { createTestClock } from './clock.ts';
import { createProviders } from '../../src/providers/providers.ts';
import { ofVideo } from './media.ts';
import { createScriptedPrompter, type ScriptedAnswer } from './scripted-prompter.ts';
import { tempFolder } from './temp-folder.ts';

export interface HouseOptions {
  /** What the person does; a question that is not expected and an answer that is not used fail the test. */
  readonly answers?: readonly ScriptedAnswer[] | ((library: string) => readonly ScriptedAnswer[]);
  readonly config?: Partial<Config>;
  /** Without it no song has a video. */
  readonly matchTrack?: MatchTrack;
  /** Without it nobody listens. */
  readonly ear?: EarWithPreviews;
}

/** What is missing fails the test that needs it. */
const none = (what: string) => (): never => {
  throw new Error(`${what} is not needed here.`);
};

/**
 * The parts of a HARMONI for commands, menus and views: a real store and library in a folder of their own, a person who
 * answers as planned, and no yt-dlp, no ffmpeg and no network.
 */
export function createHouse(options: HouseOptions = {}) {
  const folder = tempFolder();
  const music = join(folder, 'music');
  const exportify = join(folder, 'exportify');
  mkdirSync(exportify);
  const clock = createTestClock();
  const store: Store = openStore(join(folder, 'data'), clock);
  const http = createHttp();
  const { answers = [] } = options;
  const prompter = createScriptedPrompter(typeof answers === 'function' ? answers(music) : answers);
  const printed: string[] = [];
  const documents: unknown[] = [];
  const output: Output = {
    say: (text) => void printed.push(text),
    lines: (lines) => void printed.push(...lines.map(({ text }) => text)),
    log: (text) => void printed.push(text),
    raw: (text) => void printed.push(text),
    document: (document) => void documents.push(document),
    json: false,
    columns: 80,
  };
  const config = configSchema.parse({
    output_dir: music,
    audio_format: 'best',
    downloads_per_hour: 0,
    exportify_watch_folder: exportify,
    tracks_file: join(folder, 'tracks.json'),
    ...options.config,
  });
  const matchTrack: MatchTrack = options.matchTrack ?? (async () => matchOf([]));
  const providers = createProviders({ http, musicUrl: '', ytDlp: none('yt-dlp'), silenceMs: 0 });
  const log = { write: () => undefined };
  const work = new AbortController();
  const deps: DownloadDeps = {
    store,
    clock,
    random: () => 0.5,
    http,
    log,
    matchTrack,
    providers,
    ytDlp: none('yt-dlp'),
    ffmpegPath: none('ffmpeg'),
    ffmpegExtraArgs: [],
    config,
    silenceMs: 1_000,
    cores: 1,
    idleCores: () => 1,
  };
  onTestFinished(async () => {
    store.close();
    await http.close();
    prompter.finish();
  });
  return {
    folder,
    exportify,
    printed,
    documents,
    /** Ctrl+C. */
    interrupt: () => work.abort(new Error('interrupted')),
    env: {},
    interactive: true,
    store,
    clock,
    config,
    http,
    log,
    prompter,
    output,
    matchTrack,
    providers,
    configStore: openConfig(join(folder, 'config.json')),
    openEar: async () => options.ear ?? none('The ear')(),
    tools: { ytDlp: none('yt-dlp'), ffmpegPath: none('ffmpeg') },
    paths: {
      output: music,
      data: join(folder, 'data'),
      trash: join(folder, 'trash'),
      log: join(folder, 'app.log'),
    },
    progress: {
      isLive: false,
      draw: () => undefined,
      print: () => undefined,
      alert: () => undefined,
      end: () => undefined,
    },
    sources: () => createSources({ providers, spotify: none('Spotify'), readStdin: none('Stdin') }),
    beginWork: () => {
      work.signal.throwIfAborted();
      return { signal: work.signal, done: () => undefined };
    },
    downloadDeps: () => deps,
    /** Puts a song of the user's own into the library. */
    own: (track: Pick<Track, 'artist' | 'track'>): string => {
      const path = join(music, `${track.artist} - ${track.track}.wav`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, silence());
      return path;
    },
  };
}

/** A match with these candidates, the first of which is the pick; nothing is sure. */
export function matchOf(candidates: readonly Candidate[]): Match {
  const [pick = null, ...others] = candidates;
  return {
    decision: pick === null ? 'none' : 'unsure',
    confidence: pick === null ? 0 : 0.5,
    pick,
    reasons: ['because the test says so'],
    doubts: ['nobody knows'],
    runnersUp: others.map((candidate) => ({
      candidate,
      confidence: 0.4,
      reasons: [],
      doubts: [],
      acceptable: false,
    })),
    requests: 1,
  };
}

export function candidateOf(videoId: string, title: string): Candidate {
  return { ...ofVideo(videoId), title, kind: 'video', artists: [], channel: 'Somebody', durationMs: 100_000 };
}

export function songOf(artist: string, track: string, more: Partial<Track> = {}): Track {
  return { artists: [artist], artist, track, ...more };
}

/** A tenth of a second, as a WAV file. */
function silence(): Buffer {
  const rate = 8_000;
  const bytes = rate / 10;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(bytes, 40);
  return Buffer.concat([head, Buffer.alloc(bytes, 128)]);
}
