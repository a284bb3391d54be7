import { dirname } from 'node:path';
import type { Config } from '../config/schema.ts';
import { presenceIn } from '../downloads/presence.ts';
import { listOf, rewritePlaylists } from '../downloads/rewrite-playlists.ts';
import type { Store } from '../history/store.ts';
import { findingsOf, isFetchable, isRewritable, type Finding } from '../library/verify/findings.ts';
import { findDeadLines } from '../library/verify/playlists.ts';
import type { ScanResult } from '../library/scan.ts';
import { trackOf } from '../library/song-track.ts';
import type { LibrarySong } from '../library/songs.ts';
import type { Clock } from '../system/clock.ts';
import { isBelow } from '../system/files.ts';
import type { Log } from '../system/log.ts';
import { createTrackMap, trackKeys } from '../tracks/identity.ts';
import { isSameMedia } from '../tracks/media.ts';
import type { Track } from '../tracks/track.ts';
import { changeLibrary } from './library-run.ts';
import { chooseRedone, redoableFile } from './review.ts';
import { readTrash } from './trash.ts';
import type { Chosen } from './choice.ts';

export interface VerifyParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Pick<Config, 'output_dir' | 'trash_days' | 'file_name_template'>;
}

const asItIs = { replace: false, reformat: false, format: 'best' } as const;

/**
 * Everything that isn't right with some songs of the library, and, where they are all of it, with its playlists and links,
 * too. It only looks.
 * @param songs as the index knows them after a scan, @param scan of that
 */
export async function verifySongs(
  parts: Pick<VerifyParts, 'store' | 'config'>,
  songs: readonly LibrarySong[],
  scan: Pick<ScanResult, 'deadLinks'> | undefined,
): Promise<readonly Finding[]> {
  const { store, config } = parts;
  const found = songs
    .flatMap((song) => findingsOf(song, store.sounds.ofFile(song.file)))
    .filter((one) => !isChosen(store, one));
  if (scan === undefined) return found;
  const folders = songs.map(({ file }) => dirname(file.path));
  return [
    ...found,
    ...(await goneSongs(parts)),
    ...(await findDeadLines(store, config.output_dir, folders)),
    ...scan.deadLinks.map(({ path, target }): Finding => ({
      cause: 'link',
      path,
      detail: `it leads to ${target}`,
    })),
  ];
}

/** Which upload the user chose isn't questioned again. */
function isChosen({ overrides }: Pick<Store, 'overrides'>, { cause, song }: Finding): boolean {
  if (song === undefined || (cause !== 'different' && cause !== 'doubtful')) return false;
  const chosen = overrides.find(trackOf(song))?.media ?? undefined;
  return chosen !== undefined && isSameMedia(chosen, song.file.media);
}

/** Songs that lists have, that were in the library once, and that are neither there nor in its trash. */
async function goneSongs({
  store,
  config,
}: Pick<VerifyParts, 'store' | 'config'>): Promise<readonly Finding[]> {
  const library = config.output_dir;
  const presence = presenceIn(store, { outputDir: library, ...asItIs });
  const trashed = new Set(
    (await readTrash({ store, config })).flatMap(({ step }) => step?.entry?.keys ?? []),
  );
  const found: Finding[] = [];
  for (const record of store.lists.withPlaylist(library)) {
    const fetched = createTrackMap<true>();
    for (const track of store.jobs.fetchedTracks(listOf(record))) fetched.set(track, true);
    for (const track of store.jobs.latestTracks(listOf(record))) {
      if (fetched.get(track) !== true || presence.isPresent(track)) continue;
      // Its file is there, and broken: that is told already.
      const isThere = store.files.find(track).some(({ path }) => isBelow(path, library));
      if (isThere || trackKeys(track).some((key) => trashed.has(key))) continue;
      found.push({ cause: 'gone', path: record.playlistFile ?? library, detail: `of ${record.name}`, track });
    }
  }
  return found;
}

/**
 * What a download has to fetch to mend the library: broken files under their names, and missing songs for their lists.
 * From now on the index calls broken what is only silent.
 */
export async function chooseRepairs(
  { store, config }: Pick<VerifyParts, 'store' | 'config'>,
  findings: readonly Finding[],
): Promise<readonly Chosen[]> {
  const fetchable = findings.filter(isFetchable);
  const again = createTrackMap<true>();
  const tracks: Track[] = [];
  for (const { song, cause, detail } of fetchable) {
    if (song === undefined) continue;
    if (cause === 'silent') store.files.setFault(song.file.path, detail);
    const { track } = await redoableFile(store.jobs, song.file);
    if (again.get(track) !== true) tracks.push(track);
    again.set(track, true);
  }
  const gone = createTrackMap<true>();
  for (const { track } of fetchable) if (track !== undefined) gone.set(track, true);
  const lists = store.lists.withPlaylist(config.output_dir).flatMap((record): Chosen[] => {
    const whole = store.jobs.latestTracks(listOf(record));
    const chosen = whole.map((track) => gone.get(track) === true);
    return chosen.includes(true)
      ? [{ list: { ...listOf(record), tracks: whole, skipped: [], folder: 'own' }, chosen }]
      : [];
  });
  return [...(tracks.length > 0 ? [chooseRedone(tracks)] : []), ...lists];
}

/**
 * Writes playlist files anew, with the songs that are there. One that the user edited is left alone. Returns their paths.
 * @throws HarmoniError sync-running, library-busy; what the journal throws
 */
export async function repairPlaylists(
  parts: VerifyParts,
  findings: readonly Finding[],
): Promise<readonly string[]> {
  const wanted = new Set(findings.filter(isRewritable).map(({ path }) => path));
  if (wanted.size === 0) return [];
  const { config } = parts;
  const library = config.output_dir;
  const settings = { outputDir: library, fileNameTemplate: config.file_name_template };
  let written: readonly string[] = [];
  const run = { kind: 'repair', title: 'playlists', library } as const;
  const { stoppedBy } = await changeLibrary(parts, run, async (changes) => {
    written = await rewritePlaylists({ ...parts, changes, settings }, ({ playlistFile = '' }) =>
      wanted.has(playlistFile),
    );
  });
  if (stoppedBy !== undefined) throw stoppedBy;
  return written;
}
