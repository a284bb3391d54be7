import { expect, test } from 'vitest';
import { showReading } from '../../src/ui/show-reading.ts';
import type { ProgressView } from '../../src/ui/progress.ts';

function display() {
  let nowMs = 0;
  const views: ProgressView[] = [];
  const progress = {
    draw: (view: ProgressView) => void views.push(view),
    print: () => undefined,
    isLive: false,
    alert: () => undefined,
    end: () => undefined,
  };
  const show = showReading({ progress, clock: { now: () => nowMs } }, 'Reading');
  return (atMs: number, done: number, total: number): ProgressView | undefined => {
    nowMs = atMs;
    show({ done, total });
    return views.at(-1);
  };
}

test('says how long the rest takes once the pace is known', () => {
  const at = display();
  expect(at(1_000, 50, 1_000)).toEqual({ title: 'Reading', done: 50, total: 1_000, failed: 0, lines: [] });
  expect(at(4_000, 200, 1_000)?.etaMs).toBe(16_000);
});

test('begins anew with the next playlist', () => {
  const at = display();
  at(10_000, 500, 500);
  expect(at(10_500, 100, 500)?.etaMs).toBeUndefined();
  expect(at(14_500, 300, 500)?.etaMs).toBeCloseTo((4_000 / 300) * 200);
});
