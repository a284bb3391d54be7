import { expect, test } from 'vitest';
import { emptyReport } from '../../src/downloads/report.ts';
import type { JobEnd } from '../../src/downloads/run-job.ts';
import { withRetried } from '../../src/engine/hearable.ts';
import { isComplete } from '../../src/engine/run.ts';
import type { Job } from '../../src/history/jobs.ts';
import type { OutcomeStatus } from '../../src/tracks/outcome.ts';
import { songOf } from '../helpers/house.ts';

const withIsrc = songOf('Queen', 'Innuendo', { isrc: 'GBUM71029604' });
const without = songOf('Queen', 'Liar');

function endOf(...statuses: readonly OutcomeStatus[]): JobEnd {
  const tracks = statuses.map((status) => ({ artist: 'Queen', track: 'Song', status }));
  const many = (status: OutcomeStatus): number => statuses.filter((one) => one === status).length;
  const summary = { ...emptyReport.summary, done: many('done'), unsure: many('unsure') };
  return { report: { lists: [{ name: 'Mix', tracks, skipped: [] }], summary }, stoppedBy: undefined };
}

test('a song that is proven in several lists leaves open what else was uncertain in this one', () => {
  const tracks: Job['tracks'] = [withIsrc, without].map((track, position) => {
    return { position, list: 0, track, chosen: true, outcome: undefined };
  });
  const end = withRetried({ tracks }, endOf('unsure', 'unsure'), endOf('done', 'done'));
  expect(end.report.summary).toMatchObject({ done: 2, unsure: 1 });
  expect(isComplete(end)).toBe(false);
  expect(isComplete(withRetried({ tracks: tracks.slice(0, 1) }, endOf('unsure'), endOf('done')))).toBe(true);
});
