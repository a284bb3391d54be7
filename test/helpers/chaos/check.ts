import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { pitchOf } from '../../stand-ins/hear-tone.ts';
import { runProcess } from '../../../src/system/process.ts';
import { checkPlaylists } from './check-playlist.ts';
import type { End } from './drive.ts';
import { slowness } from '../patience.ts';
import type { Trial } from './trial.ts';

const statuses = ['done', 'present', 'unsure', 'none', 'failed', 'cancelled'] as const;
const report = z.object({
  lists: z.array(
    z.object({
      name: z.string(),
      tracks: z.array(
        z.object({
          artist: z.string(),
          track: z.string(),
          status: z.enum(statuses),
          path: z.string().optional(),
          failure: z.object({ code: z.string(), message: z.string() }).optional(),
        }),
      ),
      playlistFile: z.string().optional(),
    }),
  ),
  summary: z.record(z.string(), z.number()),
});
export type Report = z.output<typeof report>;

export function readReport(stdout: string): Report | undefined {
  try {
    return report.parse(JSON.parse(stdout));
  } catch {
    return undefined;
  }
}

/** What a run must be, however it was disturbed: it ends, in a sentence, and tells of each song once. */
export function checkEnd(trial: Trial, what: string, end: End): void {
  const fault = (text: string): void => void trial.faults.push(`${what}: ${text}`);
  const shown = `${end.stderr.slice(-300)} ${end.stdout.slice(0, 200)}`;
  if (end.hung) fault(`it did not end (${shown})`);
  if (/fault in HARMONI|Unhandled|^\s+at .+:\d+:\d+\)?$/m.test(`${end.stderr}\n${end.stdout}`))
    fault(`an ugly end: ${end.stderr.slice(0, 400)} ${end.stdout.slice(0, 300)}`);
  if (end.mostOpenFiles > 120) fault(`${end.mostOpenFiles} open files`);
  const told = readReport(end.stdout);
  for (const list of told?.lists ?? []) {
    const songs = new Set(list.tracks.map(({ artist, track }) => `${artist} - ${track}`));
    if (songs.size !== list.tracks.length) fault(`a song has two outcomes in "${list.name}"`);
  }
  if (told !== undefined) {
    const tracks = told.lists.flatMap((list) => list.tracks);
    for (const status of statuses) {
      const counted = tracks.filter((track) => track.status === status).length;
      if (told.summary[status] !== counted)
        fault(`the summary says ${told.summary[status]} ${status}, not ${counted}`);
    }
    if (end.exitCode === 0 && tracks.some(({ status }) => status !== 'done' && status !== 'present'))
      fault('it ended with 0 although a song is missing');
  }
}

/** After a signal: 130, soon; or it had come to its end already. */
export function checkSignalled(trial: Trial, what: string, end: End, mostMs: number): void {
  const { firstSignal, signalToEndMs = 0 } = end;
  if (firstSignal === undefined || end.hung) return;
  if (signalToEndMs > mostMs * slowness())
    trial.faults.push(`${what}: it ended ${Math.round(signalToEndMs)} ms after ${firstSignal}`);
  const obeyed = end.exitCode === 130 || end.signal === firstSignal;
  const late = (end.exitCode === 0 || end.exitCode === 1) && signalToEndMs < 800 * slowness();
  if (!obeyed && !late)
    trial.faults.push(
      `${what}: ${firstSignal} was not obeyed: exit ${String(end.exitCode ?? end.signal)} after ${Math.round(signalToEndMs)} ms`,
    );
}

/** Whether the last report is what the disk holds: every song once, whole, and nothing else. */
export async function checkLibrary(trial: Trial, told: Report, ffmpegPath: string): Promise<void> {
  const { faults, users, library } = trial;
  const reported = new Map<string, Wanted>();
  for (const track of told.lists.flatMap((list) => list.tracks)) {
    const shelf = trial.world.youTube.catalogue.shelves.find(
      (each) => each.track.track === track.track && each.track.artist === track.artist,
    );
    if (track.path === undefined || (track.status !== 'done' && track.status !== 'present'))
      faults.push(
        `${track.track} is ${track.status}: ${track.failure?.code ?? ''} ${track.failure?.message ?? ''}`,
      );
    else {
      const real = realOf(track.path);
      if (real === undefined) faults.push(`${track.track} is reported but not there: ${track.path}`);
      else if (reported.has(real)) faults.push(`two songs are one file: ${track.path}`);
      else
        reported.set(real, {
          track: track.track,
          ms: shelf?.track.durationMs ?? 0,
          toneHz: shelf?.right?.toneHz ?? 0,
        });
    }
  }
  if (reported.size < trial.tracks.length && faults.length === 0)
    faults.push(`${reported.size} of ${trial.tracks.length} songs are reported`);
  // A song that the user moved to another folder comes back to its list as a hard link: that is one song.
  const inodes = new Set([...reported.keys()].map(inodeOf));
  const strays: string[] = [];
  for (const path of filesBelow(library)) {
    const name = basename(path);
    const real = realOf(path) ?? path;
    if (users.before.has(path) || users.added.has(path) || reported.has(real) || users.audio.has(real))
      continue;
    if (name.endsWith('.m3u8') || inodes.has(inodeOf(path))) continue;
    strays.push(path);
  }
  if (strays.length > 0) faults.push(`${strays.length} stray files: ${strays.slice(0, 3).join(', ')}`);
  checkPlaylists(told, faults);
  // Under a song's name the user may put what he likes.
  for (const path of users.added.keys()) reported.delete(realOf(path) ?? path);
  await checkSounds(reported, faults, ffmpegPath);
}

/** What a song must sound like. */
interface Wanted {
  readonly track: string;
  readonly ms: number;
  readonly toneHz: number;
}

/** Decodes all of it and listens: a header, a name and tags may say what they like. */
async function checkSounds(
  files: ReadonlyMap<string, Wanted>,
  faults: string[],
  ffmpegPath: string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'harmoni-decoded-'));
  try {
    const paths = [...files.keys()];
    if (paths.length === 0) return;
    const { stderr } = await runProcess(ffmpegPath, [
      ...['-v', 'error', '-nostdin'],
      ...paths.flatMap((path) => ['-i', path]),
      ...paths.flatMap((_, at) => [
        ...['-map', `${at}:a:0`, '-ac', '1', '-ar', '8000', '-f', 'f32le', join(folder, String(at))],
      ]),
    ]);
    if (stderr.trim() !== '') faults.push(`ffmpeg says of the songs: ${stderr.slice(0, 300)}`);
    for (const [at, { track, ms, toneHz }] of [...files.values()].entries()) {
      const path = join(folder, String(at));
      const raw = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
      const samples = new Float32Array(raw.buffer, raw.byteOffset, Math.floor(raw.length / 4));
      const lasts = samples.length / 8;
      if (Math.abs(lasts - ms) > 400) faults.push(`${track} lasts ${lasts} ms instead of ${ms}`);
      const heard = pitchOf(samples);
      if (heard === null || Math.abs(heard - toneHz) > 8)
        faults.push(`${track} is another sound: ${String(heard)} Hz instead of ${toneHz}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inodeOf(path: string): string {
  const about = statSync(path, { throwIfNoEntry: false });
  return about === undefined ? path : `${about.dev}:${about.ino}`;
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Files and links, hidden ones too; linked folders are followed once. */
function filesBelow(folder: string, seen = new Set<string>()): string[] {
  const real = realOf(folder);
  if (real === undefined || seen.has(real)) return [];
  seen.add(real);
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    if (isFolder) return name === '.harmoni' ? [path] : filesBelow(path, seen);
    return lstatSync(path, { throwIfNoEntry: false }) === undefined ? [] : [path];
  });
}
