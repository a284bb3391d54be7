import type { FactChange } from '../../tracks/fact-change.ts';

/** What a file's tags say, by TagLib's names of properties. */
export type Properties = Readonly<Record<string, readonly string[]>>;

/**
 * What goes into a file of what several services found, the surest first: one change for each tag. A tag that is there
 * stays, whoever wrote it, with three exceptions: a date that says the same less exactly, an id of MusicBrainz that the
 * service itself has given up, and what was heard of a file that has another sound by now. Pure.
 */
export function mergeTags(present: Properties, found: readonly FactChange[]): readonly FactChange[] {
  const taken = new Map<string, FactChange>();
  for (const change of found) {
    const { field } = change;
    const after = change.after.filter(isText);
    const before = present[field] ?? [];
    if (taken.has(field) || after.length === 0 || isSameText(before, after)) continue;
    if (before.some(isText) && !isBetter(change, before, after)) continue;
    taken.set(field, { ...change, before, after });
  }
  return [...taken.values()];
}

const isText = (value: string): boolean => value.trim() !== '';

function isSameText(one: readonly string[], other: readonly string[]): boolean {
  return one.join('\u0000') === other.join('\u0000');
}

/** Whoever found it must have seen what is there. */
function isBetter(
  { field, before: seen }: FactChange,
  before: readonly string[],
  after: readonly string[],
): boolean {
  if (!isSameText(seen, before)) return false;
  const [old = '', now = ''] = [before[0], after[0]];
  if (/^(?:ORIGINAL)?DATE$/.test(field)) return now.length > old.length && now.startsWith(old);
  return /^(?:MUSICBRAINZ_\w+|HARMONI_PROOF)$/.test(field);
}

/** A song of an album: what its file has, and what it is to get. */
export interface AlbumSongTags {
  readonly present: Properties;
  readonly changes: readonly FactChange[];
}

/** Tags by which players tell albums apart: an album whose songs don't agree on them falls to pieces. */
const ofAlbum =
  /^(?:MUSICBRAINZ_(?:ALBUMID|RELEASEGROUPID|ALBUMARTISTID)|(?:ORIGINAL)?(?:DATE|YEAR)|RELEASE(?:DATE|TYPE|STATUS|COUNTRY)|ALBUMARTISTS?|BARCODE|CATALOGNUMBER|COMPILATION|(?:REPLAYGAIN|R128)_ALBUM_\w+)$/;

/**
 * The changes without those that would tell songs of one album apart: such a tag is written where all of its songs have
 * the same then. Pure.
 * @param album every song that the library has of it, in any order
 * @returns the changes of each, in that order
 */
export function albumWise(album: readonly AlbumSongTags[]): readonly (readonly FactChange[])[] {
  const after = ({ present, changes }: AlbumSongTags, field: string): string =>
    (changes.find((change) => change.field === field)?.after ?? present[field] ?? []).join('\u0000');
  const isShared = (field: string): boolean => {
    const values = new Set(album.map((song) => after(song, field)));
    return values.size === 1 && !values.has('');
  };
  const fields = new Set(album.flatMap(({ changes }) => changes.map(({ field }) => field)));
  const dropped = new Set([...fields].filter((field) => ofAlbum.test(field) && !isShared(field)));
  return album.map(({ changes }) => changes.filter(({ field }) => !dropped.has(field)));
}
