/**
 * What a column can hold that Track has a field for, `artistIds` and
 * `albumArtistIds`, which tell how many artists there are, and `listName`,
 * the playlist that a row is of.
 */
const aliases = {
  spotifyUri: [
    'trackuri',
    'spotifyuri',
    'uri',
    'spotifyid',
    'trackid',
    'spotifytrackid',
    'id',
    'songid',
    'spotifyurl',
    'trackurl',
    'url',
  ],
  track: ['trackname', 'track', 'name', 'title', 'tracktitle', 'song', 'songname', 'songtitle'],
  artists: ['artistnames', 'artistname', 'artists', 'artist', 'trackartists', 'trackartist', 'artistname1'],
  artistIds: ['artisturis', 'artisturi', 'artistids', 'artistid', 'artistsuri', 'artistsid'],
  album: ['albumname', 'album', 'albumtitle'],
  albumArtistIds: ['albumartisturis', 'albumartisturi', 'albumartistids'],
  albumArtists: ['albumartistnames', 'albumartistname', 'albumartists', 'albumartist'],
  releaseDate: ['albumreleasedate', 'releasedate', 'date', 'releaseyear', 'year'],
  durationMs: ['trackdurationms', 'durationms', 'lengthms', 'totaltime'],
  duration: ['trackduration', 'duration', 'length', 'time'],
  trackNumber: ['tracknumber'],
  trackTotal: ['totalalbumtracks', 'tracktotal', 'albumtotaltracks', 'trackcount', 'trackscount'],
  discNumber: ['discnumber', 'disknumber'],
  discTotal: ['disctotal', 'disccount'],
  isrc: ['isrc', 'externalidsisrc'],
  explicit: ['explicit'],
  genres: ['genres', 'genre', 'artistgenres', 'albumgenres'],
  label: ['recordlabel', 'label', 'albumlabel', 'publisher'],
  copyright: ['copyrights', 'copyright', 'copyrighttext'],
  tempo: ['tempo', 'bpm'],
  key: ['key'],
  mode: ['mode'],
  energy: ['energy'],
  coverUrl: ['albumimageurl', 'albumarturl', 'coverurl', 'imageurl'],
  addedAt: ['addedat', 'addeddate', 'dateadded', 'playlistvideocreationtimestamp', 'timeadded'],
  addedBy: ['addedby'],
  youtubeId: ['youtubeid', 'youtubeurl', 'videoid', 'videourl', 'songurl', 'downloadurl'],
  listName: ['playlistname', 'playlist', 'listname'],
  /** The second artist and those after him, a column each. */
  moreArtists: [],
  /** What HARMONI's own exports say of files (write-songs.ts): nothing about the song. */
  aboutFile: [
    'harmonifile',
    'harmoniplaylists',
    'harmoniformat',
    'harmonibitratekbps',
    'harmonisizebytes',
    'harmoniproof',
    ...(['harmoniheardverdict', 'harmoniheardby', 'harmoniheardbiterror', 'harmoniheardatms'] as const),
    ...(['harmoniheardspeed', 'harmoniheardpitch', 'harmoniheardwhy'] as const),
    'harmonistatus',
    'harmonireason',
  ],
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
    return { field: fieldOfHeader(plain(header)), tag };
  });
}

/** `readColumns` for many rows that name their cells themselves, most of them alike. */
export function createColumnReader(): typeof readColumns {
  const known = new Map<string, readonly Column[]>();
  return (headers) => {
    const key = headers.join('\0');
    const columns = known.get(key) ?? readColumns(headers);
    known.set(key, columns);
    return columns;
  };
}

function fieldOfHeader(name: string): Field | undefined {
  // YouTube Music's library has a column for each artist of a song.
  return fieldOf.get(name) ?? (/^artistname\d+$/.test(name) ? 'moreArtists' : undefined);
}

/** Whether these columns can make a song. */
export function nameSongs(columns: readonly Column[]): boolean {
  return hasField(columns, 'track') && hasField(columns, 'artists');
}

export function hasField(columns: readonly Column[], wanted: Field): boolean {
  return columns.some(({ field }) => field === wanted);
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
