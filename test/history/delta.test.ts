import { expect, test } from 'vitest';
import { applyDelta, deltaOf, lengthOfOld } from '../../src/history/delta.ts';
import { createRandom, testSeed } from '../helpers/random.ts';

const random = createRandom(testSeed);
const all = 2 ** 30;
const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random.between(0, 255)));
const sound = bytes(20_000);
const join = (...parts: readonly Buffer[]): Buffer => Buffer.concat(parts);

/** The same sound in pages, whose heads are others after the tags have grown. */
function paged(first: number): Buffer {
  const pages = Array.from({ length: 10 }, (_, page) => [
    Buffer.from(`page ${first + page}`.padEnd(12, String(first))),
    sound.subarray(page * 2000, page * 2000 + 2000),
  ]);
  return join(...pages.flat());
}

test.each([
  ['nothing', Buffer.alloc(0), bytes(9)],
  ['nothing of nothing', Buffer.alloc(0), Buffer.alloc(0)],
  ['a few bytes of nothing', bytes(9), Buffer.alloc(0)],
  ['the same', sound, sound],
  ['tags before the sound', join(bytes(50), sound), join(bytes(700), sound)],
  ['tags after the sound', join(sound, bytes(90)), join(sound, bytes(4_000))],
  ['tags that are gone', join(bytes(3_000), sound, bytes(128)), sound],
  ['pages with other heads', paged(1), paged(7)],
  ['silence of another length', Buffer.alloc(9_000), join(bytes(40), Buffer.alloc(8_000))],
  ['halves in another order', join(sound.subarray(9_000), sound.subarray(0, 9_000)), sound],
  ['something else', bytes(500), bytes(500)],
] as const)(`a delta gives back the old file: %s (seed ${testSeed})`, (_what, old, base) => {
  const delta = deltaOf(old, base, all) ?? Buffer.from('none');
  expect(applyDelta(delta, base)?.equals(old)).toBe(true);
  expect(lengthOfOld(delta)).toBe(old.length);
});

test(`a delta gives back any old file (seed ${testSeed})`, () => {
  for (let round = 0; round < 300; round += 1) {
    const pieces = Array.from({ length: 4 }, () => bytes(random.between(0, 90)));
    const mixed = (): Buffer =>
      join(...Array.from({ length: random.between(0, 9) }, () => pieces[random.between(0, 3)] ?? bytes(3)));
    const [old, base] = [mixed(), mixed()];
    expect(applyDelta(deltaOf(old, base, all) ?? Buffer.from('none'), base)?.equals(old)).toBe(true);
  }
});

test('a delta holds what is not in the new file, and little more', () => {
  expect(deltaOf(join(bytes(300), sound), join(bytes(900), sound), all)?.length).toBeLessThan(320);
  expect(deltaOf(paged(1), paged(7), all)?.length).toBeLessThan(200);
});

test('a delta that would be large is none', () => {
  expect(deltaOf(bytes(2_000), sound, 1_999)).toBeUndefined();
  expect(deltaOf(join(bytes(300), sound), sound, 299)).toBeUndefined();
  expect(deltaOf(join(bytes(300), sound), sound, 300)).toBeDefined();
});

test(`a damaged delta gives nothing, or another file (seed ${testSeed})`, () => {
  const old = join(bytes(300), sound);
  const delta = deltaOf(old, sound, all) ?? Buffer.alloc(0);
  expect(applyDelta(delta, sound.subarray(1))).toBeUndefined();
  for (let at = 0; at < delta.length; at += 1)
    expect(applyDelta(delta.subarray(0, at), sound)).toBeUndefined();
  for (let round = 0; round < 300; round += 1) {
    const damaged = Buffer.from(delta);
    const at = random.between(0, delta.length - 1);
    damaged[at] = (delta[at] ?? 0) ^ random.between(1, 255);
    expect(applyDelta(damaged, sound)?.equals(old)).not.toBe(true);
  }
});
