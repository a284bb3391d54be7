import type { SoundLength } from './measured-sound.ts';

/**
 * The length of an Ogg file (RFC 3533) with Opus or Vorbis in it by its last whole page. A file that was cut off has no
 * page that says that it is the last. Pure.
 * @param head the first page
 * @param tail at least the last page
 */
export function oggSound(head: Buffer, tail: Buffer): SoundLength | undefined {
  const clock = clockOf(head);
  if (clock === undefined) return undefined;
  const pages = wholePages(tail);
  const last = pages.at(-1);
  const sound = pages.findLast((page) => page.granule >= 0);
  const presentMs =
    sound === undefined ? 0 : Math.max(0, (sound.granule - clock.skipped) * 1000) / clock.rate;
  return { promisedMs: undefined, presentMs, hasEnd: last?.isLast === true };
}

/** Samples per second of the granule, and those before the sound (RFC 7845, 4.2). */
function clockOf(head: Buffer): { rate: number; skipped: number } | undefined {
  const packet = 27 + (head[26] ?? 0);
  if (head.toString('latin1', 0, 4) !== 'OggS' || head.length < packet + 19) return undefined;
  if (head.toString('latin1', packet, packet + 8) === 'OpusHead') {
    return { rate: 48_000, skipped: head.readUInt16LE(packet + 10) };
  }
  if (head.toString('latin1', packet, packet + 7) === '\x01vorbis') {
    return { rate: head.readUInt32LE(packet + 12), skipped: 0 };
  }
  return undefined;
}

interface Page {
  /** -1 where no packet ends in it. */
  readonly granule: number;
  readonly isLast: boolean;
}

function wholePages(tail: Buffer): readonly Page[] {
  const pages: Page[] = [];
  for (let at = tail.indexOf('OggS'); at >= 0 && at + 27 <= tail.length;) {
    const segments = tail.subarray(at + 27, at + 27 + (tail[at + 26] ?? 0));
    const end = at + 27 + segments.length + segments.reduce((sum, size) => sum + size, 0);
    const follows = end === tail.length || tail.toString('latin1', end, end + 4) === 'OggS';
    if (end <= tail.length && follows) {
      pages.push({ granule: Number(tail.readBigInt64LE(at + 6)), isLast: ((tail[at + 5] ?? 0) & 4) !== 0 });
      at = end === tail.length ? -1 : end;
    } else at = tail.indexOf('OggS', at + 4);
  }
  return pages;
}
