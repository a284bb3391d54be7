import { fingerprintOf } from '../../sound/fingerprint.ts';
import type { DeezerCopy } from './deezer-answers.ts';
import { createDeezerCopies, type DeezerApiParts } from './deezer-copies.ts';
import { fetchPreview } from './deezer-preview.ts';
import type { ReferenceSource } from './reference-source.ts';

export interface DeezerParts extends DeezerApiParts {
  /** An ffmpeg that makes fingerprints. */
  readonly ffmpegPath: () => Promise<string>;
}

/** A preview has 30 s. */
const mostSeconds = 60;

/** Deezer's official previews. A track without an ISRC has none. Nothing of a preview is kept on disk. */
export function createDeezer(parts: DeezerParts): ReferenceSource {
  const copies = createDeezerCopies(parts);

  /** Asked for right after the answer that named its address. */
  async function previewOf(copy: DeezerCopy, signal: AbortSignal): Promise<Uint8Array | 'later'> {
    const first = await fetchPreview(parts, copy.preview, signal);
    if (first !== 'expired') return first;
    const again = await copies.again(copy, signal);
    const second = again === undefined ? 'later' : await fetchPreview(parts, again.preview, signal);
    return second === 'expired' ? 'later' : second;
  }

  return {
    by: 'deezer',
    nameFor: () => 'deezer',
    has: async (track, signal) =>
      copies.knows(track) ?? typeof (await copies.find(track, signal)) !== 'string',
    async find({ track }, signal) {
      const copy = await copies.find(track, signal);
      if (typeof copy === 'string') return copy;
      const sound = await previewOf(copy, signal);
      if (sound === 'later') return 'later';
      const ffmpegPath = await parts.ffmpegPath();
      const fingerprint = await fingerprintOf(sound, { ffmpegPath, signal, seconds: mostSeconds });
      if (fingerprint === undefined) return 'later';
      const { id, lengthMs } = copy;
      const url = `https://www.deezer.com/track/${encodeURIComponent(id)}`;
      const length = lengthMs === undefined ? {} : { lengthMs };
      return { reference: { by: 'deezer', fingerprint, sound, url, ...length } };
    },
  };
}
