import { lstat } from 'node:fs/promises';
import { factsOfFile } from '../history/file-finder.ts';
import type { IndexedFile } from '../history/indexed-file.ts';
import { mustLookAt, type FileFacts } from '../system/file-facts.ts';
import { exists, publishFile } from '../system/files.ts';
import { mediaInJson } from '../tracks/media.ts';
import { factsOf, contradict, isNameKey, lengthsContradict } from '../tracks/identity.ts';
import { putAlbumCover } from './album-cover.ts';
import { findPresent, type PresenceParts } from './already-there.ts';
import { unlessBlocked } from './blocked-place.ts';
import { completedTrack } from './completed-track.ts';
import { examineFile, type Examined } from './examine-file.ts';
import { putLyrics, trashLyrics } from './lyrics-file.ts';
import { songPath } from './list-places.ts';
import { standingOf } from './presence.ts';
import { replaceFiles } from './replace.ts';
import type { Ending } from './stage.ts';
import { chosenOf, madeOf, type Work } from './work.ts';

/** A finished file, and what is said of it when it's published. */
interface Finished {
  readonly indexed: IndexedFile;
  readonly facts: FileFacts;
  readonly done: Ending;
}

/**
 * Puts a finished file into the library and the index: in the place of files that give way to it, else under the first
 * free name. Where another HARMONI, or the user, has put the same song meanwhile, that one stays.
 */
export async function publish(parts: PresenceParts, work: Work): Promise<Ending> {
  const { plan } = madeOf(work, 'converted');
  const found = madeOf(work, 'found');
  const chosen = chosenOf(work);
  const { indexed, facts } = await indexFinished(work);
  const done: Ending = {
    status: 'done',
    ...mediaInJson(chosen.candidate.media),
    ...(chosen.candidate.place === undefined ? {} : { place: chosen.candidate.place }),
    confidence: chosen.confidence,
    format: plan.extension,
    ...(found.bitrateKbps === undefined ? {} : { bitrateKbps: found.bitrateKbps }),
    ...(work.made.heard === undefined ? {} : { heard: work.made.heard }),
  };
  const ending = await publishDone(parts, work, { indexed, facts, done });
  await putCoverAfter(parts, work, ending);
  return ending;
}

async function publishDone(parts: PresenceParts, work: Work, finished: Finished): Promise<Ending> {
  if (work.replaces.length > 0) {
    await replaceFiles(parts, work, finished.indexed, work.replaces);
    const path = (await findPresent(parts, work))?.path;
    if (path !== undefined) return { ...finished.done, path };
  }
  return unlessBlocked(parts.settings.outputDir, () => publishNew(parts, work, finished));
}

/** Under the first free name. */
async function publishNew(
  parts: PresenceParts,
  work: Work,
  { indexed, facts, done }: Finished,
): Promise<Ending> {
  const { path: finished, plan } = madeOf(work, 'converted');
  const { extension } = plan;
  const track = completedTrack(work);
  const place = parts.places[work.list];
  for (let attempt = 1; ; attempt += 1) {
    parts.signal.throwIfAborted();
    const path = songPath(parts.settings, place, track, extension, attempt);
    const hasLyrics = await putLyricsFirst(parts, work, path);
    const isPublished = await parts.changes.make(
      { kind: 'publish', path, after: facts },
      () => publishFile(finished, path),
      () => parts.store.files.put({ ...indexed, path }, work.keys, madeOf(work, 'found').facts),
    );
    if (isPublished) return { ...done, path };
    const there = await sameSongAt(path, work);
    if (there === undefined) {
      // Somebody took the name just now.
      if (hasLyrics) await trashLyrics(parts, path);
      continue;
    }
    const standing = standingOf(there.file, parts.store.overrides.find(work.track), parts.settings);
    if (standing === 'left alone') continue;
    parts.store.files.put(there.file, work.keys, there.facts);
    if (standing === 'right') return presentAs(there.file);
    await replaceFiles(parts, work, indexed, [there.file]);
    return { ...done, path };
  }
}

/** When a song appears, its lyrics are there: players look once. */
async function putLyricsFirst(parts: PresenceParts, work: Work, path: string): Promise<boolean> {
  const lrc = work.made.additions?.lrc;
  return lrc !== undefined && !(await exists(path)) && putLyrics(parts, path, lrc);
}

/** The first song of an album brings its cover: without a song, there'd be a folder with a picture alone. */
async function putCoverAfter(parts: PresenceParts, work: Work, { status, path }: Ending): Promise<void> {
  const cover = work.made.additions?.cover;
  if (!parts.settings.coverFile || cover === undefined || status !== 'done' || path === undefined) return;
  const label = parts.places[work.list]?.label;
  await putAlbumCover(parts, { path, track: completedTrack(work), label }, cover);
}

async function indexFinished(work: Work): Promise<{ indexed: IndexedFile; facts: FileFacts }> {
  const { path, plan } = madeOf(work, 'converted');
  const facts = await mustLookAt(path);
  const { sizeBytes, modifiedMs, inode } = facts;
  const { durationMs, bitrateKbps } = madeOf(work, 'found');
  const trackMs = work.track.durationMs;
  const indexed: IndexedFile = {
    path,
    sizeBytes,
    modifiedMs,
    inode,
    format: plan.extension,
    durationMs,
    media: chosenOf(work).candidate.media,
    downloaded: true,
    ...(bitrateKbps === undefined ? {} : { bitrateKbps }),
    ...(trackMs !== undefined && lengthsContradict(trackMs, durationMs) ? { trackMs } : {}),
  };
  return { indexed, facts };
}

/** The file under a name that is taken, where it is the very song. */
async function sameSongAt(path: string, work: Work): Promise<Examined | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  const stamp = { sizeBytes: found.size, modifiedMs: found.mtimeMs };
  const examined = await examineFile(path, stamp, undefined);
  const { file, keys } = examined;
  const shared = keys.filter((key) => work.keys.includes(key));
  const isrcs = keys.filter((key) => key.startsWith('isrc:')).map((key) => key.slice('isrc:'.length));
  const isSame =
    shared.some((key) => !isNameKey(key)) ||
    (shared.length > 0 && !contradict(factsOf(work.track), factsOfFile(file, isrcs)));
  return isSame ? examined : undefined;
}

function presentAs({ path, media, format, bitrateKbps }: IndexedFile): Ending {
  return {
    status: 'present',
    path,
    ...(media === undefined ? {} : mediaInJson(media)),
    ...(format === undefined ? {} : { format }),
    ...(bitrateKbps === undefined ? {} : { bitrateKbps }),
  };
}
