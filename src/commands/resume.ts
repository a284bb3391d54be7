import { emptyReport } from '../downloads/report.ts';
import { resumeDownload, type ResumeParts } from '../views/resume.ts';
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
