import { expect, test } from 'vitest';
import { runDecoys } from '../helpers/decoys.ts';

test('the tones in 24 downloaded files are those of the right recordings, and nothing stands in for the missing', async () => {
  const result = await runDecoys({ count: 24, seed: 'everyday', isrc: false });
  expect(result).toMatchObject({ wrong: [], unanswered: [], right: 21 });
  expect(result.missing.unsure + result.missing.none).toBe(3);
});
