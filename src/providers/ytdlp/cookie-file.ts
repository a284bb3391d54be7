import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarmoniError } from '../../errors.ts';

/** A copy of the user's cookie file for one yt-dlp. */
interface OpenCookies {
  /** The arguments, with the copy instead of the file. */
  readonly args: readonly string[];
  /** What follows stdin, stdout and stderr. */
  readonly stdio: readonly number[];
  /** To be called when yt-dlp has started. */
  close(): void;
}

/**
 * yt-dlp writes its cookies back at its end. Several at once would write over each other, and one that is killed would
 * leave half a file; and the file is the user's. So each gets a copy, which has no name any more when yt-dlp starts: it
 * goes with its last reader, whatever that dies of. Where a file descriptor has no path (Windows) the file itself is used.
 * @returns undefined without --cookies
 * @throws HarmoniError ytdlp-options when the file cannot be read, of which yt-dlp itself would say nothing
 */
export function openCookies(args: readonly string[]): OpenCookies | undefined {
  const at = args.findLastIndex((word) => /^--cookies(?:=|$)/.test(word));
  const word = args[at];
  if (word === undefined) return undefined;
  const joined = word !== '--cookies';
  const path = joined ? word.slice('--cookies='.length) : (args[at + 1] ?? '');
  const bytes = read(path);
  if (process.platform === 'win32') return undefined;
  const descriptor = openNameless(bytes);
  return {
    args: [...args.slice(0, at), '--cookies', '/dev/fd/3', ...args.slice(at + (joined ? 1 : 2))],
    stdio: [descriptor],
    close: () => closeSync(descriptor),
  };
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new HarmoniError('ytdlp-options', `HARMONI can't read the cookie file ${path}.`, {
      fix: 'Fix the path in cookies_file (or after --cookies in ytdlp_extra_args), or export your cookies there again.',
      cause,
    });
  }
}

function openNameless(bytes: Buffer): number {
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-'));
  try {
    const copy = join(folder, 'cookies.txt');
    writeFileSync(copy, bytes, { mode: 0o600 });
    return openSync(copy, 'r+');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
