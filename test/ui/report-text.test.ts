import { expect, it } from 'vitest';
import type { JobReport, TrackOutcome } from '../../src/tracks/outcome.ts';
import { reportLines } from '../../src/ui/report-text.ts';

const failed = (track: string, message: string, fix: string): TrackOutcome => ({
  artist: 'Queen',
  track,
  status: 'failed',
  failure: { stage: 'download', code: 'http-forbidden', message, fix },
});
function report(lists: JobReport['lists']): JobReport {
  const tracks = lists.flatMap((list) => list.tracks);
  const count = (status: string) => tracks.filter((track) => track.status === status).length;
  return {
    lists,
    summary: {
      done: count('done'),
      present: count('present'),
      unsure: count('unsure'),
      none: count('none'),
      failed: count('failed'),
      cancelled: count('cancelled'),
      skipped: lists.flatMap((list) => list.skipped).length,
      seconds: 130,
    },
  };
}
const show = (given: JobReport) =>
  '\n' +
  reportLines(given, { library: '/music', details: 'see data/logs/app.log' })
    .map((line) => line.text)
    .join('\n') +
  '\n';

const done: TrackOutcome = {
  artist: 'MØ',
  track: 'Lean On',
  status: 'done',
  path: '/music/MØ - Lean On.mp3',
};

it('is two lines and the playlist when all went well', () => {
  const lists = [{ name: 'Road trip', tracks: [done], skipped: [], playlistFile: '/music/Road trip.m3u8' }];
  expect(show(report(lists))).toMatchInlineSnapshot(`
    "
    Downloaded 1 song in 2 min.
    Music: /music
    Playlist: /music/Road trip.m3u8
    "
  `);
});

it('says how many songs were proven by ear', () => {
  const given = report([{ name: 'Road trip', tracks: [done, done, done], skipped: [] }]);
  const heard = { proven: 2, doubtful: 1, different: 0, unchecked: 4 };
  expect(show({ ...given, summary: { ...given.summary, heard } })).toContain(
    'Downloaded 3 songs in 2 min (2 proven by ear, 1 compared and not proven).',
  );
  const unchecked = { proven: 0, doubtful: 0, different: 0, unchecked: 4 };
  expect(show({ ...given, summary: { ...given.summary, heard: unchecked } })).toContain('in 2 min.');
});

it('groups what failed by what to do, and names only some', () => {
  const tracks = [
    done,
    ...Array.from({ length: 40 }, (_, index) =>
      failed(`Song ${index}`, 'YouTube refused it.', 'Wait an hour.'),
    ),
    failed('Under Pressure', 'ffmpeg ended with code 1.', 'Run harmoni doctor.'),
    { artist: 'Nobody', track: 'Nothing', status: 'none' as const },
    { artist: '', track: 'Half a title', status: 'unsure' as const },
    { artist: 'Later', track: 'Song', status: 'cancelled' as const },
  ];
  const skipped = Array.from({ length: 9 }, (_, index) => ({ row: index + 2, reason: 'no title' }));
  const lists = [
    { name: 'Road trip', tracks, skipped: [...skipped, { row: 40, reason: 'an episode', text: 'News' }] },
  ];
  expect(show(report(lists))).toMatchInlineSnapshot(`
    "
    Downloaded 1 song in 2 min. 41 failed, 1 not found, 1 uncertain, 1 left, 10 rows skipped.
    Failed (40): YouTube refused it.
      Queen - Song 0
      Queen - Song 1
      Queen - Song 2
      Queen - Song 3
      Queen - Song 4
      and 35 more: see data/logs/app.log
      Fix: Wait an hour.
    Failed (1): ffmpeg ended with code 1.
      Queen - Under Pressure
      Fix: Run harmoni doctor.
    Not found (1)
      Nobody - Nothing
      Fix: Paste a link with harmoni review, or check the song's spelling.
    Uncertain (1)
      Half a title
      Fix: Choose a match with harmoni review, or take this one with --accept unsure.
    Skipped (10)
      no title: row 2, row 3, row 4 and 6 more
      an episode: row 40 (News)
    Stopped with 1 song left. Run harmoni resume to continue where it stopped.
    Music: /music
    "
  `);
});

it('stays under a screen with thousands of failures of ten kinds', () => {
  const tracks = Array.from({ length: 3000 }, (_, index) =>
    failed(`Song ${index}`, `Message ${index}`, index % 2 === 0 ? 'Do this.' : 'Do that.'),
  );
  expect(
    reportLines(report([{ name: 'All', tracks, skipped: [] }]), { library: '/music', details: 'x' }).length,
  ).toBeLessThan(24);
});

it('does not name a library that nothing went into', () => {
  expect(
    show(report([{ name: 'All', tracks: [failed('Song', 'No.', 'Wait.')], skipped: [] }])),
  ).not.toContain('Music:');
});

it('says what stopped it, and that it is resumed and not retried', () => {
  const stopped: TrackOutcome = {
    artist: 'Queen',
    track: 'Innuendo',
    status: 'cancelled',
    failure: {
      stage: 'download',
      code: 'network-unreachable',
      message: "YouTube can't be reached.",
      fix: 'Check your internet connection, then run harmoni retry.',
    },
  };
  expect(show(report([{ name: 'All', tracks: [stopped, stopped], skipped: [] }]))).toMatchInlineSnapshot(`
    "
    Nothing downloaded. 2 left.
    Stopped with 2 songs left: YouTube can't be reached.
      Fix: Check your internet connection, then run harmoni resume.
    "
  `);
});

it('counts a song of several other lists once', () => {
  const there: TrackOutcome = { ...done, status: 'present' };
  const lists = ['One', 'Two', 'Three'].map((name, at) => ({
    name,
    tracks: [at === 0 ? done : there],
    skipped: [],
  }));
  expect(show(report(lists))).toContain('Downloaded 1 song in 2 min (1 for another playlist too).');
});

it('tells songs of two lists from songs that were there, and names the list of a row', () => {
  const there: TrackOutcome = { ...done, status: 'present' };
  const old: TrackOutcome = { ...there, track: 'Final Song' };
  const lists = [
    { name: 'Road trip', tracks: [done, old], skipped: [] },
    { name: 'Evenings', tracks: [there], skipped: [{ row: 3, reason: 'no title' }] },
  ];
  expect(show(report(lists))).toMatchInlineSnapshot(`
    "
    Downloaded 1 song in 2 min (1 for another playlist too). 1 already in your library, 1 row skipped.
    Skipped (1)
      no title: Evenings row 3
    Music: /music
    "
  `);
});

it.each([
  [false, '1 song is in your library as MP3. Add --reformat to replace it with FLAC.'],
  [true, "1 song is in your library as MP3. HARMONI didn't create it, so it won't replace it."],
])(
  'says what is there in another format, and gives no advice that was taken already (%s)',
  (reformat, text) => {
    const tracks = [{ ...done, status: 'present' as const, format: 'mp3' }];
    const given = report([{ name: 'Road trip', tracks, skipped: [] }]);
    const lines = reportLines(given, { library: '/music', details: 'x', format: 'flac', reformat });
    expect(lines.map((line) => line.text)).toContain(text);
  },
);
