import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { namesList } from '../../config/layouts.ts';
import { stemOf } from '../../downloads/sidecars.ts';
import type { Store } from '../../history/store.ts';
import { atOnce } from '../../system/at-once.ts';
import type { LibrarySong } from '../songs.ts';
import { findTwins } from './find-twins.ts';
import { findSidecars } from './find-sidecars.ts';
import { labelsOfFiles } from './labels.ts';
import { foldPath, resolveNames, type Wish } from './names.ts';
import { orderMoves, type Move } from './order.ts';
import { discsOfAlbums, wantedParts, type OrganiseSong } from './wanted.ts';

/** Why a file is left where it is. */
export type LeftReason = 'broken' | 'link' | 'gone' | 'taken' | 'unwritable';

/** A file that stays, and why. */
export interface Left {
  readonly path: string;
  readonly reason: LeftReason;
  /** What the disk said, as a sentence. */
  readonly message?: string;
}

/** What putting a library in order would do; all paths are absolute. */
export interface OrganisePlan {
  readonly library: string;
  readonly template: string;
  /** The songs that get another path. */
  readonly songs: readonly Move[];
  /** They and what goes with them, in an order in which every place is free; some stop on their way. */
  readonly moves: readonly Move[];
  /** Second links or copies of a song that has one place. They go to the trash, and playlists name the other. */
  readonly merges: readonly { readonly path: string; readonly into: string }[];
  /** Places of songs in more lists: `from` is where the song lies in the end. */
  readonly links: readonly Move[];
  /** Lyrics next to songs, and covers of folders that all songs leave. */
  readonly sidecars: readonly Move[];
  readonly left: readonly Left[];
  readonly inPlace: number;
}

export interface PlanRequest {
  /** Absolute. */
  readonly library: string;
  readonly template: string;
  /** Of these, HARMONI puts in order what it may. */
  readonly songs: readonly LibrarySong[];
  /** Every song of the library. */
  readonly all: readonly LibrarySong[];
  /** Whether a song in several lists gets a place in each, by a template with {list}. */
  readonly linkIntoLists: boolean;
}

/** Folders that are read at the same time. */
const foldersAtOnce = 8;

type Candidate = OrganiseSong & { readonly song: LibrarySong };
type Placement = Candidate & { readonly wish: Wish; readonly isLink: boolean };

/** Looks at the library, and says where each of the songs goes. Nothing is changed. */
export async function planOrganise(store: Pick<Store, 'lists'>, request: PlanRequest): Promise<OrganisePlan> {
  const { library, template, all } = request;
  const discs = discsOfAlbums(all.map(({ facts }) => ({ facts })));
  const labelsOf = namesList(template) ? await labelsOfFiles(store, library) : () => [];
  const partsOf = (path: string): readonly string[] => relative(library, path).split(sep);
  const placementsOf = (one: Candidate): readonly Placement[] => {
    const now = partsOf(one.path);
    const labels = labelsOf(one.path);
    const places = (labels.length === 0 ? [undefined] : labels).map((label) => {
      const wanted = wantedParts(one, template, label, discs);
      return { wanted, isNow: foldPath(wanted.slice(0, -1)) === foldPath(now.slice(0, -1)) };
    });
    // The file itself goes to the list in whose place it lies already.
    const ordered = places.toSorted((a, b) => Number(b.isNow) - Number(a.isNow));
    return ordered.slice(0, request.linkIntoLists ? undefined : 1).map(({ wanted }, index) => ({
      ...one,
      wish: { wanted, extension: one.extension, facts: one.facts, now: index === 0 ? now : undefined },
      isLink: index > 0,
    }));
  };
  const placed = request.songs.map(asCandidate).flatMap(placementsOf);
  const { left, movable } = await leaveAlone(placed);
  const { merges, kept } = await findTwins(movable);
  // What gives way does so last, and is in its place until then.
  const going = new Set(kept.flatMap(({ path, isLink }) => (isLink ? [] : [path])));
  const others = all.filter(({ file }) => !going.has(file.path)).map(({ file }) => partsOf(file.path));
  const paths = resolveNames(
    kept.map(({ wish }) => wish),
    others,
  ).map((parts) => join(library, ...parts));
  const ends = new Map(
    kept.flatMap(({ path, isLink }, at) => (isLink ? [] : [[path, paths[at] ?? path] as const])),
  );
  const songs = [...ends].flatMap(([from, to]) => (from.normalize('NFC') === to ? [] : [{ from, to }]));
  const leaving = new Set([...songs.map(({ from }) => from), ...merges.map(({ path }) => path)]);
  const staying = new Set(all.flatMap(({ file: { path } }) => (leaving.has(path) ? [] : [dirname(path)])));
  const merged = merges.map(({ path, into }) => ({ from: path, to: ends.get(into) ?? into }));
  const sidecars = await findSidecars(songs, merged, staying);
  // In front of their songs: a kill in between doesn't leave them where nobody looks for them.
  const ofSong = Map.groupBy(sidecars, ({ to }) => stemOf(to));
  const stems = new Set(songs.map(({ to }) => stemOf(to)));
  const covers = sidecars.filter(({ to }) => !stems.has(stemOf(to)));
  return {
    library,
    template,
    songs,
    moves: orderMoves([
      ...songs.flatMap((song) => [...(ofSong.get(stemOf(song.to)) ?? []), song]),
      ...covers,
    ]),
    merges: merged.map(({ from, to }) => ({ path: from, into: to })),
    links: kept.flatMap(({ path, isLink }, at) =>
      isLink ? [{ from: ends.get(path) ?? path, to: paths[at] ?? path }] : [],
    ),
    sidecars,
    left,
    inPlace: ends.size - songs.length,
  };
}

function asCandidate(song: LibrarySong): Candidate {
  const { path } = song.file;
  const ending = extname(path);
  return { path, facts: song.facts, extension: ending.slice(1), stem: basename(path, ending), song };
}

/** A broken file doesn't say what it is, and a link is the user's way to lead somewhere. */
async function leaveAlone(
  placed: readonly Placement[],
): Promise<{ readonly left: readonly Left[]; readonly movable: readonly Placement[] }> {
  const moving = placed.filter((one) => !one.isLink && !isInPlace(one));
  const folders = [...new Set(moving.map(({ path }) => dirname(path)))];
  // A folder at a time tells as much as a look at each file.
  const entries = await atOnce(folders, foldersAtOnce, async (folder) =>
    readdir(folder, { withFileTypes: true }).catch(() => []),
  );
  const files = new Map(
    entries.flat().map((entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const),
  );
  const reasons = new Map<string, LeftReason>();
  for (const { path } of moving) {
    const isFile = files.get(path);
    if (isFile !== true) reasons.set(path, isFile === undefined ? 'gone' : 'link');
  }
  for (const { path, song } of placed) if (song.file.fault !== undefined) reasons.set(path, 'broken');
  return {
    left: [...reasons].map(([path, reason]) => ({ path, reason })),
    movable: placed.filter(({ path }) => !reasons.has(path)),
  };
}

function isInPlace({ wish: { now = [], wanted, extension } }: Placement): boolean {
  return foldPath(now) === foldPath([...wanted.slice(0, -1), `${wanted.at(-1) ?? ''}.${extension}`]);
}
