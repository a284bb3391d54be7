import { describe, expect, test } from 'vitest';
import type { Track } from '../../src/tracks/track.ts';
import { createTestClock } from '../helpers/clock.ts';
import { video } from '../helpers/media.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore, track } from './set-up.ts';

const hourMs = 3_600_000;

describe('claims', () => {
  test('keep two HARMONIs from one track, by any of its keys', () => {
    const folder = tempFolder();
    const [one, other] = [openTestStore(folder), openTestStore(folder)];
    expect(one.claims.take(['uri:1', 'name:x'])).toBe(true);
    expect(other.claims.take(['isrc:9', 'name:x'])).toBe(false);
    expect(other.claims.take(['isrc:9'])).toBe(true);
    one.claims.release(['uri:1', 'name:x']);
    expect(other.claims.take(['name:x'])).toBe(true);
  });

  test('keep two rows of one job from one track', () => {
    const { claims } = openTestStore();
    expect([claims.take(['key']), claims.take(['key'])]).toEqual([true, false]);
  });

  test('are released by their owner alone', () => {
    const folder = tempFolder();
    const [one, other] = [openTestStore(folder), openTestStore(folder)];
    one.claims.take(['key']);
    other.claims.release(['key']);
    other.claims.releaseAll();
    expect(other.claims.take(['key'])).toBe(false);
  });

  test('end with the HARMONI that had them', () => {
    const folder = tempFolder();
    const [one, other] = [openTestStore(folder), openTestStore(folder)];
    one.claims.take(['key']);
    one.close();
    expect(other.claims.take(['key'])).toBe(true);
  });
});

describe('failures', () => {
  const failed = {
    track: track('A', 'One'),
    listName: 'List',
    listFolder: 'own',
    status: 'failed',
    failure: { stage: 'download', code: 'bot-check', message: 'No.', fix: 'Wait.' },
    uploads: [],
  } as const;

  test('count the attempts and keep the newest reason', () => {
    const clock = createTestClock({ startMs: 1_000 });
    const { failures } = openTestStore(tempFolder(), clock);
    failures.add('key', failed);
    clock.pass(1_000);
    failures.add('key', { ...failed, status: 'none' });
    expect(failures.all()).toEqual([{ ...failed, status: 'none', attempts: 2, failedAt: 2_000 }]);
  });

  test('remember what was tried in vain, over all attempts', () => {
    const { failures } = openTestStore();
    const [a, b] = ['aaaaaaaaaaa', 'bbbbbbbbbbb'].map((id) => ({
      media: video(id),
      message: 'It is private.',
    }));
    failures.add('name:a|one|', { ...failed, uploads: a === undefined ? [] : [a] });
    failures.add('name:a|one|', { ...failed, uploads: a === undefined || b === undefined ? [] : [b, a] });
    failures.add('name:a|one|', failed);
    expect(failures.all()[0]?.uploads).toEqual([a, b]);
  });

  test('come oldest first and go by any key', () => {
    const { failures } = openTestStore();
    failures.add('name:a|one|', failed);
    failures.add('name:b|two|', { ...failed, track: track('B', 'Two') });
    expect(failures.all().map((one) => one.track.track)).toEqual(['One', 'Two']);
    failures.remove({ ...track('A', 'One'), isrc: 'AA1' });
    expect(failures.all().map((one) => one.track.track)).toEqual(['Two']);
  });

  test('are of a track in a list, told apart by its origin', () => {
    const { failures } = openTestStore();
    const [one, two] = ['spotify:playlist:a', 'spotify:playlist:b'].map((listOrigin) => ({
      ...failed,
      listOrigin,
    }));
    if (one === undefined || two === undefined) throw new Error('two lists');
    for (const each of [one, two, one]) failures.add('name:a|one|', each);
    expect(failures.of(failed.track)).toMatchObject([{ attempts: 2 }, { attempts: 1 }]);
    expect(failures.of(track('B', 'Two'))).toEqual([]);
    failures.remove(failed.track, { name: 'List', origin: 'spotify:playlist:a' });
    expect(failures.all()).toMatchObject([{ listOrigin: 'spotify:playlist:b' }]);
    failures.remove(failed.track, { name: 'List' });
    expect(failures.all()).toHaveLength(1);
    failures.remove(failed.track);
    expect(failures.all()).toEqual([]);
  });

  test('of a list that HARMONI 2.0 knew by its name are its own under its origin', () => {
    const { failures } = openTestStore();
    failures.add('name:a|one|', failed);
    failures.add('name:a|one|', { ...failed, listOrigin: 'file:x' });
    expect(failures.all()).toMatchObject([{ listOrigin: 'file:x', attempts: 2 }]);
    failures.add('name:b|two|', { ...failed, track: track('B', 'Two') });
    failures.remove(track('B', 'Two'), { name: 'List', origin: 'file:x' });
    expect(failures.all()).toHaveLength(1);
  });
});

describe('decisions', () => {
  const one: Track = { ...track('A', 'One'), spotifyUri: 'spotify:track:1' };

  test('hold under every key of the track, and "none of these" is one', () => {
    const { overrides } = openTestStore();
    overrides.set(one, video('abcdefghijk'));
    overrides.set(track('B', 'Two'), null);
    expect(overrides.find(track('A', 'One'))?.media).toEqual(video('abcdefghijk'));
    expect(overrides.find({ ...track('Z', 'Z'), spotifyUri: 'spotify:track:1' })?.media).toEqual(
      video('abcdefghijk'),
    );
    expect(overrides.find(track('B', 'Two'))?.media).toBeNull();
    expect(overrides.find(track('C', 'Three'))).toBeUndefined();
    expect(overrides.all().map((one) => one.track.track)).toEqual(['One', 'Two']);
  });

  test('do not hold for another song of that name', () => {
    const { overrides } = openTestStore();
    const [first, second] = ['AA1', 'AA2'].map((isrc) => ({ ...track('A', 'Intro'), isrc }));
    if (first === undefined || second === undefined) throw new Error('two tracks');
    overrides.set(first, video('abcdefghijk'));
    expect(overrides.find(second)).toBeUndefined();
    overrides.set(second, video('lmnopqrstuv'));
    expect([first, second].map((one) => overrides.find(one)?.media?.id)).toEqual([
      'abcdefghijk',
      'lmnopqrstuv',
    ]);
    overrides.remove(second);
    expect(overrides.find(first)?.media).toEqual(video('abcdefghijk'));
  });

  test('can be changed and taken back', () => {
    const { overrides } = openTestStore();
    overrides.set(one, video('abcdefghijk'));
    overrides.set(one, video('lmnopqrstuv'));
    expect(overrides.find(track('A', 'One'))?.media).toEqual(video('lmnopqrstuv'));
    expect(overrides.remove(one)).toBe(true);
    expect(overrides.remove(one)).toBe(false);
    expect(overrides.all()).toEqual([]);
  });
});

describe('searches', () => {
  test('are remembered for a week, by provider, kind and query', () => {
    const clock = createTestClock();
    const { searches } = openTestStore(tempFolder(), clock);
    searches.save('youtube', 'songs', 'a', [{ title: 'v' }]);
    expect(searches.load('youtube', 'songs', 'a')).toEqual([{ title: 'v' }]);
    expect(searches.load('youtube', 'videos', 'a')).toBeUndefined();
    expect(searches.load('soundcloud', 'songs', 'a')).toBeUndefined();
    clock.pass(7 * 24 * hourMs - 1);
    expect(searches.load('youtube', 'songs', 'a')).toBeDefined();
    clock.pass(1);
    expect(searches.load('youtube', 'songs', 'a')).toBeUndefined();
  });

  test('that are old are forgotten with the first answer of the next start', () => {
    const folder = tempFolder();
    const clock = createTestClock();
    const store = openTestStore(folder, clock);
    store.searches.save('youtube', 'songs', 'a', []);
    store.close();
    clock.pass(8 * 24 * hourMs);
    const { database, searches } = openTestStore(folder, clock);
    searches.save('youtube', 'songs', 'b', []);
    expect(database.prepare('SELECT query FROM searches').all()).toMatchObject([{ query: 'b' }]);
  });

  test('of a clock that was ahead are not believed, and forgotten', () => {
    const clock = createTestClock();
    const folder = tempFolder();
    const { searches } = openTestStore(folder, clock);
    clock.setOff(3 * 365 * 24 * hourMs);
    searches.save('youtube', 'songs', 'a', [{ title: 'v' }]);
    clock.setOff(0);
    expect(searches.load('youtube', 'songs', 'a')).toBeUndefined();
    const later = openTestStore(folder, clock);
    later.searches.save('youtube', 'songs', 'b', []);
    expect(later.database.prepare('SELECT query FROM searches').all()).toMatchObject([{ query: 'b' }]);
  });
});

test('visits are those of the last hour, of all HARMONIs', () => {
  const folder = tempFolder();
  const clock = createTestClock({ startMs: 10 * hourMs });
  const [one, other] = [openTestStore(folder, clock), openTestStore(folder, clock)];
  one.visits.happened(one.visits.plan());
  clock.pass(hourMs - 1);
  other.visits.happened(other.visits.plan());
  expect(one.visits.lastHour()).toEqual([10 * hourMs, 11 * hourMs - 1]);
  clock.pass(1);
  expect(one.visits.lastHour()).toEqual([11 * hourMs - 1]);
});

test('a visit that is planned counts while its HARMONI lives, and when it happens is what counts', () => {
  const folder = tempFolder();
  const clock = createTestClock({ startMs: 10 * hourMs });
  const [one, other] = [openTestStore(folder, clock), openTestStore(folder, clock)];
  const [first, second, third] = [one.visits.plan(), one.visits.plan(), one.visits.plan()];
  expect(other.visits.lastHour()).toHaveLength(3);
  clock.pass(1_000);
  one.visits.happened(first);
  one.visits.cancel([second]);
  expect(other.visits.lastHour()).toEqual([10 * hourMs, 10 * hourMs + 1_000]);
  one.close();
  expect(other.visits.lastHour()).toEqual([10 * hourMs + 1_000]);
  expect(third).toBeGreaterThan(second);
});

describe('visits under a clock that is set', () => {
  const threeYearsMs = 3 * 365 * 24 * hourMs;
  const hour = 10 * hourMs;

  test('that was ahead do not count afterwards, and are forgotten', () => {
    const folder = tempFolder();
    const clock = createTestClock({ startMs: hour });
    clock.setOff(threeYearsMs);
    const ahead = openTestStore(folder, clock);
    for (let visit = 0; visit < 3; visit += 1) ahead.visits.happened(ahead.visits.plan());
    ahead.close();
    clock.setOff(0);
    const store = openTestStore(folder, clock);
    expect(store.visits.lastHour()).toEqual([]);
    expect(store.database.prepare('SELECT count(*) AS n FROM visits').get()).toMatchObject({ n: 0 });
  });

  test.each([-threeYearsMs, -2 * hourMs, -600_000, 600_000, 2 * hourMs, threeYearsMs])(
    'by %i ms in the middle of a run stay counted for their hour, and no longer',
    (byMs) => {
      const folder = tempFolder();
      const clock = createTestClock({ startMs: hour + threeYearsMs });
      const store = openTestStore(folder, clock);
      for (let visit = 0; visit < 3; visit += 1) store.visits.happened(store.visits.plan());
      clock.pass(600_000);
      clock.setOff(byMs);
      expect(store.visits.lastHour()).toHaveLength(3);
      // Others of the same data folder see them so, too.
      expect(openTestStore(folder, clock).visits.lastHour()).toHaveLength(3);
      store.visits.happened(store.visits.plan());
      clock.pass(hourMs - 600_000);
      expect(store.visits.lastHour()).toHaveLength(1);
      clock.pass(600_000);
      expect(store.visits.lastHour()).toEqual([]);
    },
  );
});

test('everything is still there after closing and opening', () => {
  const folder = tempFolder();
  const first = openTestStore(folder);
  first.overrides.set(track('A', 'One'), null);
  first.visits.happened(first.visits.plan());
  first.close();
  const again = openTestStore(folder);
  expect(again.overrides.all()).toHaveLength(1);
  expect(again.visits.lastHour()).toHaveLength(1);
});
