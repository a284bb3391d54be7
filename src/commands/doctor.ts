import { existsSync } from 'node:fs';
import { freemem, homedir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../app.ts';
import { isReadableByOthers } from '../auth/token-store.ts';
import { harmoniVersion } from '../config/edition.ts';
import type { Check } from '../doctor/check.ts';
import { runDoctor } from '../doctor/doctor.ts';
import { getTools } from '../doctor/get-tools.ts';
import { thisMachine } from '../doctor/machine.ts';
import { readMirrors } from '../doctor/mirrors.ts';
import { splitPath } from '../doctor/tools.ts';
import { toHarmoniError } from '../errors.ts';
import { createHttp } from '../system/http.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { originOf, thisInstallation } from '../update/installation.ts';

/** Long enough for a slow line, short enough that a blocked GitHub does not keep anybody waiting. */
const connectTimeoutMs = 5_000;

/** harmoni doctor [--fix]. Returns the exit code: 1 when something that is needed is not right. */
export async function runDoctorCommand(app: App, fix: boolean): Promise<number> {
  const work = app.beginWork();
  try {
    if (fix) await fetchTools(app, { update: true, signal: work.signal });
    const report = await runDoctor({
      nodeVersion: process.versions.node,
      ...app.tools.places(),
      outputDir: app.paths.output,
      dataDir: app.paths.data,
      freeMemoryBytes: freemem(),
      nowMs: app.clock.now(),
      more: [configCheck(app), storeCheck(app), ...signInChecks(app)],
      signal: work.signal,
    });
    const checks = [ownCheck(app), ...report.checks];
    app.output.lines(checks.flatMap(linesOf));
    app.output.document({ ...report, checks });
    return report.ok ? 0 : 1;
  } finally {
    work.done();
  }
}

/** Gets what is missing of yt-dlp and ffmpeg, and with `update` a current yt-dlp. Returns whether both are there. */
export async function fetchTools(
  app: App,
  options: { update: boolean; onlyNews?: boolean; signal: AbortSignal },
): Promise<boolean> {
  const http = createHttp({ connectTimeoutMs, timeoutMs: 15_000 });
  try {
    return await getTools({
      machine: thisMachine(splitPath(app.env['PATH'])),
      ...app.tools.places(),
      http,
      mirrors: readMirrors(app.env, homedir()),
      nowMs: app.clock.now(),
      print: (line) => app.progress.print(line),
      draw: (progress) => {
        if (progress === undefined) {
          app.progress.end();
          return;
        }
        const { what, doneMb, totalMb } = progress;
        app.progress.draw({ title: `${what} (MB)`, done: doneMb, total: totalMb, failed: 0, lines: [] });
      },
      ...options,
    });
  } finally {
    await http.close();
  }
}

function ownCheck({ env }: Pick<App, 'env'>): Check {
  return { name: 'HARMONI', ok: true, version: harmoniVersion(), message: originOf(thisInstallation(env)) };
}

function configCheck(app: App): Check {
  const name = 'config.json';
  try {
    const { problems, unknownKeys } = app.configStore.read();
    const faults = problems.map((problem) => problem.message);
    const unknown = unknownKeys.map(({ key, meant }) => (meant === undefined ? key : `${key} (${meant}?)`));
    if (faults.length > 0)
      return { name, ok: false, message: faults.join(' '), fix: 'Run harmoni config set KEY VALUE.' };
    if (unknown.length === 0) return { name, ok: true, message: 'All settings are right.' };
    return {
      name,
      ok: true,
      message: `Not known: ${unknown.join(', ')}.`,
      fix: 'Correct or remove these keys.',
    };
  } catch (thrown) {
    const { message, fix } = toHarmoniError(thrown);
    return { name, ok: false, message, fix };
  }
}

function storeCheck(app: App): Check {
  const name = 'store';
  try {
    app.store.jobs.interrupted();
    return { name, ok: true, message: 'data/harmoni.db can be read and written.' };
  } catch (thrown) {
    const { message, fix } = toHarmoniError(thrown);
    return { name, ok: false, message, fix };
  }
}

/** Asked after the store, which says more of the data folder; nothing where nobody is signed in. */
function signInChecks(app: App): Check[] {
  const path = join(app.paths.data, 'spotify_tokens.json');
  if (!existsSync(path)) return [];
  const name = 'sign-in';
  if (!isReadableByOthers(path)) return [{ name, ok: true, message: `Only you can read ${path}.` }];
  return [
    {
      name,
      ok: false,
      message: `Other users of this machine can read your sign-in in ${path}.`,
      fix: `Run chmod 600 "${path}"; to be sure, remove HARMONI's access on spotify.com/account/apps and sign in again.`,
    },
  ];
}

function linesOf(check: Check): ToneLine[] {
  const version = check.version === undefined ? '' : ` ${check.version}`;
  const tone = !check.ok ? 'fail' : check.fix === undefined ? 'ok' : 'warn';
  const word = { fail: 'wrong', ok: 'ok', warn: 'note' }[tone];
  return [
    { text: `${word.padEnd(7)}${check.name}${version}: ${check.message}`, tone },
    ...(check.fix === undefined ? [] : [{ text: `       What to do: ${check.fix}` }]),
  ];
}
