import { isCut, type Cut } from '../tracks/cut.ts';
import { samplesOf } from './ogg.ts';
import type { OpusStream } from './webm-opus.ts';

const samplesOfMs = 48;
/** A decoder that begins in the middle of a stream is right after so long (RFC 7845, 4.6). */
const prerollSamples = 320 * samplesOfMs;
/** Where the head says how much is not to be heard. */
const preSkipAt = 10;

/**
 * Leaves parts out of an Opus stream, packet by packet (mostly 20 ms). Where the beginning goes, the packets before the new
 * one stay for the decoder and are skipped. undefined where nothing would be left. Pure.
 */
export function cutOpus(stream: OpusStream, cuts: readonly Cut[]): OpusStream | undefined {
  const { head, file, starts, ends, discardedSamples } = stream;
  const preSkip = head.readUInt16LE(preSkipAt);
  const lengths = starts.map((start) => samplesOf(file[start] ?? 0, file[start + 1] ?? 0));
  const isKept: boolean[] = [];
  let samples = -preSkip;
  for (const length of lengths) {
    isKept.push(!isCut(cuts, Math.max(0, samples + length / 2) / samplesOfMs));
    samples += length;
  }
  const first = isKept.indexOf(true);
  if (first < 0) return undefined;
  let skipped = 0;
  for (let at = first - 1; at >= 0 && skipped < prerollSamples; at -= 1) {
    isKept[at] = true;
    skipped += lengths[at] ?? 0;
  }
  const newHead = Buffer.from(head);
  if (first > 0) newHead.writeUInt16LE(skipped, preSkipAt);
  return {
    head: newHead,
    file,
    starts: starts.filter((_start, at) => isKept[at]),
    ends: ends.filter((_end, at) => isKept[at]),
    discardedSamples: isKept.at(-1) === true ? discardedSamples : 0,
  };
}
