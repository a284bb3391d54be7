import { runProcess } from '../system/process.ts';
import type { ToolKind } from './tool-kinds.ts';
import type { ToolFacts } from './version-cache.ts';

const questionMs = 30_000;

/** Runs `file ...firstArgs` with the questions of its kind. Undefined when it fails or answers something else. */
export async function askFacts(
  kind: ToolKind,
  file: string,
  firstArgs: readonly string[],
  signal?: AbortSignal,
  env: Readonly<Record<string, string>> = {},
): Promise<ToolFacts | undefined> {
  const outputs: string[] = [];
  for (const question of kind.questions) {
    try {
      const options = { timeoutMs: questionMs, env, ...(signal === undefined ? {} : { signal }) };
      const result = await runProcess(file, [...firstArgs, ...question], options);
      if (result.exitCode !== 0) return undefined;
      outputs.push(result.stdout);
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return undefined;
    }
  }
  return kind.parse(outputs);
}
