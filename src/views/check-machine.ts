import { existsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { isReadableByOthers } from '../auth/token-store.ts';
import { harmoniVersion } from '../config/edition.ts';
import { withLine, type ConfigNote } from '../config/read-config.ts';
import type { Config } from '../config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import type { Check } from '../doctor/check.ts';
import { runDoctor } from '../doctor/doctor.ts';
import { fetchTools, type FetchToolsParts } from '../doctor/fetch-tools.ts';
import { toHarmoniError } from '../errors.ts';
import type { Store } from '../history/store.ts';
import { measureBusyShare } from '../system/idle-cores.ts';
import { trashOf } from '../system/trash.ts';
import { networkChecks, type NetworkCheckParts } from './network-checks.ts';
import { checkSettings } from './check-settings.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { Output } from '../ui/output.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { unknownNote } from '../ui/settings-text.ts';
import { originOf, thisInstallation } from '../update/installation.ts';

export interface CheckMachineParts extends FetchToolsParts, NetworkCheckParts {
  readonly configStore: Pick<ConfigStore, 'read'>;
  readonly config: Config;
  readonly store: Pick<Store, 'jobs'>;
  readonly paths: { readonly output: string; readonly data: string; readonly trash: string };
  readonly output: Output;
  readonly beginWork: () => WorkSignal;
}

/** Checks this machine and shows what was found; with `fix` gets what is missing first. Returns whether all that is needed is right. */
export async function checkMachine(parts: CheckMachineParts, fix: boolean): Promise<boolean> {
  const work = parts.beginWork();
  try {
    if (fix) await fetchTools(parts, { update: true, signal: work.signal });
    // Before the programs run, which are work themselves.
    const busy = await measureBusyShare(work.signal);
    const report = await runDoctor({
      busy,
      nodeVersion: process.versions.node,
      ...parts.tools.places(),
      outputDir: parts.paths.output,
      dataDir: parts.paths.data,
      trash: [trashOf(parts.paths.output), parts.paths.trash],
      trashDays: parts.config.trash_days,
      freeMemoryBytes: freemem(),
      nowMs: parts.clock.now(),
      more: [
        await configCheck(parts),
        storeCheck(parts),
        ...signInChecks(parts),
        ...(await networkChecks(parts, work.signal)),
      ],
      signal: work.signal,
    });
    const checks = [ownCheck(parts), ...report.checks];
    parts.output.lines(checks.flatMap(linesOf));
    parts.output.document({ ...report, checks });
    return report.ok;
  } finally {
    work.done();
  }
}

function ownCheck({ env }: Pick<CheckMachineParts, 'env'>): Check {
  return { name: 'HARMONI', ok: true, version: harmoniVersion(), message: originOf(thisInstallation(env)) };
}

async function configCheck(parts: CheckMachineParts): Promise<Check> {
  const name = 'config.json';
  try {
    const { problems, unknownKeys, notes } = await checkSettings(parts);
    // What has a check of its own is told by that.
    const own: readonly (string | undefined)[] = ['output_dir', 'ytdlp_path', 'ffmpeg_path', 'cookies_file'];
    const here = ({ key }: ConfigNote): boolean => !own.includes(key);
    const faults = problems.filter(here).map(withLine).join(' ');
    if (faults !== '') return { name, ok: false, message: faults, fix: 'Run harmoni config set KEY VALUE.' };
    const told = [...unknownKeys.map(unknownNote), ...notes.filter(here)].map(withLine).join(' ');
    if (told === '') return { name, ok: true, message: 'All settings are valid.' };
    return { name, ok: true, message: told, fix: 'Run harmoni config validate to see each of them.' };
  } catch (thrown) {
    const { message, fix } = toHarmoniError(thrown);
    return { name, ok: false, message, fix };
  }
}

function storeCheck(parts: Pick<CheckMachineParts, 'store'>): Check {
  const name = 'store';
  try {
    parts.store.jobs.interrupted();
    return { name, ok: true, message: 'data/harmoni.db can be read and written.' };
  } catch (thrown) {
    const { message, fix } = toHarmoniError(thrown);
    return { name, ok: false, message, fix };
  }
}

/** Asked after the store, which says more of the data folder; nothing where nobody is signed in. */
function signInChecks({ paths }: Pick<CheckMachineParts, 'paths'>): Check[] {
  const path = join(paths.data, 'spotify_tokens.json');
  if (!existsSync(path)) return [];
  const name = 'sign-in';
  if (!isReadableByOthers(path)) return [{ name, ok: true, message: `Only you can read ${path}.` }];
  return [
    {
      name,
      ok: false,
      message: `Other users of this machine can read your sign-in in ${path}.`,
      fix: `Run chmod 600 "${path}". To be safe, remove HARMONI's access on spotify.com/account/apps and sign in again.`,
    },
  ];
}

function linesOf(check: Check): ToneLine[] {
  const version = check.version === undefined ? '' : ` ${check.version}`;
  const tone = !check.ok ? 'fail' : check.fix === undefined ? 'ok' : 'warn';
  const word = { fail: 'error', ok: 'ok', warn: 'note' }[tone];
  return [
    { text: `${word.padEnd(7)}${check.name}${version}: ${check.message}`, tone },
    ...(check.fix === undefined ? [] : [{ text: `       Fix: ${check.fix}` }]),
  ];
}
