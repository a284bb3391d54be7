import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { stemOf } from '../../downloads/sidecars.ts';
import type { Store } from '../../history/store.ts';
import { isOneEntry } from '../../system/file-facts.ts';
import { atOnce } from '../../system/at-once.ts';
import { findTwins } from './find-twins.ts';
import { findSidecars } from './find-sidecars.ts';
import { foldPath, resolveNames } from './names.ts';
import { orderMoves, type Move } from './order.ts';
import { placeSongs, type Placement, type PlaceRequest } from './placements.ts';

/** Why a file is left where it is. */
export type LeftReason = 'broken' | 'untagged' | 'link' | 'gone' | 'taken' | 'unwritable';

/** A file that stays, and why. */
export interface Left {
  readonly path: string;
  readonly reason: LeftReason;
  /** What the disk said, as a sentence. */
  readonly message?: string;
}

/** A place of a song in a further list. */
export interface ListLink extends Move {
  /** Of the list. */
  readonly label: string;
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
  readonly links: readonly ListLink[];
  /** Those that are there, and that the list's playlist file doesn't name yet. */
  readonly placed: readonly ListLink[];
  /** Lyrics next to songs, and covers of folders that all songs leave. */
  readonly sidecars: readonly Move[];
  readonly left: readonly Left[];
  readonly inPlace: number;
}

/** Folders that are read at the same time. */
const foldersAtOnce = 8;

/** Looks at the library, and says where each of the songs goes. Nothing is changed. */
export async function planOrganise(
  store: Pick<Store, 'lists'>,
  request: PlaceRequest,
): Promise<OrganisePlan> {
  const { library, template, all } = request;
  const partsOf = (path: string): readonly string[] => relative(library, path).split(sep);
  const { placements, there } = await placeSongs(store, request);
  const { left, movable } = await leaveAlone(placements);
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
  const songs: Move[] = [];
  for (const [from, to] of ends) if (!(await isThere(from, to))) songs.push({ from, to });
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
    links: kept.flatMap(({ path, isLink, label = '' }, at) =>
      isLink ? [{ from: ends.get(path) ?? path, to: paths[at] ?? path, label }] : [],
    ),
    placed: there.map(({ song: { file }, place, label }) => ({
      from: ends.get(file.path) ?? file.path,
      to: ends.get(place) ?? place,
      label,
    })),
    sidecars,
    left,
    inPlace: ends.size - songs.length,
  };
}

/** Whether it has its path, as far as the disk tells: some take two spellings of a folder for one. */
async function isThere(from: string, to: string): Promise<boolean> {
  if (from.normalize('NFC') === to) return true;
  const isOneName = basename(from) === basename(to) && foldPath([from]) === foldPath([to]);
  return isOneName && (await isOneEntry(from, to).catch(() => false));
}

/** A broken file or one without a title doesn't say what it is, and a link is the user's way to lead somewhere. */
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
  for (const { path } of moving.filter(({ facts }) => facts.title === undefined))
    reasons.set(path, 'untagged');
  for (const { path, song } of placed) if (song.file.fault !== undefined) reasons.set(path, 'broken');
  return {
    left: [...reasons].map(([path, reason]) => ({ path, reason })),
    movable: placed.filter(({ path }) => !reasons.has(path)),
  };
}

function isInPlace({ wish: { now = [], wanted, extension } }: Placement): boolean {
  return foldPath(now) === foldPath([...wanted.slice(0, -1), `${wanted.at(-1) ?? ''}.${extension}`]);
}
