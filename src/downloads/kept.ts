import { rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Job } from '../history/jobs.ts';
import { isOwnFolder, listNames } from '../system/files.ts';
import { makeFolder } from '../system/make-folder.ts';
import { isSameMedia } from '../tracks/media.ts';
import { isPlainFile } from './claim-download.ts';
import type { JobParts } from './job-parts.ts';
import type { Downloaded, Work } from './work.ts';

type KeptParts = Pick<JobParts, 'settings' | 'workFolder' | 'job' | 'store' | 'log' | 'clock'>;

/** Beside the work folders: what a stopped job had fetched already, for its resume. */
const keptFolderName = 'kept';
/** How the folders of jobs in there are called: the time, then the job. What is called otherwise is not HARMONI's. */
const folderNames = /^(\d{12,})-\d+$/;
/** What nobody resumes goes. */
const keptForMs = 30 * 24 * 3_600_000;

/** A stream that waits to be converted, and the decision that it came from. What jobs of before kept was of no trial. */
export interface Fetched
  extends
    Pick<Work, 'candidates' | 'candidate' | 'givenBy'>,
    Partial<Pick<Work, 'others' | 'trial' | 'failedUploads'>> {
  readonly downloaded: Downloaded;
}

const storedFetched = z.object({
  name: z.string().regex(/^[\w.-]+$/),
  sizeBytes: z.number(),
  // Written by the same program; what does not fit is fetched again.
  fetched: z.custom<Fetched>(
    (value) =>
      z
        .object({
          candidate: z.number(),
          candidates: z.array(
            z.object({ candidate: z.object({ media: z.object({ id: z.string() }), url: z.string() }) }),
          ),
          downloaded: z.object({ path: z.string() }),
        })
        .safeParse(value).success,
  ),
});

/** The folder of a job's kept streams; jobs of another data folder have others. */
function keptFolderOf(outputDir: string, workFolder: string, job: Pick<Job, 'id' | 'createdAt'>): string {
  return join(outputDir, basename(dirname(workFolder)), keptFolderName, `${job.createdAt}-${job.id}`);
}

/** Puts streams that a stopped job has not finished where its resume finds them. Never fails: they are only work saved. */
export async function keepFetched(
  { settings, workFolder, job, store, log }: KeptParts,
  works: readonly Work[],
): Promise<void> {
  const folder = keptFolderOf(settings.outputDir, workFolder, job);
  for (const work of works) {
    const { position, candidates, givenBy, others, trial, failedUploads } = work;
    // What would be taken in the end is worth more than the one that's being tried; both are heard again.
    const { candidate, made } = work.spare ?? work;
    const { downloaded } = made;
    if (downloaded === undefined) continue;
    try {
      const name = basename(downloaded.path);
      await makeFolder(folder);
      const { size: sizeBytes } = await stat(downloaded.path);
      await rename(downloaded.path, join(folder, name));
      const fetched: Fetched = { candidates, candidate, givenBy, others, trial, failedUploads, downloaded };
      store.keptDownloads.put(job.id, position, { name, sizeBytes, fetched });
    } catch (error) {
      log.write('info', "Couldn't keep a downloaded stream.", { error: String(error) });
    }
  }
}

/** The stream that was kept for a track, if it is there as it was and still of the video that the user wants. */
export async function takeKept(
  { settings, workFolder, job, store }: KeptParts,
  work: Work,
): Promise<Fetched | undefined> {
  const stored = storedFetched.safeParse(store.keptDownloads.take(job.id, work.position));
  if (!stored.success) return undefined;
  const { name, sizeBytes, fetched } = stored.data;
  const path = join(keptFolderOf(settings.outputDir, workFolder, job), name);
  const found = isPlainFile(path) ? await stat(path).catch(() => undefined) : undefined;
  const decided = store.overrides.find(work.track);
  const media = fetched.candidates[fetched.candidate]?.candidate.media;
  if (found?.size !== sizeBytes || media === undefined) return undefined;
  if (decided !== undefined && !isSameMedia(decided.media ?? undefined, media)) return undefined;
  const source = join(workFolder, takenName(name));
  const isMoved = await rename(path, source).then(
    () => true,
    () => false,
  );
  if (!isMoved) return undefined;
  const downloaded = { ...fetched.downloaded, path: source };
  return { ...fetched, ...(decided === undefined ? {} : chosenByUser(fetched)), downloaded };
}

/** What was uncertain when it was fetched is no question anymore. Pure. */
function chosenByUser({ candidates, candidate }: Fetched): Omit<Fetched, 'downloaded'> {
  const chosen = candidates.slice(candidate, candidate + 1);
  return { candidates: chosen, candidate: 0, givenBy: 'you', trial: undefined };
}

/** Not the name of what this job downloads for the same song: both may be there. */
function takenName(name: string): string {
  return name.startsWith('kept-') ? name : `kept-${name}`;
}

/** Removes what was kept of a job that has ended, and of others that nobody came back to. */
export async function sweepKept(
  { settings, workFolder, job, clock }: KeptParts,
  ended: boolean,
): Promise<void> {
  const own = keptFolderOf(settings.outputDir, workFolder, job);
  const folder = dirname(own);
  for (const name of await listNames(folder)) {
    const path = join(folder, name);
    const [, createdAt] = folderNames.exec(name) ?? [];
    if (createdAt === undefined || !(await isOwnFolder(path))) continue;
    const isOld = Math.abs(clock.now() - Number(createdAt)) > keptForMs;
    if ((ended && path === own) || isOld) await rm(path, { recursive: true, force: true });
  }
  await rmdir(folder).catch(() => undefined);
  await rmdir(dirname(folder)).catch(() => undefined);
}
