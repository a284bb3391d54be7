/** One way to get a program. */
export interface Rung {
  /** As it reads after "from": GitHub, PyPI, apt-get, npm. */
  readonly name: string;
  /** Whether this machine can go this way at all. */
  applies(): boolean;
  /** Gets it and puts it in its place whole, or throws and leaves what was there. */
  get(signal: AbortSignal): Promise<void>;
}

/**
 * Tries the ways in their order until one works; each failure is reported in one line. Returns the name of the way
 * that worked. Throws the signal's reason when it is aborted.
 */
export async function climb(
  tool: string,
  rungs: readonly Rung[],
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const rung of rungs) {
    if (!rung.applies()) continue;
    signal.throwIfAborted();
    report(`${tool} from ${rung.name} ...`);
    try {
      await rung.get(signal);
      return rung.name;
    } catch (error) {
      signal.throwIfAborted();
      report(`${tool} from ${rung.name} failed: ${oneLine(error)}`);
    }
  }
  return undefined;
}

function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}
