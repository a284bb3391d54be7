/**
 * Measures the matcher on labelled cases: `npm run bench:match -- FILE... [--picks OUT.json] [--json]`.
 * Prints a table, or with --json a document; --picks writes what was picked for each case, in their order.
 */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { scoreCandidates } from '../../src/matching/score.ts';
import type { Match } from '../../src/matching/match.ts';
import {
  findsOf,
  judge,
  loadCases,
  matchCase,
  trackOf,
  verdicts,
  type MatchCase,
  type Verdict,
} from './match-cases.ts';

interface Result {
  readonly set: string;
  readonly cases: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly sure: number;
  readonly sureAndKnownWrong: number;
  readonly requestsPerTrack: number;
}

function measure(set: string, cases: readonly MatchCase[], matches: readonly Match[]): Result {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>; // all keys given
  let sure = 0;
  let sureAndKnownWrong = 0;
  let requests = 0;
  cases.forEach((labelled, at) => {
    const match = matches[at];
    if (match === undefined) return;
    const verdict = judge(labelled, match.pick?.media.id ?? null);
    counts[verdict] += 1;
    requests += match.requests;
    if (match.decision !== 'sure') return;
    sure += 1;
    if (verdict === 'known wrong') sureAndKnownWrong += 1;
  });
  const requestsPerTrack = Math.round((100 * requests) / Math.max(1, cases.length)) / 100;
  return { set, cases: cases.length, verdicts: counts, sure, sureAndKnownWrong, requestsPerTrack };
}

/** Median CPU time of scoring 60 candidates, in milliseconds, after a warm-up. */
function timeScoring(cases: readonly MatchCase[]): number | undefined {
  const big = cases.filter(({ candidates }) => candidates.length >= 60).slice(0, 60);
  if (big.length === 0) return undefined;
  const runs = Array.from({ length: 5 }, () => big).flat();
  const times = runs.map((labelled) => {
    const [track, finds] = [trackOf(labelled), findsOf(labelled).slice(0, 60)];
    const start = process.cpuUsage();
    scoreCandidates(track, finds);
    const used = process.cpuUsage(start);
    return (used.user + used.system) / 1000;
  });
  const warm = times.slice(times.length / 5).sort((a, b) => a - b);
  return warm[Math.floor(warm.length / 2)];
}

function printTable(results: readonly Result[], scoringMs: number | undefined): void {
  const columns = ['set', 'cases', ...verdicts, 'sure', 'sure+known wrong', 'requests'];
  const rows = results.map((result) => [
    result.set,
    ...[
      result.cases,
      ...verdicts.map((verdict) => result.verdicts[verdict]),
      result.sure,
      result.sureAndKnownWrong,
      result.requestsPerTrack,
    ].map(String),
  ]);
  const widths = columns.map((column, at) =>
    Math.max(column.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ');
  console.log([columns, ...rows].map(line).join('\n'));
  if (scoringMs !== undefined)
    console.log(`scoring 60 candidates: ${scoringMs.toFixed(2)} ms of CPU (median)`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { picks: { type: 'string' }, json: { type: 'boolean', default: false } },
});
if (positionals.length === 0) {
  console.error('Usage: npm run bench:match -- FILE... [--picks OUT.json] [--json]');
  process.exit(2);
}
const sets = positionals.map((file) => ({ set: basename(file, '.json'), cases: loadCases(file) }));
const results: Result[] = [];
const picks: unknown[] = [];
for (const { set, cases } of sets) {
  const matches = cases.map(matchCase);
  results.push(measure(set, cases, matches));
  cases.forEach((labelled, at) => {
    const match = matches[at];
    if (match === undefined) return;
    picks.push({
      id: labelled.id,
      pick: match.pick?.media.id ?? null,
      decision: match.decision,
      confidence: match.confidence,
      reasons: match.reasons,
      runnersUp: match.runnersUp.map(({ candidate }) => candidate.media.id),
    });
  });
}
const scoringMs = timeScoring(sets.flatMap(({ cases }) => cases));
if (values.picks !== undefined) writeFileSync(values.picks, `${JSON.stringify(picks, null, 1)}\n`);
if (values.json) console.log(JSON.stringify({ sets: results, scoringMs: scoringMs ?? null }, null, 2));
else printTable(results, scoringMs);
