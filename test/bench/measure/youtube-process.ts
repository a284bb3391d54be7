import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { SongOptions } from './songs.ts';

export interface YouTubeProcessOptions extends SongOptions {
  readonly ffmpegPath: string;
  /** Before each answer. */
  readonly latencyMs?: number | undefined;
  /** Of each connection that sends sound. */
  readonly bytesPerSecond?: number | undefined;
}

export interface YouTubeProcess {
  readonly pid: number;
  readonly musicUrl: string;
  ytdlpArgs(): string[];
  /** For a program that knows YouTube Music only by its name, and what that must trust (music-proxy.ts). */
  readonly proxyUrl: string;
  readonly certificate: string;
  close(): Promise<void>;
}

const told = z.object({
  musicUrl: z.string(),
  ytdlpArgs: z.array(z.string()),
  proxyUrl: z.string(),
  certificate: z.string(),
});

/**
 * The stand-in of YouTube in a process of its own, so that its CPU and memory are never taken for those of what is
 * measured. All its sounds are there when this resolves.
 */
export async function startYouTubeProcess(options: YouTubeProcessOptions): Promise<YouTubeProcess> {
  const program = new URL('../programs/youtube.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const line = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
  if (line.done === true || child.pid === undefined)
    throw new Error('The stand-in of YouTube did not start.');
  const { ytdlpArgs, ...others } = told.parse(JSON.parse(line.value));
  return {
    pid: child.pid,
    ...others,
    ytdlpArgs: () => ytdlpArgs,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
