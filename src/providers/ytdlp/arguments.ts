/** How yt-dlp is called. Pure. Everything here is understood by 2023.03.04 and later. */

export interface YtDlpSettings {
  /** The folder or binary of ffmpeg, for streams that yt-dlp has to join itself. */
  readonly ffmpegPath?: string;
  /** A Node of 22 or newer; given only where this yt-dlp knows --js-runtimes (2025.11.12 and later). */
  readonly jsRuntimePath?: string;
  /** Whether this yt-dlp knows --progress-delta (2024.04.09 and later). */
  readonly knowsProgressDelta?: boolean;
  /** The user's own arguments; they come last, so they win. */
  readonly extraArgs: readonly string[];
}

/** Which of the streams is asked for, so that as little as possible is encoded again. */
export type StreamWish = 'opus' | 'aac' | 'any';

/** SoundCloud gives guests 30 seconds of what is for subscribers, and yt-dlp calls such a format "..._preview". */
const whole = '[format_id!*=preview]';
const formatSelectors: Readonly<Record<StreamWish, string>> = {
  opus: `bestaudio[acodec=opus]${whole}/bestaudio${whole}/best${whole}`,
  aac: `bestaudio[acodec^=mp4a]${whole}/bestaudio${whole}/best${whole}`,
  any: `bestaudio${whole}/best${whole}`,
};

/** What music.ts reads. `artist` is the text of older releases. */
const musicFields =
  '"track":%(track)j,"artists":%(artists,artist)j,"album":%(album)j,"date":%(release_date)j,"year":%(release_year)j';

/** The marker of our own lines on stdout: JSON with a key `t`. */
const printBefore = 'before_dl:{"t":"before","id":%(id)j,"url":%(original_url)j}';
const printDone =
  'after_move:{"t":"done","id":%(id)j,"path":%(filepath)j,"codec":%(acodec)j,"duration":%(duration)j,"title":%(title)j,"channel":%(channel)j,' +
  `${musicFields},"pictures":%(thumbnails.:.url)j}`;
const progressTemplate =
  'download:{"t":"p","id":%(info.id)j,"b":%(progress.downloaded_bytes)j,' +
  '"n":%(progress.total_bytes,progress.total_bytes_estimate)j,"s":%(progress.speed)j}';

/**
 * A line of progress costs yt-dlp as much as a tenth of a song's page, and without these it tells of each of 13 pieces. A
 * first piece of this size comes within seconds on the slowest line, and later ones grow or shrink with its speed.
 */
const seldom = { deltaSeconds: '0.2', firstPiece: '64K' };

function common(settings: YtDlpSettings): string[] {
  return [
    // A yt-dlp.conf of the user's (-x, -o ...) would change what comes back.
    '--ignore-config',
    '--socket-timeout',
    '20',
    ...(settings.ffmpegPath === undefined ? [] : ['--ffmpeg-location', settings.ffmpegPath]),
    ...(settings.jsRuntimePath === undefined ? [] : ['--js-runtimes', `node:${settings.jsRuntimePath}`]),
  ];
}

/** It reads the addresses of the pages from stdin, so that it can start before they are known. */
export const addressesFromStdin: readonly string[] = ['--batch-file', '-'];

/** Arguments that download the audio of some pages as it is into `folder`, as ID.EXT, but for the addresses. */
export function downloadArgs(
  folder: string,
  wish: StreamWish,
  settings: YtDlpSettings & { limitBytesPerSecond?: number; sleepSeconds?: number },
): string[] {
  return [
    ...common(settings),
    '--no-playlist',
    '--no-simulate',
    '--newline',
    '--progress',
    '--progress-template',
    progressTemplate,
    ...(settings.knowsProgressDelta === true ? ['--progress-delta', seldom.deltaSeconds] : []),
    '--buffer-size',
    seldom.firstPiece,
    '--print',
    printBefore,
    '--print',
    printDone,
    '--no-mtime',
    // HARMONI mends the container (downloads/remux.ts).
    '--fixup',
    'never',
    '--retries',
    '3',
    '--fragment-retries',
    '3',
    '-f',
    formatSelectors[wish],
    '-P',
    folder,
    '-o',
    '%(id)s.%(ext)s',
    ...(settings.limitBytesPerSecond === undefined
      ? []
      : ['--limit-rate', String(Math.max(1, Math.floor(settings.limitBytesPerSecond)))]),
    ...(settings.sleepSeconds === undefined || settings.sleepSeconds === 0
      ? []
      : ['--sleep-interval', String(settings.sleepSeconds)]),
    ...settings.extraArgs,
  ];
}

/** Arguments that write a page's sound to stdout, in a quality that is enough to tell what it is. */
export function streamArgs(url: string, settings: YtDlpSettings): string[] {
  return [
    ...common(settings),
    '--no-playlist',
    '--no-progress',
    '-f',
    `worstaudio[abr>=40]${whole}/worstaudio${whole}/worst${whole}`,
    ...settings.extraArgs,
    // After the user's own: a file of theirs would leave nothing to hear.
    '-o',
    '-',
    '--',
    url,
  ];
}

/**
 * One line per entry, with what is read of it and no more: a video's whole description is a line of half a megabyte.
 */
const printEntry =
  '{"t":"entry","id":%(id)j,"url":%(webpage_url)j,"title":%(title)j,"channel":%(channel,uploader)j,' +
  `${musicFields},` +
  '"duration":%(duration)j,"views":%(view_count)j,"verified":%(channel_is_verified)j,' +
  '"list":%(playlist_title)j,"listUrl":%(playlist_webpage_url)j}';

/** A query longer than this finds nothing more, and a megabyte of it would not start. */
const mostQueryLength = 500;

/**
 * Arguments that search without downloading: one line per hit.
 * @param service yt-dlp's prefix of the search
 */
export function searchArgs(
  service: 'ytsearch' | 'scsearch',
  query: string,
  count: number,
  settings: YtDlpSettings,
): string[] {
  return [
    ...common(settings),
    '--flat-playlist',
    '--print',
    printEntry,
    ...settings.extraArgs,
    '--',
    `${service}${count}:${oneLine(query)}`,
  ];
}

/** How the entries of a playlist are read: as the playlist tells of them, or each from its own page. */
const depths = {
  flat: ['--flat-playlist', '--no-playlist'],
  // One request each: no stream is asked for, and one that has none is listed all the same.
  'each entry': ['--extractor-args', 'soundcloud:formats=none', '--ignore-no-formats-error'],
} as const;

/** Arguments that read a page or a playlist without downloading: one line per entry. */
export function describeArgs(url: string, settings: YtDlpSettings, depth: keyof typeof depths): string[] {
  return [...common(settings), ...depths[depth], '--print', printEntry, ...settings.extraArgs, '--', url];
}

/** A title is data: it cannot end the query and begin another argument, and an argument holds no NUL. */
function oneLine(text: string): string {
  return text
    .slice(0, mostQueryLength)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
