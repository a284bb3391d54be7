import type { Track } from '../../tracks/track.ts';
import { clipFingerprints } from '../clip.ts';
import type { FoundReference } from '../ear.ts';
import type { DeezerCopy } from './deezer-answers.ts';
import { createDeezerCopies, type DeezerApiParts } from './deezer-copies.ts';
import { fetchPreview } from './deezer-preview.ts';
import type { ReferenceSource } from './reference-source.ts';

export interface DeezerParts extends DeezerApiParts {
  /** An ffmpeg that makes fingerprints. */
  readonly ffmpegPath: () => Promise<string>;
}

/** After so many in a row that couldn't be had, none is asked for so long: each would be waited for. */
const mostFailures = 3;
const restMs = 5 * 60_000;

/** Deezer's official previews. A track without an ISRC has none. Nothing of a preview is kept on disk. */
export function createDeezer(parts: DeezerParts): ReferenceSource {
  const copies = createDeezerCopies(parts);
  let failures = 0;
  let failedAtMs = 0;

  /** Asked for right after the answer that named its address. */
  async function previewOf(copy: DeezerCopy, signal: AbortSignal): Promise<Uint8Array | 'later'> {
    const first = await fetchPreview(parts, copy.preview, signal);
    if (first !== 'expired') return first;
    const again = await copies.again(copy, signal);
    const second = again === undefined ? 'later' : await fetchPreview(parts, again.preview, signal);
    return second === 'expired' ? 'later' : second;
  }

  /** Undefined where it has a preview that can't be had. */
  async function look(track: Track, signal: AbortSignal): Promise<FoundReference | undefined> {
    const copy = await copies.find(track, signal);
    if (typeof copy === 'string') return copy;
    const sound = await previewOf(copy, signal);
    if (sound === 'later') return undefined;
    const ffmpegPath = await parts.ffmpegPath();
    const fingerprints = await clipFingerprints(sound, { ffmpegPath, signal });
    if (fingerprints === undefined) return undefined;
    const { id, lengthMs } = copy;
    const url = `https://www.deezer.com/track/${encodeURIComponent(id)}`;
    const length = lengthMs === undefined ? {} : { lengthMs };
    return { reference: { by: 'deezer', fingerprints, sound, url, ...length } };
  }

  function failed(): void {
    failures += 1;
    failedAtMs = parts.clock.monotonicMs();
  }

  return {
    by: 'deezer',
    nameFor: () => 'deezer',
    async find({ track }, signal) {
      if (failures >= mostFailures && parts.clock.monotonicMs() < failedAtMs + restMs) return 'later';
      try {
        const found = await look(track, signal);
        if (found === undefined) failed();
        else if (typeof found !== 'string') failures = 0;
        return found ?? 'later';
      } catch (error) {
        // It took longer than a song may.
        failed();
        throw error;
      }
    },
  };
}
