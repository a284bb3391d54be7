import { HarmoniError } from '../errors.ts';
import type { Holder, Turn, Turns } from '../history/turns.ts';
import { pastClock } from '../spotify/api-error.ts';

/** "since 03:30 (process 812 on nas)". Pure but for the time zone. */
export function holderText({ since, pid, host }: Holder, nowMs: number): string {
  return `since ${pastClock(since, nowMs)} (process ${pid} on ${host})`;
}

/** @throws HarmoniError sync-running, library-busy */
export function takeTurn(turns: Turns, turn: Exclude<Turn, 'watch'>, nowMs: number): void {
  const other = turns.take(turn);
  if (other === undefined) return;
  const code = other.turn === 'sync' ? 'sync-running' : 'library-busy';
  throw new HarmoniError(code, `${doing[other.turn]}, ${holderText(other, nowMs)}.`);
}

const doing: Readonly<Record<Turn, string>> = {
  watch: 'HARMONI is already watching your playlists',
  sync: 'Another sync is running',
  change: 'Another HARMONI is changing your library',
  enrich: 'Another HARMONI is adding metadata',
};
