import { readSchedule, type Schedule } from '../config/schedule.ts';
import type { Config } from '../config/schema.ts';
import { durationText } from '../ui/progress-text.ts';
import { shortDay, twoDigits } from './summary-text.ts';

const dayMs = 24 * 3_600_000;

/** "in 7 h 12 min (Sun 03:30)", "in 12 days (Sat 12 Dec 03:30)"; local time. Pure but for the time zone. */
export function nextRunText(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const leftMs = Math.max(0, atMs - nowMs);
  const days = Math.round(leftMs / dayMs);
  const left = leftMs < dayMs ? durationText(leftMs) : days === 1 ? '1 day' : `${days} days`;
  const day = leftMs < 6 * dayMs ? at.toLocaleDateString('en-GB', { weekday: 'short' }) : shortDay(at);
  return `in ${left} (${day} ${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())})`;
}

/** The schedule of the settings; undefined where there's none. */
export function scheduleOf({ sync_schedule: words }: Pick<Config, 'sync_schedule'>): Schedule | undefined {
  const schedule = readSchedule(words);
  return typeof schedule === 'object' ? schedule : undefined;
}

/** The first runs after a time. */
export function nextRuns(schedule: Schedule, nowMs: number, many: number): readonly number[] {
  const runs: number[] = [];
  for (let atMs = schedule.next(nowMs); runs.length < many && atMs !== Infinity; atMs = schedule.next(atMs)) {
    runs.push(atMs);
  }
  return runs;
}

/** "2026-11-30T03:30:00+01:00" */
export function isoLocal(atMs: number): string {
  const offset = -new Date(atMs).getTimezoneOffset();
  const local = new Date(atMs + offset * 60_000).toISOString().slice(0, 19);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${local}${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`;
}
