/**
 * Whether an MP4 file is whole and has no fragments, so that every player takes it as it is. YouTube's own are often
 * fragmented ("dash"), which some players stumble over. Pure.
 */
export function isPlainMp4(file: Buffer): boolean {
  let hasIndex = false;
  for (const box of boxesOf(file, 0, file.length)) {
    if (box.type === 'moof' || box.type === 'sidx') return false;
    if (box.type !== 'moov') continue;
    hasIndex = true;
    for (const inner of boxesOf(file, box.start, box.end)) if (inner.type === 'mvex') return false;
  }
  return hasIndex;
}

interface Box {
  readonly type: string;
  /** Where its content begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** The boxes between two offsets (ISO/IEC 14496-12, 4.2); ends where one does not fit. */
function* boxesOf(file: Buffer, from: number, to: number): Generator<Box> {
  let at = from;
  while (at + 8 <= to) {
    const size = file.readUInt32BE(at);
    const isLong = size === 1 && at + 16 <= to;
    const length = isLong ? Number(file.readBigUInt64BE(at + 8)) : size === 0 ? to - at : size;
    if (length < 8 || at + length > to) return;
    yield { type: file.toString('latin1', at + 4, at + 8), start: at + (isLong ? 16 : 8), end: at + length };
    at += length;
  }
}
