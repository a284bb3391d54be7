import { expect, test } from 'vitest';
import { readSchedule, type Schedule } from '../../src/config/schedule.ts';
import { cronOfWords } from '../../src/config/schedule-words.ts';
import { parseTyped } from '../../src/config/parse-value.ts';

const berlin = (words: string): Schedule => {
  const schedule = readSchedule(words, 'Europe/Berlin');
  if (typeof schedule !== 'object') throw new Error(`${words} is no schedule`);
  return schedule;
};

/** The runs after a moment, in UTC. */
function runs(words: string, after: string, many: number): readonly string[] {
  const schedule = berlin(words);
  const times: number[] = [];
  for (let at = Date.parse(after); times.length < many; times.push(at)) at = schedule.next(at);
  return times.map((at) => new Date(at).toISOString().slice(5, 16));
}

test.each([
  ['dayly at 3'],
  ['at 25:00'],
  ['daily at 3:60'],
  ['daily at 13pm'],
  ['daily at 0am'],
  ['every 0 hours'],
  ['every 7 hours'],
  ['every 90 minutes'],
  ['daily at 06:00 and 18:30'],
  ['Mondays and Foodays'],
  ['3'],
])('"%s" is no schedule', (words) => {
  expect(cronOfWords(words)).toBeUndefined();
});

test.each([
  ['99 * * * *'],
  ['0 0 30 2 *'],
  ['0 0 L * *'],
  ['* * * * * *'],
  ['5/10 * * * *'],
  ['* * * foo *'],
])('the cron expression "%s" is refused', (cron) => {
  expect(readSchedule(cron)).toBeUndefined();
});

test.each([
  ['hourly', '0 * * * *'],
  ['every hour', '0 * * * *'],
  ['Every 6 hours', '0 */6 * * *'],
  ['every other hour', '0 */2 * * *'],
  ['every 24 hours', '0 0 * * *'],
  ['every 15 minutes', '*/15 * * * *'],
  ['every 60 minutes', '0 * * * *'],
  ['daily', '30 3 * * *'],
  ['nightly', '30 3 * * *'],
  ['Daily at 03:30', '30 3 * * *'],
  ['every day at 3pm', '0 15 * * *'],
  ['at 4', '0 4 * * *'],
  ['daily at 12 am', '0 0 * * *'],
  ['at noon', '0 12 * * *'],
  ['daily at 18:00, 6:00', '0 6,18 * * *'],
  ['Mondays at 04:00', '0 4 * * 1'],
  ['on Tuesday and Thursdays at 6:30 pm', '30 18 * * 2,4'],
  ['Saturdays, Sundays and Wednesdays', '30 3 * * 0,3,6'],
  ['weekdays at 6', '0 6 * * 1-5'],
  ['weekends at 10.15', '15 10 * * 0,6'],
  ['weekly', '30 3 * * 1'],
  ['monthly at 1:00', '0 1 1 * *'],
  ['@daily', '0 0 * * *'],
  [' 30  3 * * MON-FRI ', '30 3 * * MON-FRI'],
  ['off', ''],
  ['', ''],
])('"%s" is the cron expression "%s"', (words, cron) => {
  expect(cronOfWords(words)).toBe(cron);
});

test('a schedule that is not understood is told with examples, by the name of its variable too', () => {
  const checked = parseTyped('sync_schedule', 'dayly', 'HARMONI_SYNC_SCHEDULE');
  expect(checked).toMatchObject({ ok: false });
  expect('message' in checked && checked.message).toMatch(
    /^HARMONI_SYNC_SCHEDULE is "dayly", but it must be something like "daily at 03:30", .*"30 3 \* \* \*"\.$/,
  );
});

test('a time that the clocks leave out in spring runs right after the gap', () => {
  expect(runs('daily at 02:30', '2026-03-28T00:00Z', 3)).toEqual([
    '03-28T01:30',
    '03-29T01:00',
    '03-30T00:30',
  ]);
});

test('a time that comes twice in autumn runs once, also with a second time of the day', () => {
  expect(runs('daily at 02:30', '2026-10-24T12:00Z', 2)).toEqual(['10-25T00:30', '10-26T01:30']);
  expect(runs('daily at 02:30 and 14:30', '2026-10-24T20:00Z', 2)).toEqual(['10-25T00:30', '10-25T13:30']);
});

test('every hour is every hour, whatever the clocks do', () => {
  expect(runs('hourly', '2026-03-28T23:30Z', 3)).toEqual(['03-29T00:00', '03-29T01:00', '03-29T02:00']);
  expect(runs('hourly', '2026-10-24T23:30Z', 4)).toEqual([
    '10-25T00:00',
    '10-25T01:00',
    '10-25T02:00',
    '10-25T03:00',
  ]);
});
