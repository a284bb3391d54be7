import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../system/clock.ts';
import { writeFileAtomic } from '../system/files.ts';

/** The sign of life of `harmoni watch`, for a health check from another process. */
const heartbeat = z.object({
  pid: z.number(),
  host: z.string(),
  /** ISO 8601 */
  startedAt: z.string(),
  beatAt: z.string(),
});

const fileName = 'watch.json';
/** A disk may rest in between. */
const beatEveryMs = 60_000;
/** Older ones are of a watch that hangs, or was killed. */
const freshForMs = 5 * 60_000;

export interface Heart {
  /** Writes a beat where the last one is a while ago. One that can't be written is no failure. */
  beat(): Promise<void>;
  /** Takes it away at the end. */
  stop(): Promise<void>;
}

export function createHeart(dataDir: string, clock: Pick<Clock, 'now' | 'monotonicMs'>): Heart {
  const path = join(dataDir, fileName);
  const startedAt = new Date(clock.now()).toISOString();
  let beatMs: number | undefined;
  return {
    async beat() {
      const nowMs = clock.monotonicMs();
      if (beatMs !== undefined && nowMs - beatMs < beatEveryMs) return;
      beatMs = nowMs;
      const beatAt = new Date(clock.now()).toISOString();
      const facts = { pid: process.pid, host: hostname(), startedAt, beatAt };
      await writeFileAtomic(path, `${JSON.stringify(facts)}\n`).catch(() => undefined);
    },
    stop: () => rm(path, { force: true }).catch(() => undefined),
  };
}

/** What is wrong with the watch of a data folder, as a sentence; undefined where nothing is. */
export async function faultOfHeart(dataDir: string, nowMs: number): Promise<string | undefined> {
  const text = await readFile(join(dataDir, fileName), 'utf8').catch(() => undefined);
  if (text === undefined) return "harmoni watch isn't running.";
  const beatMs = Date.parse(readBeat(text) ?? '');
  if (Number.isNaN(beatMs)) return `${fileName} in the data folder isn't readable.`;
  // One of the future was written by a clock that has been set back since.
  const ageMs = Math.abs(nowMs - beatMs);
  if (ageMs <= freshForMs) return undefined;
  return `harmoni watch hasn't shown a sign of life for ${Math.round(ageMs / 60_000)} minutes.`;
}

function readBeat(text: string): string | undefined {
  try {
    return heartbeat.parse(JSON.parse(text)).beatAt;
  } catch {
    return undefined;
  }
}
