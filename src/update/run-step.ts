import { errnoOf, HarmoniError } from '../errors.ts';
import { runProcess, type ProcessResult } from '../system/process.ts';

/** What an update would bring, or that there's none. */
export type Update =
  | { readonly news: undefined }
  | {
      /** "3 new commits on origin/main". */
      readonly news: string;
      /** The command that `apply` runs, as a person would type it. */
      readonly how: string;
      /** @throws HarmoniError update-failed */
      apply(): Promise<void>;
    };

export interface StepOptions {
  readonly signal: AbortSignal;
  /** The whole step; a fetch from a slow server takes long. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 5 * 60_000;

/**
 * Runs git or npm to its end, with nothing on stdin and no terminal, so that neither can stop and ask for a password.
 * @returns undefined when the program isn't on this machine
 */
export async function runStep(
  file: string,
  args: readonly string[],
  { signal, timeoutMs = defaultTimeoutMs }: StepOptions,
): Promise<ProcessResult | undefined> {
  try {
    // An ssh remote asks the agent for the key.
    const { SSH_AUTH_SOCK: agent } = process.env;
    const env = file === 'git' && agent !== undefined ? { SSH_AUTH_SOCK: agent } : {};
    return await runProcess(file, args, { signal, timeoutMs, env, packageManager: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What git or npm said last, which is the reason, without their prefixes. Pure. */
export function reasonOf({ stdout, stderr, exitCode }: ProcessResult): string {
  if (exitCode === null) return 'it took too long.';
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const words = lines.filter(
    (line) => line !== '' && !/A complete log|^hint:|^npm error (?:code|errno|syscall|path)\b/.test(line),
  );
  const told = words.find((line) => /^(?:fatal|error|npm error)\b/.test(line)) ?? words.at(-1);
  return told?.replace(/^(?:fatal:|error:|npm error)\s*/, '') ?? `it ended with code ${exitCode}.`;
}

export function cannotUpdate(message: string, fix: string): HarmoniError {
  return new HarmoniError('update-not-possible', message, { fix });
}
