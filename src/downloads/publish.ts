import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { factsOfFile, type IndexedFile } from '../history/file-index.ts';
import { publishFile } from '../system/files.ts';
import { factsOf, contradict, isNameKey, lengthsContradict } from '../tracks/identity.ts';
import type { TrackOutcome } from '../tracks/outcome.ts';
import type { Track } from '../tracks/track.ts';
import { findPresent, standingOf } from './already-there.ts';
import { unlessBlocked } from './blocked-place.ts';
import type { ConversionPlan } from './conversion-plan.ts';
import { examineFile } from './examine-file.ts';
import { namePartsOf, numbered } from './file-names.ts';
import type { Inspected } from './inspect.ts';
import { replaceFiles } from './replace.ts';
import type { Session, Work } from './session.ts';

/** A file that is converted, tagged and checked. */
interface Finished {
  /** In the work folder. */
  readonly finished: string;
  readonly plan: ConversionPlan;
  readonly found: Inspected;
  readonly chosen: Work['candidates'][number];
}

type Ending = Omit<TrackOutcome, 'artist' | 'track'>;

/**
 * Puts a finished file into the library and the index: in the place of files that give way to it, else under the first
 * free name. Where another HARMONI, or the user, has put the same song meanwhile, that one stays.
 */
export async function publish(session: Session, work: Work, track: Track, file: Finished): Promise<Ending> {
  const { chosen, plan, found } = file;
  const indexed = await indexFinished(work, file);
  const done: Ending = {
    status: 'done',
    videoId: chosen.candidate.videoId,
    confidence: chosen.confidence,
    format: plan.extension,
    ...(found.bitrateKbps === undefined ? {} : { bitrateKbps: found.bitrateKbps }),
  };
  if (work.replaces.length > 0) {
    await replaceFiles(session, work, indexed, work.replaces);
    const path = (await findPresent(session, work))?.path;
    if (path !== undefined) return { ...done, path };
  }
  return unlessBlocked(session.settings.outputDir, () =>
    publishNew(session, work, track, { file, indexed, done }),
  );
}

/** Under the first free name. */
async function publishNew(
  session: Session,
  work: Work,
  track: Track,
  { file, indexed, done }: { file: Finished; indexed: IndexedFile; done: Ending },
): Promise<Ending> {
  const { extension } = file.plan;
  const place = session.places[work.list];
  const folder = place?.folder ?? session.settings.outputDir;
  const parts = namePartsOf(session.settings.fileNameTemplate, track, place?.label ?? '', extension);
  for (let attempt = 1; ; attempt += 1) {
    session.signal.throwIfAborted();
    const path = join(folder, ...numbered(parts, extension, attempt));
    if (await publishFile(file.finished, path)) {
      // Not looked at again: the user may have moved it in the meantime.
      session.commit(() => session.deps.store.files.put({ ...indexed, path }, work.keys));
      return { ...done, path };
    }
    const there = await sameSongAt(path, work);
    if (there === undefined) continue;
    const standing = standingOf(there, session.deps.store.overrides.find(work.track), session.settings);
    if (standing === 'left alone') continue;
    session.deps.store.files.put(there, work.keys);
    if (standing === 'right') return presentAs(there);
    await replaceFiles(session, work, indexed, [there]);
    return { ...done, path };
  }
}

async function indexFinished(work: Work, { finished, plan, found, chosen }: Finished): Promise<IndexedFile> {
  const { size: sizeBytes, mtimeMs: modifiedMs } = await stat(finished);
  const { durationMs, bitrateKbps } = found;
  const trackMs = work.track.durationMs;
  return {
    path: finished,
    sizeBytes,
    modifiedMs,
    format: plan.extension,
    durationMs,
    videoId: chosen.candidate.videoId,
    downloaded: true,
    ...(bitrateKbps === undefined ? {} : { bitrateKbps }),
    ...(trackMs !== undefined && lengthsContradict(trackMs, durationMs) ? { trackMs } : {}),
  };
}

/** The file under a name that is taken, where it is the very song. */
async function sameSongAt(path: string, work: Work): Promise<IndexedFile | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  const stamp = { sizeBytes: found.size, modifiedMs: found.mtimeMs };
  const { file, keys } = await examineFile(path, stamp, undefined);
  const shared = keys.filter((key) => work.keys.includes(key));
  const isrcs = keys.filter((key) => key.startsWith('isrc:')).map((key) => key.slice('isrc:'.length));
  const isSame =
    shared.some((key) => !isNameKey(key)) ||
    (shared.length > 0 && !contradict(factsOf(work.track), factsOfFile(file, isrcs)));
  return isSame ? file : undefined;
}

function presentAs({ path, videoId, format, bitrateKbps }: IndexedFile): Ending {
  return {
    status: 'present',
    path,
    ...(videoId === undefined ? {} : { videoId }),
    ...(format === undefined ? {} : { format }),
    ...(bitrateKbps === undefined ? {} : { bitrateKbps }),
  };
}
