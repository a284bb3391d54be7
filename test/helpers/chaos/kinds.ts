import type { FaultKind } from './fault.ts';
import { machineKinds } from './fault-machine.ts';
import { signalKinds } from './fault-signals.ts';
import { toolKinds } from './fault-tools.ts';
import { userKinds } from './fault-user.ts';

/** Everything that goes wrong. */
export const faultKinds: readonly FaultKind[] = [...signalKinds, ...toolKinds, ...machineKinds, ...userKinds];

/** Why a kind is left out on this machine, by kind. */
export function missingKinds(): ReadonlyMap<string, string> {
  return new Map(
    faultKinds.flatMap((kind): [string, string][] => {
      const lack = kind.lacks?.();
      return lack === undefined ? [] : [[kind.kind, lack]];
    }),
  );
}
