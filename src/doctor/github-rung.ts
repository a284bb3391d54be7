import { chmod, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { fetchVerified, sha256Of, type FetchDeps } from './fetch-verified.ts';
import type { Rung } from './ladder.ts';
import type { Machine } from './machine.ts';
import { downloadOf, ownCopyOf, placeOwnCopy } from './own-copy.ts';
import { fetchChecksums } from './publisher.ts';
import { ytDlpKind } from './tool-kinds.ts';

/** Where GitHub keeps the files of releases. */
const filesDomain = 'githubusercontent.com';

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
  machine: Machine;
  toolsDir: string;
  releasesUrl: string;
  fetch: Omit<FetchDeps, 'signal'>;
}): Rung {
  const { machine, toolsDir, releasesUrl } = options;
  const asset = assetNameFor(machine);
  return {
    name: 'GitHub',
    applies: () => asset !== undefined,
    async get(signal) {
      if (asset === undefined) return;
      const fetch = { ...options.fetch, signal };
      const sums = 'SHA2-256SUMS';
      const { text } = await fetchChecksums(fetch, `${releasesUrl}/${sums}`, { name: sums, filesDomain });
      const sha256 = checksumOf(asset, text);
      if (sha256 === undefined) {
        throw new HarmoniError('response-not-understood', `there's no checksum for ${asset}.`);
      }
      if ((await sha256Of(ownCopyOf('yt-dlp', toolsDir))) === sha256) return;
      const download = downloadOf(asset, toolsDir);
      await fetchVerified(fetch, { url: `${releasesUrl}/${asset}`, sha256, fileName: asset }, download);
      const trial = ownCopyOf('yt-dlp.trial', toolsDir);
      await chmod(download, 0o755);
      await rename(download, trial);
      await placeOwnCopy(ytDlpKind, trial, toolsDir, signal);
      // What a copy from PyPI ran on.
      await rm(join(toolsDir, 'python'), { recursive: true, force: true });
    },
  };
}
