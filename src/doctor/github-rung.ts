import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { writeFileAtomic } from '../system/files.ts';
import type { Http } from '../system/http.ts';
import type { Rung } from './ladder.ts';
import type { Machine } from './machine.ts';
import { ownCopyOf, placeOwnCopy } from './own-copy.ts';
import { ytDlpKind } from './tool-kinds.ts';

/** GitHub's permanent address of the newest release's files. */
const ytDlpReleaseUrl = 'https://github.com/yt-dlp/yt-dlp/releases/latest/download';

const mostBytes = 150 * 2 ** 20;

/** The name of yt-dlp's self-contained executable for a machine, or undefined where there is none. Pure. */
export function assetNameFor(machine: Pick<Machine, 'platform' | 'arch' | 'musl'>): string | undefined {
  const { platform, arch, musl } = machine;
  if (platform === 'win32') return arch === 'arm64' ? 'yt-dlp_arm64.exe' : 'yt-dlp.exe';
  if (platform === 'darwin') return 'yt-dlp_macos';
  if (platform !== 'linux') return undefined;
  const base = musl ? 'yt-dlp_musllinux' : 'yt-dlp_linux';
  if (arch === 'x64') return base;
  return arch === 'arm64' ? `${base}_aarch64` : undefined;
}

/** The SHA-256 of a file in a SHA2-256SUMS text, in lower-case hexadecimal. Pure. */
export function checksumOf(name: string, sums: string): string | undefined {
  for (const line of sums.split('\n')) {
    const [, checksum, file] = /^([0-9a-f]{64}) [ *](.+?)\s*$/i.exec(line) ?? [];
    if (file === name) return checksum?.toLowerCase();
  }
  return undefined;
}

/** yt-dlp's executable from its newest release. It is made executable only when its checksum is right. */
export function githubRung(options: {
  http: Http;
  machine: Machine;
  toolsDir: string;
  baseUrl?: string;
}): Rung {
  const { http, machine, toolsDir, baseUrl = ytDlpReleaseUrl } = options;
  const asset = assetNameFor(machine);

  async function fetchFile(name: string, most: number, signal: AbortSignal): Promise<Buffer> {
    const answer = await http.request({ url: `${baseUrl}/${name}`, redirects: 5, maxBytes: most, signal });
    if (answer.status === 200) return answer.body;
    throw new HarmoniError('response-not-understood', `the server answered ${answer.status} for ${name}.`);
  }

  return {
    name: 'GitHub',
    applies: () => asset !== undefined,
    async get(signal) {
      if (asset === undefined) return;
      const target = ownCopyOf('yt-dlp', toolsDir);
      const expected = checksumOf(asset, (await fetchFile('SHA2-256SUMS', 2 ** 20, signal)).toString('utf8'));
      if (expected === undefined) {
        throw new HarmoniError('response-not-understood', `there is no checksum of ${asset}.`);
      }
      const present = await readFile(target).catch(() => Buffer.alloc(0));
      if (sha256(present) === expected) return;
      const body = await fetchFile(asset, mostBytes, signal);
      if (sha256(body) !== expected) {
        throw new HarmoniError('response-not-understood', `the checksum of ${asset} is wrong.`);
      }
      const trial = ownCopyOf('yt-dlp.trial', toolsDir);
      await writeFileAtomic(trial, body, 0o755);
      await placeOwnCopy(ytDlpKind, trial, toolsDir, signal);
      // What a copy from PyPI ran on.
      await rm(join(toolsDir, 'python'), { recursive: true, force: true });
    },
  };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
