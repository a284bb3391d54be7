import { expect, test } from 'vitest';
import { closeCalls } from '../../src/engine/look-twice.ts';
import type { Job } from '../../src/history/jobs.ts';
import type { TrackOutcome } from '../../src/tracks/outcome.ts';
import { songOf } from '../helpers/house.ts';
import { video } from '../helpers/media.ts';

type Row = Partial<Pick<TrackOutcome, 'status' | 'confidence'>> & {
  readonly chosen?: boolean;
  readonly list?: number;
};

/** What is shown again of a job whose songs, called 0, 1, 2 ..., ended like this. */
function shown(rows: readonly Row[]) {
  const tracks: Job['tracks'] = rows.map(({ list = 0, chosen = true }, position) => ({
    position,
    list,
    chosen,
    track: songOf('Queen', `Song ${position}`),
    outcome: undefined,
  }));
  const lists = [0, 1].map((number) => ({
    name: 'Mix',
    skipped: [],
    tracks: rows
      .filter(({ list = 0, chosen = true }) => list === number && chosen)
      .map(({ status = 'done', confidence }): TrackOutcome => ({
        artist: 'Queen',
        track: '',
        status,
        media: video('a'),
        ...(confidence === undefined ? {} : { confidence }),
      })),
  }));
  const summary = {
    done: 0,
    present: 0,
    unsure: 0,
    none: 0,
    failed: 0,
    cancelled: 0,
    skipped: 0,
    seconds: 0,
  };
  return closeCalls({ tracks }, { report: { lists, summary } }).map(({ track }) => track.track.slice(5));
}

test.each<[what: string, rows: readonly Row[], expected: readonly string[]]>([
  ['nothing where all are certain', [{ confidence: 0.946 }, { confidence: 1 }], []],
  ['the least certain first', [{ confidence: 0.94 }, { confidence: 0.91 }, { confidence: 0.99 }], ['1', '0']],
  [
    'only what was downloaded',
    [
      { confidence: 0.5, status: 'unsure' },
      { confidence: 0.5, status: 'present' },
    ],
    [],
  ],
  ['nothing of which no confidence is known', [{}], []],
  ['the right song beside one that was not chosen', [{ chosen: false }, { confidence: 0.9 }], ['1']],
  ['songs of every list', [{ confidence: 0.92 }, { confidence: 0.9, list: 1 }], ['1', '0']],
])('shows %s', (_what, rows, expected) => {
  expect(shown(rows)).toEqual(expected);
});
