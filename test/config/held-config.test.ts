import { expect, test } from 'vitest';
import { createHeldConfig } from '../../src/config/held-config.ts';

function settings() {
  let file: string = 'one';
  const read = () => {
    if (file === 'broken') throw new Error('broken');
    return { file };
  };
  return { put: (to: string) => void (file = to), held: createHeldConfig(read) };
}

test('settings are read anew, but for as long as they are kept, whatever happens to the file', () => {
  const { put, held } = settings();
  put('two');
  expect(held.config().file).toBe('two');
  const letGo = held.keep();
  put('broken');
  expect(held.config().file).toBe('two');
  // A job within a job.
  held.keep()();
  expect(held.config().file).toBe('two');
  put('three');
  letGo();
  expect(held.config().file).toBe('three');
});

test('who holds them is not disturbed by who kept them before', () => {
  const { put, held } = settings();
  const letGo = held.keep();
  put('two');
  held.hold();
  letGo();
  put('broken');
  expect(held.config().file).toBe('two');
  expect(() => held.hold()).toThrow('broken');
  expect(held.config().file).toBe('two');
});

test('who holds the very settings that somebody kept goes on holding them', () => {
  let settings = { file: 'one' };
  const held = createHeldConfig(() => settings);
  const letGo = held.keep();
  held.hold();
  letGo();
  settings = { file: 'two' };
  expect(held.config().file).toBe('one');
});
