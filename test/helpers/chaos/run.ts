import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { realTools } from '../world.ts';
import { createRandom, type Random } from '../random.ts';
import { checkEnd, checkLibrary, checkSignalled, readReport, type Report } from './check.ts';
import { unmountDisk } from './disk.ts';
import { startHarmoni, type End } from './drive.ts';
import type { Fault, FaultKind } from './fault.ts';
import { signalKinds } from './fault-signals.ts';
import { slowness } from '../patience.ts';
import { endOrphans, orphansAbout } from './processes.ts';
import { createTrial, drawChoice, type Trial } from './trial.ts';
import { lossesOf } from './users-files.ts';

export interface RunResult {
  readonly seed: number;
  readonly kind: string;
  /** What was drawn. */
  readonly about: string;
  readonly seconds: number;
  readonly faults: readonly string[];
}

/** A run that hangs never ends: patience costs nothing on a machine that is only busy. */
const patienceMs = 60_000;

/** One run: everything about it comes from the seed, but for `kind` where it is given. */
export async function runOnce(
  seed: number,
  kinds: readonly FaultKind[],
  kind?: FaultKind,
): Promise<RunResult> {
  const random = createRandom(seed);
  const drawn = random.pick(kinds);
  const chosen = kind ?? drawn;
  const choice = drawChoice(random);
  const faults = drawFaults(random, chosen, choice.songs);
  const began = performance.now();
  const merged = Object.assign({}, choice, ...faults.map((fault) => fault.choice)) as typeof choice;
  const config = Object.assign({}, ...faults.map((fault) => fault.config)) as Record<string, unknown>;
  const trial = await createTrial(random, merged, {
    config,
    beforeLibrary: (library) => faults.forEach((fault) => fault.beforeLibrary?.(library)),
  });
  try {
    await tryAll(trial, faults);
  } catch (error) {
    trial.faults.push(
      `the chaos itself failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
    );
  } finally {
    endOrphans(await orphansAbout(trial.world.folder, 0));
    for (const folder of [trial.library, trial.world.data]) unmountDisk(folder);
    await trial.world.close();
  }
  const about = `${faults.map((fault) => fault.about).join(' + ')}; ${JSON.stringify(merged)}`;
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  return { seed, kind: chosen.kind, about, seconds, faults: trial.faults };
}

/** One fault, and sometimes a signal too. */
function drawFaults(random: Random, kind: FaultKind, songs: number): Fault[] {
  const fault = kind.draw(random, songs);
  const second = random.next() < 0.2 ? random.pick(signalKinds).draw(random, songs) : undefined;
  return second === undefined || signalKinds.includes(kind) ? [fault] : [fault, second];
}

async function tryAll(trial: Trial, faults: readonly Fault[]): Promise<void> {
  const { world, listPath } = trial;
  for (const fault of faults) fault.arm?.(trial);
  const silenceMs = faults.find((fault) => fault.silenceMs !== undefined)?.silenceMs;
  const download = ['download', listPath, '--yes', '--json'];
  const running = startHarmoni(download, { env: world.env, cwd: world.folder, silenceMs, patienceMs });
  const acts = faults.map(async (fault) => fault.during?.(trial, running));
  const first = await running.end;
  await Promise.all(acts);
  checkEnd(trial, 'disturbed run', first);
  const mostMs = Math.min(...faults.map((fault) => fault.mostAfterSignalMs ?? 60_000));
  checkSignalled(trial, 'disturbed run', first, mostMs);
  if (!faults.some((fault) => fault.leavesChildren === true))
    await checkOrphans(trial, 'after the disturbed run');
  for (const fault of faults) fault.lift?.(trial);

  const run = async (what: string, args: readonly string[]): Promise<string> =>
    (await runQuietly(trial, what, args)).stdout;
  await run('resume', ['resume', '--json']);
  const report = await untilAllThere(trial, download);
  for (const fault of faults) await fault.after?.(trial, run);
  await checkOrphans(trial, 'in the end');
  if (report !== undefined) await checkLibrary(trial, report, (await realTools()).ffmpeg);
  const hidden = join(trial.library, '.harmoni');
  trial.faults.push(...lossesOf(trial.users, join(hidden, 'trash')));
  const left = existsSync(hidden) ? readdirSync(hidden).filter((name) => name !== 'trash') : [];
  if (left.length > 0) trial.faults.push('the work folder is left');
}

/** Downloads until nothing is missing, and once more: then nothing may be fetched. */
async function untilAllThere(trial: Trial, download: readonly string[]): Promise<Report | undefined> {
  let report: Report | undefined;
  for (let turn = 1; turn <= 3; turn += 1) {
    const end = await runQuietly(trial, `download ${turn}`, download);
    report = readReport(end.stdout);
    if (report === undefined) {
      trial.faults.push(
        `download ${turn} gave no report: exit ${String(end.exitCode)} ${end.stderr.slice(-300)}`,
      );
      return undefined;
    }
    if (report.summary['present'] === trial.tracks.length) return report;
  }
  const { summary } = report ?? {};
  trial.faults.push(`undisturbed, three times, and not all is there: ${JSON.stringify(summary)}`);
  return report;
}

async function runQuietly(trial: Trial, what: string, args: readonly string[]): Promise<End> {
  const { env, folder } = trial.world;
  const end = await startHarmoni(args, { env, cwd: folder, patienceMs }).end;
  checkEnd(trial, what, end);
  return end;
}

async function checkOrphans(trial: Trial, when: string): Promise<void> {
  const orphans = await orphansAbout(trial.world.folder, 3_000 * slowness());
  if (orphans.length > 0) trial.faults.push(`processes left ${when}: ${orphans.join('; ')}`);
  endOrphans(orphans);
}
