import { emptyReport } from '../downloads/report.ts';
import { forgetDownloads, resumeDownload, type ResumeParts } from '../views/resume.ts';
import { exitCodeOfEnd } from '../views/run-with-progress.ts';

/** harmoni resume: the newest interrupted job, or the one with this number. Returns the exit code. */
export async function runResume(
  parts: ResumeParts & { readonly interactive: boolean },
  id: number | undefined,
): Promise<number> {
  const end = await resumeDownload(parts, id, parts.interactive);
  if (end !== undefined) return exitCodeOfEnd(end);
  parts.output.document(emptyReport);
  return 0;
}

/** harmoni resume --forget: ends the newest interrupted job, or the one with this number. Returns the exit code. */
export function runForget(parts: ResumeParts, id: number | undefined): number {
  const wanted = id ?? parts.store.jobs.interrupted()[0]?.id;
  if (wanted === undefined) parts.output.say("There's no interrupted download.");
  else forgetDownloads(parts, [{ id: wanted }]);
  parts.output.document({ forgotten: wanted ?? null });
  return 0;
}
