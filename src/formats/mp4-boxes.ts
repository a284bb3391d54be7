/** A box of an MP4 file (ISO/IEC 14496-12, 4.2). */
export interface Box {
  readonly type: string;
  /** Where it begins, counted from the beginning of what holds it. */
  readonly at: number;
  /** Without the header. */
  readonly content: Buffer;
}

/** Side by side. A song has some dozens; a hostile file could have millions. */
const mostBoxes = 2 ** 14;

/**
 * The boxes in a file or in a box, one after the other. Pure.
 * @throws RangeError where one doesn't fit, and where there are too many
 */
export function* boxesOf(data: Buffer): Generator<Box> {
  let count = 0;
  for (let at = 0; at < data.length;) {
    must((count += 1) <= mostBoxes);
    const short = data.readUInt32BE(at);
    const header = short === 1 ? 16 : 8;
    const size = short === 1 ? Number(data.readBigUInt64BE(at + 8)) : short === 0 ? data.length - at : short;
    const end = at + size;
    must(size >= header && end <= data.length);
    yield { type: data.toString('latin1', at + 4, at + 8), at, content: data.subarray(at + header, end) };
    at = end;
  }
}

/**
 * The contents of the boxes in a box, by type.
 * @param known the types that may be there, each once; `free` more often
 * @throws RangeError for any other, and where one doesn't fit
 */
export function childrenOf(content: Buffer, known: readonly string[]): ReadonlyMap<string, Buffer> {
  const children = new Map<string, Buffer>();
  for (const box of boxesOf(content)) {
    if (box.type === 'free') continue;
    must(known.includes(box.type) && !children.has(box.type));
    children.set(box.type, box.content);
  }
  return children;
}

/** @throws RangeError where it's missing */
export function childOf(children: ReadonlyMap<string, Buffer>, type: string): Buffer {
  const content = children.get(type);
  must(content !== undefined);
  return content;
}

/** For files that aren't as simple as is expected. @throws RangeError, as Buffer does where a box is too short */
export function must(isAsExpected: boolean): asserts isAsExpected {
  if (!isAsExpected) throw new RangeError('an MP4 file of another kind');
}

/** Gives what a reader finds, or undefined where the file isn't as it must be. */
export function readStrictly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether an MP4 file is whole and has no fragments, so that every player takes it as it is. Pure. */
export function isPlainMp4(file: Buffer): boolean {
  const isPlain = readStrictly(() => {
    let hasIndex = false;
    for (const { type, content } of boxesOf(file)) {
      if (type === 'moof' || type === 'sidx') return false;
      if (type !== 'moov') continue;
      hasIndex = true;
      for (const inner of boxesOf(content)) if (inner.type === 'mvex') return false;
    }
    return hasIndex;
  });
  return isPlain ?? false;
}
