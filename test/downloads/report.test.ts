import { expect, test } from 'vitest';
import { reportOf } from '../../src/downloads/report.ts';
import { HarmoniError } from '../../src/errors.ts';
import type { Job } from '../../src/history/jobs.ts';
import type { Verdict } from '../../src/tracks/heard.ts';
import type { TrackOutcome } from '../../src/tracks/outcome.ts';

const rows = ['One', 'Two', 'Three', 'Four'].map((track, position) => ({
  position,
  list: position < 3 ? 0 : 1,
  chosen: position !== 2,
  track: { artists: ['A'], artist: 'A', track },
  outcome: undefined,
}));
const job: Job = {
  id: 1,
  createdAt: 0,
  settings: {},
  lists: [
    { name: 'First', folder: 'own', skipped: [{ row: 4, reason: 'no title' }] },
    { name: 'Second', folder: 'library', skipped: [] },
  ],
  tracks: rows,
};
const outcome = (track: string, status: TrackOutcome['status']): TrackOutcome => ({
  artist: 'A',
  track,
  status,
});

test('a report has each chosen row of each list, in order, and counts them', () => {
  const outcomes = new Map([
    [3, outcome('Four', 'failed')],
    [0, outcome('One', 'done')],
    [1, outcome('Two', 'present')],
  ]);
  const report = reportOf(job, outcomes, new Map([[0, '/music/First/First.m3u8']]), undefined, 12.345);
  expect(report.lists).toEqual([
    {
      name: 'First',
      tracks: [outcome('One', 'done'), outcome('Two', 'present')],
      skipped: [{ row: 4, reason: 'no title' }],
      playlistFile: '/music/First/First.m3u8',
    },
    { name: 'Second', tracks: [outcome('Four', 'failed')], skipped: [] },
  ]);
  expect(report.summary).toEqual({
    done: 1,
    present: 1,
    unsure: 0,
    none: 0,
    failed: 1,
    cancelled: 0,
    skipped: 1,
    seconds: 12.3,
  });
});

test('what was not reached is cancelled, with the reason why the job stopped', () => {
  const error = new HarmoniError('disk-full', 'No space left.');
  const report = reportOf(job, new Map([[0, outcome('One', 'done')]]), new Map(), error, 0);
  expect(report.lists[0]?.tracks[1]).toEqual({
    artist: 'A',
    track: 'Two',
    status: 'cancelled',
    failure: { stage: 'download', code: 'disk-full', message: 'No space left.', fix: error.fix },
  });
  expect(report.summary).toMatchObject({ done: 1, cancelled: 2 });
});

test('a report counts what was heard of the downloaded songs, where anybody listened', () => {
  const heard = (track: string, status: TrackOutcome['status'], verdict: Verdict): TrackOutcome => ({
    ...outcome(track, status),
    heard: { verdict },
  });
  const outcomes = new Map([
    [0, heard('One', 'done', 'proven')],
    [1, heard('Two', 'unsure', 'doubtful')],
    [3, heard('Four', 'done', 'unchecked')],
  ]);
  const counts = { proven: 1, doubtful: 0, different: 0, unchecked: 1 };
  expect(reportOf(job, outcomes, new Map(), undefined, 1).summary.heard).toEqual(counts);
  const unheard = new Map([[0, outcome('One', 'done')]]);
  expect(reportOf(job, unheard, new Map(), undefined, 1).summary).not.toHaveProperty('heard');
});
