import type { Check } from './check.ts';
import { diskCheck, folderCheck, memoryCheck, processorCheck, trashChecks } from './machine-checks.ts';
import { ffmpegCheck, javaScriptCheck, nodeCheck, ytDlpCheck } from './tool-checks.ts';
import { HarmoniError } from '../errors.ts';
import { locateFfmpeg, locateYtDlp, type FoundTool, type ToolPlaces } from './tools.ts';

/** The JSON document of `doctor --json`. */
export interface DoctorReport {
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

export interface DoctorDeps {
  /** Without the "v". */
  readonly nodeVersion: string;
  readonly ytDlp: ToolPlaces;
  readonly ffmpeg: ToolPlaces;
  readonly outputDir: string;
  readonly dataDir: string;
  /** Where replaced and removed files lie. */
  readonly trash: readonly string[];
  readonly trashDays: number;
  /** How much of its cores is in use, from 0 to 1. */
  readonly busy: { readonly share: number; readonly cores: number };
  /** What the system can still give to this process. */
  readonly freeMemoryBytes: number;
  readonly nowMs: number;
  /** Looked at elsewhere: config.json, the store. */
  readonly more: readonly Check[];
  readonly signal?: AbortSignal;
}

/** Looks at all that a download needs. Runs the tools, changes nothing, uses no network. */
export async function runDoctor(deps: DoctorDeps): Promise<DoctorReport> {
  const options = { fresh: true, ...(deps.signal === undefined ? {} : { signal: deps.signal }) };
  const ytDlp = await foundOrError(() => locateYtDlp(deps.ytDlp, options));
  const ffmpeg = await foundOrError(() => locateFfmpeg(deps.ffmpeg, options));
  const checks = [
    nodeCheck(deps.nodeVersion),
    ytDlpCheck(ytDlp, deps.nowMs),
    javaScriptCheck(ytDlp, deps.nodeVersion),
    ffmpegCheck(ffmpeg),
    await folderCheck('output folder', deps.outputDir),
    await folderCheck('data folder', deps.dataDir),
    await diskCheck(deps.outputDir),
    ...(await trashChecks(deps.trash, deps.trashDays)),
    processorCheck(deps.busy),
    memoryCheck(deps.freeMemoryBytes),
    ...deps.more,
  ];
  return { ok: checks.every((check) => check.ok), checks };
}

async function foundOrError(
  locate: () => Promise<FoundTool | undefined>,
): Promise<FoundTool | HarmoniError | undefined> {
  try {
    return await locate();
  } catch (error) {
    if (error instanceof HarmoniError) return error;
    throw error;
  }
}
