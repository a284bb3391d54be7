/** Random numbers from 0 to 1 that a printed seed brings again (mulberry32). `SEED=...` in the environment chooses it. */
export function seededRandom(name: string): () => number {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  console.info(`${name}: SEED=${seed}`);
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
