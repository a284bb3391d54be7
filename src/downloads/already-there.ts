import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { exists, linkOrCopy } from '../system/files.ts';
import type { IndexedFile } from '../history/file-index.ts';
import type { TrackOutcome } from '../tracks/outcome.ts';
import { namePartsOf, numbered } from './file-names.ts';
import { isOtherVideo, replaceFiles } from './replace.ts';
import type { Session, Work } from './session.ts';

/**
 * Looks for the track in the library, whatever its format, folder or name. When it is there but not in this list's
 * folder, it is put there too, as the settings say. Files of another video than the one that the user chose do not count:
 * where a right one is there it takes their place, else they are noted in `work.replaces` for the one that comes.
 */
export async function findPresent(
  session: Session,
  work: Work,
): Promise<Omit<TrackOutcome, 'artist' | 'track'> | undefined> {
  const { store } = session.deps;
  const decided = store.overrides.find(work.keys);
  const files: IndexedFile[] = [];
  const wrong: IndexedFile[] = [];
  for (const file of store.files.find(work.keys)) {
    if (!isBelow(file.path, session.settings.outputDir)) continue;
    if (!(await exists(file.path))) store.files.remove(file.path);
    else if (isOtherVideo(file, decided, session.settings.replace)) wrong.push(file);
    else files.push(file);
  }
  work.replaces = wrong;
  const [right] = files;
  if (right !== undefined && wrong.length > 0) {
    await replaceFiles(session, work, right, wrong);
    return findPresent(session, work);
  }
  const folder = session.listFolders[work.list] ?? session.settings.outputDir;
  const list = session.job.lists[work.list];
  const here = files.find((file) => isBelow(file.path, folder)) ?? files[0];
  if (here === undefined || list === undefined) return undefined;
  const outcome = {
    status: 'present',
    ...(here.videoId === undefined ? {} : { videoId: here.videoId }),
    ...(here.format === undefined ? {} : { format: here.format }),
    ...(here.bitrateKbps === undefined ? {} : { bitrateKbps: here.bitrateKbps }),
  } as const;
  const how = session.settings.sameTrackInSecondList;
  if (list.folder === 'library' || how === 'skip' || isBelow(here.path, folder)) {
    return { ...outcome, path: here.path };
  }
  const extension = extname(here.path).slice(1);
  const parts = namePartsOf(session.settings.fileNameTemplate, work.track, list.name, extension);
  for (let attempt = 1; ; attempt += 1) {
    const path = join(folder, ...numbered(parts, extension, attempt));
    if (!(await linkOrCopy(here.path, path, how, session.workFolder))) continue;
    store.files.put({ ...here, path, downloaded: true }, work.keys);
    return { ...outcome, path };
  }
}

/** Whether a path lies in a folder or deeper. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
