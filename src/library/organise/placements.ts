import { basename, extname, join, relative, sep } from 'node:path';
import { namesList } from '../../config/layouts.ts';
import { withSuffix } from '../../downloads/file-names.ts';
import type { Store } from '../../history/store.ts';
import type { LibrarySong } from '../songs.ts';
import { labelsOfFiles } from './labels.ts';
import { foldPath, type Wish } from './names.ts';
import { findPlaced, type Further } from './placed-links.ts';
import { discsOfAlbums, wantedParts, type OrganiseSong } from './wanted.ts';

export interface PlaceRequest {
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

/** A place that a song is to have. */
export interface Placement extends OrganiseSong {
  readonly song: LibrarySong;
  readonly wish: Wish;
  /** A second one, in a further list. */
  readonly isLink: boolean;
  /** Of the list that it's for. */
  readonly label: string | undefined;
}

/** Where the template has each song, for each of its lists; and links into lists that are there already. */
export async function placeSongs(
  store: Pick<Store, 'lists'>,
  request: PlaceRequest,
): Promise<{ readonly placements: readonly Placement[]; readonly there: readonly Further[] }> {
  const { library, template, songs, all } = request;
  const discs = discsOfAlbums(all.map(({ facts }) => ({ facts })));
  const labelsOf = namesList(template) ? await labelsOfFiles(store, library) : () => [];
  const placesOf = (song: LibrarySong, labels: readonly string[]): readonly Placement[] =>
    placementsOf(song, labels, discs, request);
  const meant = songs.flatMap((song) => placesOf(song, labelsOf(song.file.path)));
  const further = meant.flatMap(({ isLink, label, song, wish }) =>
    isLink && label !== undefined ? [{ song, label, place: placeOf(library, wish) }] : [],
  );
  const there = await findPlaced(further, all, labelsOf);
  if (there.length === 0) return { placements: meant, there };
  const labels = new Map(there.map(({ place, label }) => [place, label]));
  const placements = meant.flatMap((one) => {
    if (one.isLink) return labels.has(placeOf(library, one.wish)) ? [] : [one];
    const label = labels.get(one.path);
    return label === undefined ? [one] : placesOf(one.song, [label]);
  });
  return { placements, there };
}

function placementsOf(
  song: LibrarySong,
  labels: readonly string[],
  discs: ReadonlyMap<string, number>,
  { library, template, linkIntoLists }: PlaceRequest,
): readonly Placement[] {
  const one = asOrganiseSong(song);
  const now = relative(library, one.path).split(sep);
  const places = (labels.length === 0 ? [undefined] : labels).map((label) => {
    const wanted = wantedParts(one, template, label, discs);
    return { wanted, label, isNow: foldPath(wanted.slice(0, -1)) === foldPath(now.slice(0, -1)) };
  });
  // The file itself goes to the list in whose place it lies already.
  const ordered = places.toSorted((a, b) => Number(b.isNow) - Number(a.isNow));
  return ordered.slice(0, linkIntoLists ? undefined : 1).map(({ wanted, label }, index) => ({
    ...one,
    song,
    wish: { wanted, extension: one.extension, facts: one.facts, now: index === 0 ? now : undefined },
    isLink: index > 0,
    label,
  }));
}

/** Where a wish leads when no other has the name. */
function placeOf(library: string, { wanted, extension }: Wish): string {
  return join(library, ...withSuffix(wanted, '', extension));
}

function asOrganiseSong({ file: { path }, facts }: LibrarySong): OrganiseSong {
  const ending = extname(path);
  return { path, facts, extension: ending.slice(1), stem: basename(path, ending) };
}
