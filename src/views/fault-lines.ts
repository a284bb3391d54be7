import type { HarmoniError } from '../errors.ts';
import type { ToneLine } from '../ui/prompter.ts';

/** Why work ended early, and what to do. Pure. */
export function faultLines(
  { message, fix: usual }: Pick<HarmoniError, 'message' | 'fix'>,
  fix = usual,
): readonly ToneLine[] {
  return [
    { text: message, tone: 'fail' },
    { text: `  Fix: ${fix}`, tone: 'accent' },
  ];
}
