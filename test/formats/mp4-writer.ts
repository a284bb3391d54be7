/** A box of MP4 (ISO/IEC 14496-12, 4.2). */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const all = Buffer.concat(content);
  return Buffer.concat([u32(all.length + 8), ascii(type), all]);
}

/** The same with a size of 64 bits. */
export function longBox(type: string, content: Buffer): Buffer {
  return Buffer.concat([u32(1), ascii(type), u64(content.length + 16), content]);
}

/** A last box, whose size isn't said. */
export function endlessBox(type: string, content: Buffer): Buffer {
  return Buffer.concat([u32(0), ascii(type), content]);
}

/** A box with a version and flags. */
export function full(type: string, version: number, flags: number, ...content: readonly Buffer[]): Buffer {
  return box(type, u32(version * 2 ** 24 + flags), ...content);
}

/** A descriptor (ISO/IEC 14496-1, 8.3.3) with four bytes of size, as most write it. */
export function descriptor(tag: number, ...content: readonly Buffer[]): Buffer {
  const all = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, 0x80, 0x80, 0x80, all.length]), all]);
}

export function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Negative ones, too. */
export function u32(...numbers: readonly number[]): Buffer {
  return Buffer.concat(
    numbers.map((number) => {
      const made = Buffer.alloc(4);
      made.writeUInt32BE(number >>> 0);
      return made;
    }),
  );
}

export function u16(...numbers: readonly number[]): Buffer {
  return Buffer.from(numbers.flatMap((number) => [(number >> 8) & 0xff, number & 0xff]));
}

/** Negative ones, too. */
export function u64(...numbers: readonly number[]): Buffer {
  return Buffer.concat(
    numbers.map((number) => {
      const made = Buffer.alloc(8);
      made.writeBigInt64BE(BigInt(number));
      return made;
    }),
  );
}
