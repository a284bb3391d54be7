import type { Rung } from './ladder.ts';
import { findProgram, type Machine } from './machine.ts';
import { runOrSay } from './run-or-say.ts';

const stepMs = 10 * 60_000;

/** A package of Debian or Ubuntu, where HARMONI runs as root and may install one. */
export function aptRung(options: { machine: Machine; packageName: string }): Rung {
  const { machine, packageName } = options;
  const aptGet = machine.platform === 'linux' && machine.root ? findProgram(machine, 'apt-get') : undefined;
  return {
    name: 'apt-get',
    applies: () => aptGet !== undefined,
    async get(signal) {
      if (aptGet === undefined) return;
      const step = { signal, timeoutMs: stepMs, env: { DEBIAN_FRONTEND: 'noninteractive' } };
      await runOrSay(aptGet, ['update', '-qq'], step);
      // Another apt-get may be at work on a machine that has just started.
      const args = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '-qq', '--no-install-recommends'];
      await runOrSay(aptGet, [...args, packageName], step);
    },
  };
}
