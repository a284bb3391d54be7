import { expect, test } from 'vitest';
import { phasesOf } from './timeline.ts';
import type { Sample } from './tree-watch.ts';

/** A second on two cores, ending at `at`. */
function second(at: number, ytDlps: number, used: Partial<Sample['cpu']>, idle: readonly number[]): Sample {
  const cpu = { main: 0, ytDlp: 0, ffmpeg: 0, other: 0, ...used };
  return { at, seconds: 1, cpu, standIn: 0.1, bench: 0.1, idle, ytDlps };
}

test('a run is cut where yt-dlp begins, where the first song is there, and where the last yt-dlp has ended', () => {
  const samples = [
    second(1, 0, { main: 1 }, [0.8, 0]),
    second(2, 1, { ytDlp: 1 }, [0.5, 0.3]),
    second(3, 0, { main: 0.2 }, [0.9, 0.7]),
    second(4, 2, { ytDlp: 1, main: 0.4 }, [0.2, 0.2]),
    second(5, 0, { ffmpeg: 0.8 }, [1, 0]),
  ];
  const phases = phasesOf([{ samples, firstSongSeconds: 2.5 }]);
  expect(phases.map(({ name, seconds }) => [name, seconds])).toEqual([
    ['before the first yt-dlp', 1],
    ['until the first song', 1],
    ['the middle', 2],
    ['after the last yt-dlp', 1],
    ['the whole', 5],
  ]);
  const [before, , middle, after] = phases;
  expect(before?.cpu.main).toBeCloseTo(50);
  expect(before?.idleCores.map(Math.round)).toEqual([80, 0]);
  expect(
    [middle?.cpu.main, middle?.cpu.ytDlp, middle?.cpu.ffmpeg].map((share) => Math.round(share ?? NaN)),
  ).toEqual([15, 25, 0]);
  expect(middle?.idle).toBeCloseTo(50);
  expect(middle?.restOfMachine).toBeCloseTo(0);
  expect(
    [after?.standIn, after?.bench, after?.restOfMachine].map((share) => Math.round(share ?? NaN)),
  ).toEqual([5, 5, 0]);
});

test('all that the machine did beside is told apart', () => {
  const [whole] = phasesOf([
    { samples: [second(1, 0, { main: 0.4 }, [0.5, 0.5])], firstSongSeconds: undefined },
  ]);
  expect(whole?.restOfMachine).toBeCloseTo(20);
});
