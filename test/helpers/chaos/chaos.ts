import type { FaultKind } from './fault.ts';
import { faultKinds, missingKinds } from './kinds.ts';
import { runOnce, type RunResult } from './run.ts';

export interface ChaosOptions {
  /** The first run has this one, the next ones those that follow. */
  readonly seed: number;
  readonly runs: number;
  /** Of these kinds, in turn; without them each run draws its own. */
  readonly kinds?: readonly string[] | undefined;
  readonly atOnce?: number;
  readonly onRun?: (result: RunResult) => void;
}

export interface ChaosResult {
  readonly seed: number;
  readonly runs: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** Kinds that this machine cannot try, with the reason. */
  readonly leftOut: Readonly<Record<string, string>>;
  readonly faults: readonly RunResult[];
}

/** Runs that are disturbed in every way, some at once. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const missing = missingKinds();
  const able = faultKinds.filter(({ kind }) => !missing.has(kind));
  if (!Number.isInteger(options.runs) || options.runs < 1 || !Number.isInteger(options.seed))
    throw new Error('The chaos needs a number of runs and a seed.');
  const asked = options.kinds?.map((name) => {
    const found = able.find(({ kind }) => kind === name);
    if (found === undefined) throw new Error(`${name}: ${missing.get(name) ?? 'no such kind of fault'}.`);
    return found;
  });
  const kinds: Record<string, number> = {};
  const faults: RunResult[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < options.runs) {
      const at = next;
      next += 1;
      const kind: FaultKind | undefined = asked?.[at % asked.length];
      const result = await runOnce(options.seed + at, able, kind);
      kinds[result.kind] = (kinds[result.kind] ?? 0) + 1;
      if (result.faults.length > 0) faults.push(result);
      options.onRun?.(result);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce ?? 2 }, work));
  return { seed: options.seed, runs: options.runs, kinds, leftOut: Object.fromEntries(missing), faults };
}
