/** A part of a recording that is left out, in ms of the recording. */
export interface Cut {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How much is left out. @param cuts in order, without overlaps. Pure. */
export function removedMs(cuts: readonly Cut[]): number {
  return cuts.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

/** "0-12.3 200.5-210", in seconds: what the tag HARMONI_CUT says. Pure. */
export function cutText(cuts: readonly Cut[]): string {
  return cuts.map(({ fromMs, toMs }) => `${fromMs / 1000}-${toMs / 1000}`).join(' ');
}

/** Whether a moment is left out. Pure. */
export function isCut(cuts: readonly Cut[], ms: number): boolean {
  return cuts.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs);
}

/** The parts that stay; the last one has no end where the recording's isn't cut. Pure. */
export function keptParts(
  cuts: readonly Cut[],
  endMs: number,
): readonly { readonly fromMs: number; readonly toMs?: number }[] {
  const parts: { fromMs: number; toMs?: number }[] = [];
  let fromMs = 0;
  for (const cut of cuts) {
    if (cut.fromMs > fromMs) parts.push({ fromMs, toMs: cut.fromMs });
    fromMs = cut.toMs;
  }
  return fromMs < endMs ? [...parts, { fromMs }] : parts;
}
