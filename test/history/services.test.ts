import { expect, onTestFinished, test } from 'vitest';
import { migrations } from '../../src/history/schema.ts';
import { createServices } from '../../src/history/services.ts';
import { openDatabase } from '../../src/system/database.ts';
import { createTestClock } from '../helpers/clock.ts';

const dayMs = 24 * 3_600_000;

function open() {
  const database = openDatabase(':memory:', migrations);
  onTestFinished(() => database.close());
  const clock = createTestClock();
  return { database, clock, services: createServices(database, clock) };
}

test.each([
  ['found', 90 * dayMs],
  ['none', 30 * dayMs],
  ['refused', 3_600_000],
] as const)('an answer of the kind %s is good for %d ms', (kind, lifeMs) => {
  const { clock, services } = open();
  const value = kind === 'found' ? { a: ['ö'] } : undefined;
  services.save('one', 'q', { kind, value });
  expect(services.load('two', 'q')).toBeUndefined();
  clock.pass(lifeMs - 1);
  expect(services.load('one', 'q')).toEqual({ kind, value });
  clock.pass(1);
  expect(services.load('one', 'q')).toBeUndefined();
});

test('an answer of the future, and one that cannot be read, are none', () => {
  const { clock, database, services } = open();
  clock.setOff(dayMs);
  services.save('one', 'later', { kind: 'found', value: 1 });
  clock.setOff(0);
  services.save('one', 'broken', { kind: 'found', value: 1 });
  database.exec(`UPDATE service_answers SET answer = x'00ff' WHERE question = 'broken'`);
  expect([services.load('one', 'later'), services.load('one', 'broken')]).toEqual([undefined, undefined]);
});

test('old answers go when the next HARMONI keeps its first one', () => {
  const { clock, database, services } = open();
  services.save('one', 'old', { kind: 'none', value: undefined });
  services.save('one', 'good', { kind: 'found', value: 1 });
  clock.pass(31 * dayMs);
  createServices(database, clock).save('one', 'new', { kind: 'found', value: 2 });
  const questions = database.prepare('SELECT question FROM service_answers ORDER BY question').all();
  expect(questions.map(({ question }) => question)).toEqual(['good', 'new']);
});
