/** How yt-dlp is called. Pure. Everything here is understood by 2023.03.04 and later. */

export interface YtDlpSettings {
  /** The folder or binary of ffmpeg, for streams that yt-dlp has to join itself. */
  readonly ffmpegPath?: string;
  /** A Node of 22 or newer; given only where this yt-dlp knows --js-runtimes (2025.11.12 and later). */
  readonly jsRuntimePath?: string;
  /** The user's own arguments; they come last, so they win. */
  readonly extraArgs: readonly string[];
}

/** Which of YouTube's streams is asked for, so that as little as possible is encoded again. */
export type StreamWish = 'opus' | 'aac' | 'any';

const formatSelectors: Readonly<Record<StreamWish, string>> = {
  opus: 'bestaudio[acodec=opus]/bestaudio/best',
  aac: 'bestaudio[acodec^=mp4a]/bestaudio/best',
  any: 'bestaudio/best',
};

/** The marker of our own lines on stdout: JSON with a key `t`. */
const printBefore = 'before_dl:{"t":"before","id":%(id)j}';
const printDone =
  'after_move:{"t":"done","id":%(id)j,"path":%(filepath)j,"codec":%(acodec)j,"duration":%(duration)j,"title":%(title)j,"channel":%(channel)j}';
const progressTemplate =
  'download:{"t":"p","id":%(info.id)j,"b":%(progress.downloaded_bytes)j,' +
  '"n":%(progress.total_bytes,progress.total_bytes_estimate)j,"s":%(progress.speed)j}';

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

/** Arguments that download the audio of some videos as they are into `folder`, as ID.EXT. */
export function downloadArgs(
  videoIds: readonly string[],
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
    '--print',
    printBefore,
    '--print',
    printDone,
    '--no-mtime',
    // HARMONI's own ffmpeg step mends the container.
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
    '--',
    ...videoIds.map(videoUrl),
  ];
}

/**
 * One line per video, with what is read of it and no more: a video's whole description is a line of half a megabyte.
 */
const printEntry =
  '{"t":"entry","id":%(id)j,"title":%(title)j,"channel":%(channel,uploader)j,"duration":%(duration)j,' +
  '"views":%(view_count)j,"verified":%(channel_is_verified)j,"list":%(playlist_title)j}';

/** A query longer than this finds nothing more, and a megabyte of it would not start. */
const mostQueryLength = 500;

/** Arguments that search YouTube without downloading: one line per hit. */
export function searchArgs(query: string, count: number, settings: YtDlpSettings): string[] {
  return [
    ...common(settings),
    '--flat-playlist',
    '--print',
    printEntry,
    ...settings.extraArgs,
    '--',
    `ytsearch${count}:${oneLine(query)}`,
  ];
}

/** Arguments that read a video or a playlist without downloading: one line per video. */
export function describeArgs(url: string, settings: YtDlpSettings): string[] {
  return [
    ...common(settings),
    '--flat-playlist',
    '--no-playlist',
    '--print',
    printEntry,
    ...settings.extraArgs,
    '--',
    url,
  ];
}

export function videoUrl(videoId: string): string {
  return `https://www.youtube.com/watch?v=${videoId}`;
}

/** A title is data: it cannot end the query and begin another argument, and an argument holds no NUL. */
function oneLine(text: string): string {
  return text
    .slice(0, mostQueryLength)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
