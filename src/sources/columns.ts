/** What a column can hold that Track has a field for, and `artistIds`, which tells how many artists there are. */
const aliases = {
  spotifyUri: [
    'trackuri',
    'spotifyuri',
    'uri',
    'spotifyid',
    'trackid',
    'spotifytrackid',
    'id',
    'spotifyurl',
    'trackurl',
    'url',
  ],
  track: ['trackname', 'track', 'name', 'title', 'tracktitle', 'song', 'songname', 'songtitle'],
  artists: ['artistnames', 'artistname', 'artists', 'artist', 'trackartists', 'trackartist'],
  artistIds: ['artisturis', 'artisturi', 'artistids', 'artistid', 'artistsuri', 'artistsid'],
  album: ['albumname', 'album', 'albumtitle'],
  albumArtists: ['albumartistnames', 'albumartistname', 'albumartists', 'albumartist'],
  releaseDate: ['albumreleasedate', 'releasedate', 'date', 'releaseyear', 'year'],
  durationMs: ['trackdurationms', 'durationms', 'lengthms'],
  duration: ['trackduration', 'duration', 'length'],
  trackNumber: ['tracknumber'],
  trackTotal: ['totalalbumtracks', 'tracktotal', 'albumtotaltracks'],
  discNumber: ['discnumber', 'disknumber'],
  discTotal: ['disctotal'],
  isrc: ['isrc', 'externalidsisrc'],
  explicit: ['explicit'],
  genres: ['genres', 'genre', 'artistgenres', 'albumgenres'],
  label: ['recordlabel', 'label', 'albumlabel'],
  copyright: ['copyrights', 'copyright'],
  tempo: ['tempo', 'bpm'],
  key: ['key'],
  mode: ['mode'],
  energy: ['energy'],
  coverUrl: ['albumimageurl', 'albumarturl', 'coverurl', 'imageurl'],
  addedAt: ['addedat', 'addeddate', 'dateadded'],
  addedBy: ['addedby'],
  youtubeId: ['youtubeid', 'youtubeurl', 'videoid'],
} as const satisfies Record<string, readonly string[]>;

export type Field = keyof typeof aliases;

const fieldOf: ReadonlyMap<string, Field> = new Map(
  // Object.entries forgets the key type of a const table.
  (Object.entries(aliases) as [Field, readonly string[]][]).flatMap(([field, names]) =>
    names.map((name) => [name, field] as const),
  ),
);

export interface Column {
  /** Undefined for what Track has no field for: it goes to `extra`. */
  readonly field: Field | undefined;
  /** Its name in `extra`, also where a value is not what the field holds. */
  readonly tag: string;
}

/** Reads a header: each column's field by its name in any case and punctuation, and its tag name, each once. */
export function readColumns(headers: readonly string[]): readonly Column[] {
  const counts = new Map<string, number>();
  return headers.map((header, index) => {
    const name = tagName(header) || `COLUMN_${index + 1}`;
    let tag = name;
    while (counts.has(tag)) {
      const count = (counts.get(name) ?? 1) + 1;
      counts.set(name, count);
      tag = `${name}_${count}`;
    }
    counts.set(tag, 1);
    return { field: fieldOf.get(plain(header)), tag };
  });
}

/** Whether these columns can make a song. */
export function nameSongs(columns: readonly Column[]): boolean {
  return columns.some(({ field }) => field === 'track') && columns.some(({ field }) => field === 'artists');
}

/** "Artist Name(s)", "artist_names" and "artistNames" are all "artistnames". */
function plain(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** "Track Preview URL" is PREVIEW_URL, "Artist URI(s)" ARTIST_URIS, "Énergie" ENERGIE; "" when no letter is left. */
export function tagName(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\((s|n)\)/gi, '$1')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, '_')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^TRACK_(?=.)/, '');
}
