/** The frames of MPEG audio (ISO 11172-3, 13818-3), as far as lengths need them. Pure. */

/** What the four bytes of a frame's header say. */
export interface FrameHeader {
  readonly bytes: number;
  readonly samples: number;
  readonly sampleRate: number;
  /** Where the Xing or Info header stands in the first frame. */
  readonly xingAt: number;
}

/** kbit/s of layer III by the index in the header; MPEG 1, then 2 and 2.5. */
const kbps = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const sampleRates = [44_100, 48_000, 32_000] as const;

/** Reads a header of layer III; undefined where none stands. */
export function readFrameHeader(data: Uint8Array, at: number): FrameHeader | undefined {
  const [sync = 0, second = 0, third = 0, fourth = 0] = data.subarray(at, at + 4);
  if (sync !== 0xff || (second & 0xe0) !== 0xe0 || ((second >> 1) & 3) !== 1) return undefined;
  // 3 is MPEG 1, 2 MPEG 2, 0 MPEG 2.5.
  const version = (second >> 3) & 3;
  const base = sampleRates[(third >> 2) & 3];
  const rate = kbps[version === 3 ? 0 : 1][third >> 4];
  if (version === 1 || base === undefined || rate === undefined || rate === 0) return undefined;
  const sampleRate = base / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const samples = version === 3 ? 1152 : 576;
  const mono = fourth >> 6 === 3;
  const sideInfo = version === 3 ? (mono ? 17 : 32) : mono ? 9 : 17;
  return {
    bytes: Math.floor((samples / 8) * ((rate * 1000) / sampleRate)) + ((third >> 1) & 1),
    samples,
    sampleRate,
    xingAt: 4 + sideInfo,
  };
}

/** Where the sound of an MP3 begins: after its ID3v2 tags. */
export function soundStart(head: Uint8Array): number {
  let at = 0;
  while (head[at] === 0x49 && head[at + 1] === 0x44 && head[at + 2] === 0x33) {
    const [, , , , , flags = 0, a = 0, b = 0, c = 0, d = 0] = head.subarray(at, at + 10);
    at += 10 + ((a << 21) | (b << 14) | (c << 7) | d) + ((flags & 0x10) === 0 ? 0 : 10);
  }
  return at;
}

/** What a Xing or Info header in the first frame promises. */
export function readXing(data: Buffer, frame: number): { frames: number; bytes: number } | undefined {
  const header = readFrameHeader(data, frame);
  if (header === undefined) return undefined;
  const at = frame + header.xingAt;
  if (!/^(?:Xing|Info)$/.test(data.toString('latin1', at, at + 4)) || data.length < at + 16) return undefined;
  const flags = data.readUInt32BE(at + 4);
  if ((flags & 3) !== 3) return undefined;
  return { frames: data.readUInt32BE(at + 8), bytes: data.readUInt32BE(at + 12) };
}

/** The length in ms of the frames that really are in a file, one after the other. */
export function framesMs(file: Buffer): number {
  let at = soundStart(file);
  let ms = 0;
  // What only describes the sound is a frame too.
  let first = true;
  while (at + 4 <= file.length) {
    const header = readFrameHeader(file, at);
    if (header === undefined) {
      at = file.indexOf(0xff, at + 1);
      if (at < 0) break;
      continue;
    }
    const next = at + header.bytes;
    const follows = next === file.length || readFrameHeader(file, next) !== undefined || isTag(file, next);
    if (!follows) {
      at += 1;
      continue;
    }
    if (!first || readXing(file, at) === undefined) ms += (header.samples / header.sampleRate) * 1000;
    first = false;
    at = next;
  }
  return ms;
}

/** ID3v1, APE and Lyrics3 tags may follow the sound. */
function isTag(file: Buffer, at: number): boolean {
  return /^(?:TAG|APETAGEX|LYRICSBEGIN)/.test(file.toString('latin1', at, at + 11));
}
