import { expect, test } from 'vitest';
import { verifyLibrary } from '../../src/views/verify.ts';
import { createHouse } from '../helpers/house.ts';

const look = { isDeep: false, isRepair: false, isYes: false, isAsked: false };

test('whoever looks for wrong recordings hears nothing of covers', async () => {
  const house = createHouse();
  house.own({ artist: 'Queen', track: 'Innuendo' });
  await verifyLibrary(house, [], look);
  expect(house.printed.join('\n')).toContain('without a cover');
  house.printed.length = 0;
  expect(await verifyLibrary(house, [], { ...look, isOfRecordings: true })).toBe(0);
  expect(house.printed).toEqual(['No songs have been compared.']);
});
