import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ToolBox } from '../doctor/tool-box.ts';
import { HarmoniError } from '../errors.ts';
import type { Store } from '../history/store.ts';
import type { Candidate } from '../matching/candidate.ts';
import type { Provider } from '../providers/provider.ts';
import { cutFromPage } from '../providers/ytdlp/cut-from-page.ts';
import { fromPipe } from '../sound/through-ffmpeg.ts';
import { findProgram } from '../system/find-program.ts';
import { runProcess } from '../system/process.ts';

export interface ListenParts {
  readonly tools: Pick<ToolBox, 'ytDlp' | 'ffmpegPath'>;
  readonly providers: readonly Pick<Provider, 'name' | 'title' | 'noun' | 'isPaced'>[];
  readonly store: Pick<Store, 'visits'>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Programs that play a WAV file and end with it, in the order in which they are looked for. */
const players: readonly (readonly [name: string, ...args: string[]])[] = [
  ['ffplay', '-nodisp', '-autoexit', '-loglevel', 'error'],
  ['mpv', '--no-config', '--no-video', '--no-terminal'],
  ['afplay'],
  ['pw-play'],
  ['paplay'],
  ['aplay', '-q'],
];

const clipSeconds = 10;
/** Songs begin alike; after half a minute they are themselves. */
const fromSeconds = 30;
/** A yt-dlp that sends nothing for so long is not waited for: somebody sits there. */
const silenceMs = 30_000;
/** A player that is still there so long after the end hangs. */
const graceSeconds = 5;

/** What is played before a candidate, to compare the two. */
export interface PlayedFirst {
  /** A clip in any format that ffmpeg reads. */
  readonly sound: Uint8Array;
  /** Where in the candidate it lies, in ms; undefined where nobody knows. */
  readonly atMs?: number | undefined;
}

/** Clips are faded in. */
const intoClipSeconds = 5;

/**
 * Plays ten seconds of a candidate; where there's something to compare it with, ten seconds of that first, and then the same
 * of the candidate.
 * @param onTurn told what is played next
 * @throws HarmoniError player-missing, player-failed, and what yt-dlp ends with; the signal's reason
 */
export async function listenTo(
  parts: ListenParts,
  candidate: Candidate,
  signal: AbortSignal,
  first?: PlayedFirst,
  onTurn: (what: 'first' | 'candidate') => void = () => undefined,
): Promise<void> {
  const player = await findPlayer(parts.env['PATH']);
  if (player === undefined) {
    const names = players.map(([name]) => name).join(', ');
    throw new HarmoniError('player-missing', `There's no program here that plays audio (${names}).`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'harmoni-listen-'));
  const [before, clip] = [join(folder, 'first.wav'), join(folder, 'clip.wav')];
  const from =
    first?.atMs === undefined
      ? Math.min(fromSeconds, (candidate.durationMs ?? 0) / 3000)
      : first.atMs / 1000 + intoClipSeconds;
  // It comes while the other one is played.
  const fetching = fetchClip(parts, candidate, { clip, from }, signal);
  try {
    if (first !== undefined) {
      fetching.catch(() => undefined);
      await cutClip(await parts.tools.ffmpegPath(), first.sound, before, signal);
      onTurn('first');
      await play(player, before, signal);
    }
    await fetching;
    onTurn('candidate');
    await play(player, clip, signal);
  } finally {
    await fetching.catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws HarmoniError player-failed; the signal's reason */
async function cutClip(ffmpeg: string, sound: Uint8Array, clip: string, signal: AbortSignal): Promise<void> {
  await runProcess(ffmpeg, ['-loglevel', 'error', ...fromPipe, ...cutting(intoClipSeconds, clip)], {
    input: Readable.from([sound]),
    signal,
  });
  if (!(await hasSound(clip))) throw new HarmoniError('player-failed', "ffmpeg couldn't read the preview.");
}

function cutting(from: number, clip: string): readonly string[] {
  return ['-ss', from.toFixed(1), '-t', String(clipSeconds), '-vn', '-f', 'wav', '-y', clip];
}

interface Player {
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
}

async function findPlayer(path: string | undefined): Promise<Player | undefined> {
  for (const [name, ...args] of players) {
    const file = await findProgram(name, path);
    if (file !== undefined) return { name, path: file, args };
  }
  return undefined;
}

/** yt-dlp sends the sound from its beginning, and is ended when ffmpeg has cut out what is heard. */
async function fetchClip(
  { tools, providers, store }: ListenParts,
  { media, url }: Candidate,
  { clip, from }: { readonly clip: string; readonly from: number },
  signal: AbortSignal,
): Promise<void> {
  const provider = providers.find(({ name }) => name === media.provider);
  if (provider === undefined) throw new HarmoniError('internal', `${media.provider} isn't a provider.`);
  const ffmpegPath = await tools.ffmpegPath();
  const ytDlp = () => tools.ytDlp();
  // YouTube counts it as it counts a download.
  if (provider.isPaced === true) store.visits.happened(store.visits.plan());
  const wish = { url, cutting: cutting(from, clip), signal };
  const { failure } = await cutFromPage({ ytDlp, silenceMs, ffmpegPath }, provider, wish);
  if (await hasSound(clip)) return;
  if (failure instanceof HarmoniError) throw failure;
  throw new HarmoniError('player-failed', "ffmpeg couldn't read the audio.", { cause: failure });
}

/** More than the head of a WAV file. */
async function hasSound(clip: string): Promise<boolean> {
  const found = await stat(clip).catch(() => undefined);
  return found !== undefined && found.size > 1000;
}

async function play({ name, path, args }: Player, clip: string, signal: AbortSignal): Promise<void> {
  const timeoutMs = (clipSeconds + graceSeconds) * 1000;
  const end = await runProcess(path, [...args, clip], { signal, timeoutMs }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new HarmoniError('player-failed', `${name} can't be started.`, { cause });
  });
  if (end.exitCode === 0) return;
  const said = end.stderr.trim().split('\n').at(-1)?.trim() ?? '';
  const why = end.signal === null ? said.slice(0, 160) : 'it stopped responding';
  throw new HarmoniError('player-failed', `${name} couldn't play it${why === '' ? '' : ` (${why})`}.`);
}
