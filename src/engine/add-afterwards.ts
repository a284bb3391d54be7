import type { JobEvent } from '../downloads/job-events.ts';
import type { DownloadDeps } from '../downloads/job-parts.ts';
import type { JobEnd } from '../downloads/run-job.ts';
import type { JobSettings } from '../downloads/settings.ts';
import { titleOf } from '../downloads/title-of.ts';
import { toHarmoniError } from '../errors.ts';
import type { Job } from '../history/jobs.ts';

interface AfterwardsParts {
  readonly job: Job;
  readonly settings: JobSettings;
  readonly deps: DownloadDeps;
  readonly signal: AbortSignal;
  readonly emit: (event: JobEvent) => void;
}

/**
 * What is done for the songs of a job when the last one is there: nobody waits for it, and that it can't be done is no
 * failure of a song.
 */
export async function addAfterwards(parts: AfterwardsParts, end: JobEnd): Promise<JobEnd> {
  const { job, settings, deps, signal, emit } = parts;
  const { report } = end;
  if (report.summary.done === 0 || !settings.embedMetadata) return end;
  const title = titleOf(job.lists);
  const partsOf = (step: 'loudness' | 'musicbrainz') => ({
    ...deps,
    outputDir: settings.outputDir,
    trashDays: deps.config.trash_days,
    coverTemplate: settings.coverFile ? settings.fileNameTemplate : undefined,
    signal,
    onProgress: (done: number, total: number) => emit({ type: 'afterwards', step, done, total }),
  });
  if (settings.loudness === 'all' && !signal.aborted) {
    const { levelCopies } = await import('./level-copies.ts');
    await levelCopies(partsOf('loudness'), report, title).catch((error: unknown) => {
      if (!signal.aborted) deps.log.write('warn', "Songs couldn't be measured.", { error: String(error) });
    });
  }
  if (!settings.musicBrainz || signal.aborted) return end;
  const { lookUpNew } = await import('./look-up-new.ts');
  const wantsCover = settings.metadataTemplate === 'comprehensive';
  const musicBrainz = await lookUpNew({ ...partsOf('musicbrainz'), wantsCover }, report, title).catch(
    (error: unknown) => ({ tagged: 0, stopped: toHarmoniError(error).message }),
  );
  return musicBrainz === undefined ? end : { ...end, report: { ...report, musicBrainz } };
}
