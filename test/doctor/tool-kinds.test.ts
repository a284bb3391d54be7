import { expect, test } from 'vitest';
import { isOldFfmpeg } from '../../src/doctor/tool-kinds.ts';

test.each([
  ['N-92722-gf22fcd4483', true],
  ['N-46429-g0dfbc8c0d9-tessus', true],
  ['3.4.8', true],
  ['4.1', false],
  ['7.1.5-0+deb13u1', false],
  ['n9.0.2-17-g2a571b6068-20260930', false],
  ['N-118000-gabc', false],
  ['7.0.2-static', false],
])('ffmpeg %s is of another time: %s', (version, old) => {
  expect(isOldFfmpeg(version)).toBe(old);
});
