import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { Running } from './drive.ts';
import type { Trial } from './trial.ts';

/** A point in the life of a run, by the clock or by what is seen of it from outside. */
export type Moment =
  | { readonly at: 'time'; readonly ms: number }
  | { readonly at: 'scan'; readonly ms: number }
  | { readonly at: 'search' | 'player' | 'media'; readonly count: number; readonly ms: number }
  | { readonly at: 'convert' | 'publish' | 'm3u8'; readonly count: number; readonly ms: number };

export function drawMoment(random: Random, songs: number): Moment {
  const at = random.pick([
    ...['time', 'time', 'scan', 'search', 'player', 'media', 'media'],
    ...['convert', 'convert', 'publish', 'publish', 'm3u8'],
  ] as const);
  const ms = random.between(0, 60);
  if (at === 'time') return { at, ms: random.between(20, 4_000) };
  // HARMONI looks through the library as soon as it has read the list.
  if (at === 'scan') return { at, ms: random.between(250, 900) };
  return { at, count: at === 'm3u8' ? 1 : random.between(1, songs), ms };
}

/** Resolves at the moment; false when the run ended before. */
export async function untilMoment(trial: Trial, running: Running, moment: Moment): Promise<boolean> {
  if ('count' in moment) {
    const before = countOf(trial, moment.at);
    while (countOf(trial, moment.at) - before < moment.count) {
      if (running.hasEnded()) return false;
      await sleep(8);
    }
  }
  await sleep(moment.ms);
  return !running.hasEnded();
}

function countOf(trial: Trial, at: Exclude<Moment['at'], 'time' | 'scan'>): number {
  if (at === 'search') return trial.world.youTube.requests.count('music');
  if (at === 'player' || at === 'media') return trial.world.youTube.requests.count(at);
  const names = [trial.listName, '.harmoni'].flatMap((name) => namesBelow(join(trial.library, name)));
  if (at === 'convert') return names.filter((name) => name.endsWith('.finished')).length;
  if (at === 'm3u8') return names.filter((name) => name.includes('.m3u8')).length;
  return names.filter((name) => /\.(opus|mp3|m4a|flac|ogg|wav)$/.test(name)).length;
}

function namesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }).map(String);
  } catch {
    // It changes while it is read.
    return [];
  }
}
