/** Chances that a seed repeats, the same on every machine. */
export interface Random {
  /** 0 up to, but without, 1 */
  readonly next: () => number;
  /** A whole number; both ends are possible. */
  between(from: number, to: number): number;
  /** The same, with as many small ones as large ones: 1 to 10 as often as 1,000 to 10,000. */
  spread(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  bytes(size: number): Buffer;
}

/** mulberry32: small, and enough to choose a moment or a size. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    spread: (from, to) => Math.min(to, Math.floor(from * ((to + 1) / from) ** next())),
    pick(items) {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
    bytes(size) {
      const made = Buffer.alloc(size);
      for (let at = 0; at < size; at += 1) made[at] = next() * 256;
      return made;
    },
  };
}

/** Names the seed of a run of tests; the run's first and last lines say it. */
export const seedVariable = 'HARMONI_TEST_SEED';

/** The seed of all random tests of this run. */
export const testSeed = seedFrom(process.env[seedVariable]);

/** What the command line says, or one by the clock. */
export function seedFrom(text: string | undefined): number {
  return text === undefined ? Date.now() % 1_000_000 : Number(text);
}
