import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import type { ProcessResult } from '../system/process.ts';
import { cannotUpdate, reasonOf, runStep, type StepOptions, type Update } from './run-step.ts';

/** What is needed of an installation below a prefix of npm's. */
export interface NpmPlace {
  readonly prefix: string;
  /** The version that runs now. */
  readonly version: string;
  readonly windows: boolean;
  /** The Node that runs HARMONI. */
  readonly nodePath: string;
}

const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/**
 * Asks the registry that npm is set up with for the newest version.
 * @throws HarmoniError update-not-possible without npm; network-unreachable
 */
export async function findNpmUpdate(place: NpmPlace, options: StepOptions): Promise<Update> {
  const { prefix, version } = place;
  const npm = async (...args: string[]): Promise<ProcessResult> => {
    const [file, first] = npmCommand(place.nodePath);
    const result = await runStep(file, [...first, ...args, ...quiet], options);
    if (result !== undefined) return result;
    throw cannotUpdate(
      "npm isn't installed.",
      'Install npm, which comes with Node, then run harmoni update again.',
    );
  };
  const asked = await npm('view', 'harmoni', 'version');
  if (asked.exitCode !== 0) {
    throw new HarmoniError(
      'network-unreachable',
      `npm can't check for the latest version: ${reasonOf(asked)}`,
      {
        fix: 'Check your internet connection, then run harmoni update again.',
      },
    );
  }
  const newest = asked.stdout.trim();
  if (!isNewer(newest, version)) return { news: undefined };
  return {
    news: `HARMONI ${newest}`,
    how: 'npm install -g harmoni@latest',
    async apply() {
      const installed = await npm('install', '--global', '--prefix', prefix, 'harmoni@latest');
      if (installed.exitCode === 0) return;
      const words = `${installed.stdout}\n${installed.stderr}`;
      if (!/\b(?:EACCES|EPERM|EROFS)\b/.test(words)) {
        throw new HarmoniError('update-failed', `npm install failed: ${reasonOf(installed)}`);
      }
      throw new HarmoniError('update-failed', `npm isn't allowed to write to ${prefix}.`, {
        fix: place.windows
          ? 'Run npm install -g harmoni@latest in a terminal that you opened as administrator.'
          : 'Run sudo npm install -g harmoni@latest, or move npm to a folder of yours: npm config set prefix ~/.local',
      });
    },
  };
}

/** Node's own npm, run by that Node: on Windows `npm` on the PATH is a script, which can't be started without a shell. */
function npmCommand(nodePath: string): readonly [string, readonly string[]] {
  const folder = dirname(nodePath);
  const scripts = [join(folder, 'node_modules'), join(folder, '..', 'lib', 'node_modules')]
    .map((modules) => join(modules, 'npm', 'bin', 'npm-cli.js'))
    .filter((script) => existsSync(script));
  return scripts[0] === undefined ? ['npm', []] : [nodePath, [scripts[0]]];
}

/** Whether version `one` comes after `than`: 2.10.0 after 2.9.1. What isn't a version comes after nothing. Pure. */
export function isNewer(one: string, than: string): boolean {
  const [left, right] = [one, than].map((text) => /^(\d+)\.(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number));
  if (left === undefined || right === undefined) return false;
  const at = left.findIndex((number, index) => number !== right[index]);
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
}
