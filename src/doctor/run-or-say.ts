import { HarmoniError } from '../errors.ts';
import { runProcess, type ProcessOptions } from '../system/process.ts';

/**
 * Runs a step of a way to get a program. When it fails, throws with the last line that the step wrote:
 * npm, pip and apt-get all end with what went wrong.
 */
export async function runOrSay(
  file: string,
  args: readonly string[],
  options: Pick<ProcessOptions, 'env' | 'packageManager'> & { signal: AbortSignal; timeoutMs: number },
): Promise<void> {
  const result = await runProcess(file, args, options);
  if (result.exitCode === 0) return;
  if (result.exitCode === null) {
    throw new HarmoniError('network-timeout', `${file} took longer than ${options.timeoutMs / 1000} s.`);
  }
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').map((line) => line.trim());
  const words = lines.filter((line) => line !== '' && !line.startsWith('npm error A complete log'));
  throw new HarmoniError('internal', words.at(-1) ?? `${file} ended with code ${result.exitCode}`);
}
