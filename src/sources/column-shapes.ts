/**
 * Headers that nobody can look up: exportify.app (since August 2024) and iTunes write them in the language of the user,
 * and a file may have none at all. The values then say what a column holds.
 */

const words = (line: string) => line.split('|');

const features = words(
  'Danceability|Energy|Key|Loudness|Mode|Speechiness|Acousticness|Instrumentalness|Liveness|Valence|Tempo|Time Signature',
);
const appStart = words(
  'Track URI|Track Name|Artist URI(s)|Artist Name(s)|Album URI|Album Name|Album Artist URI(s)|Album Artist Name(s)|' +
    'Album Release Date|Album Image URL|Disc Number|Track Number|Track Duration (ms)|Track Preview URL|Explicit|Popularity',
);
const netStart = words(
  'Track URI|Track Name|Album Name|Artist Name(s)|Release Date|Duration (ms)|Popularity',
);
const netEnd = [...words('Added By|Added At|Genres|Record Label'), ...features];

const itunesStart = words('Name|Artist|Composer|Album|Grouping');
/** Since iTunes 12.5. */
const itunesWork = words('Work|Movement Number|Movement Count|Movement Name');
const itunesEnd = words(
  'Genre|Size|Time|Disc Number|Disc Count|Track Number|Track Count|Year|Date Modified|Date Added|Bit Rate|Sample Rate|' +
    'Volume Adjustment|Kind|Equalizer|Comments|Plays|Last Played|Skips|Last Skipped|My Rating|Location',
);

/** The column orders of the programs; exportify.app's three groups can be switched on one by one. */
const layouts: readonly (readonly string[])[] = [
  ...[['ISRC'], ['ISRC', 'Is Playable']].flatMap((middle) =>
    [[], ['Artist Genres']].flatMap((artist) =>
      [[], features].flatMap((audio) =>
        [[], ['Album Genres', 'Label', 'Copyrights']].map((album) =>
          [appStart, middle, ['Added By', 'Added At'], artist, audio, album].flat(),
        ),
      ),
    ),
  ),
  [...netStart, 'Explicit', ...netEnd],
  [...netStart, ...netEnd],
  [...itunesStart, ...itunesWork, ...itunesEnd],
  [...itunesStart, ...itunesEnd],
];

const whole = /^\d+$/;
const number = /^-?\d+(?:\.\d+)?(?:e-?\d+)?$/i;
const boolean = /^(?:true|false)$/i;

/** What the values of a column look like. The order matters where a value fits several. */
const shapes: Readonly<Record<string, RegExp>> = {
  'Track URI': /^spotify:(?:track|local|episode):/,
  'Artist URI(s)': /^spotify:artist:/,
  'Album URI': /^spotify:album:/,
  'Added By': /^spotify:user:/,
  ISRC: /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/,
  'Album Image URL': /^https?:\/\/i\.scdn\.co\/image\//,
  'Track Preview URL': /^https?:\/\/p\.scdn\.co\//,
  'Added At': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
  'Release Date': /^\d{4}(?:-\d\d(?:-\d\d)?)?$/,
  Explicit: boolean,
  'Duration (ms)': /^\d{5,7}$/,
};

/** What must hold as well before a layout is believed. */
const checks: Readonly<Record<string, RegExp>> = {
  ...shapes,
  'Album Artist URI(s)': /^spotify:artist:/,
  'Album Release Date': /^\d{4}(?:-\d\d(?:-\d\d)?)?$/,
  'Track Duration (ms)': whole,
  'Added By': /^\S*$/,
  'Disc Number': whole,
  'Track Number': whole,
  Popularity: whole,
  'Is Playable': boolean,
  Size: whole,
  Time: whole,
  'Disc Count': whole,
  'Track Count': whole,
  Year: /^\d{4}$/,
  'Bit Rate': whole,
  'Sample Rate': whole,
  Plays: whole,
  Danceability: number,
  Tempo: number,
};

/**
 * The English header of columns whose own header says nothing, told from the first rows.
 * A column that stays unknown keeps its name. Undefined when there is no column of Spotify URIs to start from.
 */
export function nameByShape(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] | undefined {
  const columns = headers.map((_, index) =>
    rows.map((row) => row[index]?.trim() ?? '').filter((cell) => cell !== '' && cell !== 'undefined'),
  );
  const layout = layouts.find(
    (names) =>
      names.length === headers.length && names.every((name, index) => fits(columns[index], checks[name])),
  );
  if (layout !== undefined && (columns[0] ?? []).length > 0) return layout;
  const shaped = columns.map((cells) =>
    cells.length === 0 ? undefined : Object.keys(shapes).find((name) => fits(cells, shapes[name])),
  );
  const start = shaped.indexOf('Track URI');
  return start === -1 ? undefined : nameByNeighbours(headers, shaped, start);
}

function fits(cells: readonly string[] = [], shape: RegExp | undefined): boolean {
  return shape === undefined || cells.every((cell) => shape.test(cell));
}

/** The name follows its URI in exportify.app's files; in exportify.net's, title, album and artists follow the one URI. */
function nameByNeighbours(
  headers: readonly string[],
  shaped: readonly (string | undefined)[],
  start: number,
): readonly string[] {
  const named = headers.map((header, index) => {
    const earlier = shaped.indexOf(shaped[index]);
    if (shaped[index] === 'Artist URI(s)' && earlier !== index) return 'Album Artist URI(s)';
    // A second column of the same shape is something else: keep what it is called.
    return earlier === index ? (shaped[index] ?? header) : header;
  });
  const after = (uri: string, name: string) => {
    const index = named.indexOf(uri) + 1;
    if (index > 0 && index < named.length && shaped[index] === undefined) named[index] = name;
  };
  named[start + 1] = 'Track Name';
  if (shaped.includes('Artist URI(s)')) {
    after('Artist URI(s)', 'Artist Name(s)');
    after('Album URI', 'Album Name');
    after('Album Artist URI(s)', 'Album Artist Name(s)');
  } else if (shaped[start + 2] === undefined && shaped[start + 3] === undefined && start + 3 < named.length) {
    named[start + 2] = 'Album Name';
    named[start + 3] = 'Artist Name(s)';
  }
  return named;
}
