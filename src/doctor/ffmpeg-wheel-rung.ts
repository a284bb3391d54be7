import { rm } from 'node:fs/promises';
import { HarmoniError } from '../errors.ts';
import { unzip } from '../system/unzip.ts';
import { fetchVerified, type FetchDeps } from './fetch-verified.ts';
import type { Rung } from './ladder.ts';
import type { Machine } from './machine.ts';
import { downloadOf, ownCopyOf, placeOwnCopy } from './own-copy.ts';
import { listIndexFiles } from './python-index.ts';
import { ffmpegKind } from './tool-kinds.ts';
import { wheelsFor } from './wheels.ts';

/** Its wheels hold a whole ffmpeg for the common platforms, and need no Python to be unpacked. */
const packageName = 'imageio-ffmpeg';

const mostBytes = 400 * 2 ** 20;

/** ffmpeg out of a Python package. The newest that runs on this machine. */
export function ffmpegWheelRung(options: {
  machine: Machine;
  toolsDir: string;
  indexUrl: string;
  fetch: Omit<FetchDeps, 'signal'>;
}): Rung {
  const { machine, toolsDir, indexUrl } = options;
  return {
    name: 'PyPI',
    applies: () => true,
    async get(signal) {
      const fetch = { ...options.fetch, signal };
      const wheels = wheelsFor(machine, await listIndexFiles(fetch, indexUrl, packageName));
      let failure = new HarmoniError(
        'ffmpeg-missing',
        `there's none for ${machine.platform} on ${machine.arch}.`,
      );
      for (const wheel of wheels) {
        const archive = downloadOf(wheel.fileName, toolsDir);
        try {
          await fetchVerified(fetch, wheel, archive);
          await unpack(archive, ownCopyOf('ffmpeg.trial', toolsDir), signal);
          await placeOwnCopy(ffmpegKind, ownCopyOf('ffmpeg.trial', toolsDir), toolsDir, signal);
          return;
        } catch (error) {
          if (!(error instanceof HarmoniError) || error.code !== 'ffmpeg-missing') throw error;
          failure = error;
        } finally {
          await rm(archive, { force: true });
          await rm(ownCopyOf('ffmpeg.trial', toolsDir), { force: true });
        }
      }
      throw failure;
    },
  };
}

async function unpack(archive: string, target: string, signal: AbortSignal): Promise<void> {
  const found: string[] = [];
  const placeOf = (name: string): string | undefined => {
    if (!/^imageio_ffmpeg\/binaries\/ffmpeg-[^/]+$/.test(name)) return undefined;
    found.push(name);
    return target;
  };
  await unzip(archive, { placeOf, mostBytes, signal, mode: 0o755 });
  if (found.length === 0) throw new HarmoniError('ffmpeg-missing', "the package doesn't contain ffmpeg.");
}
