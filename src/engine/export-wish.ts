import { HarmoniError } from '../errors.ts';

export const exportFormats = ['json', 'csv', 'm3u'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What can be exported: the songs that are there, those that playlists lack, or all songs of the playlists. */
export const exportKinds = ['library', 'missing', 'playlists'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** What the user asked for. */
export interface ExportFlags {
  readonly what?: ExportKind | undefined;
  readonly as?: ExportFormat | undefined;
  /** A file or a folder, as it was typed. */
  readonly to?: string | undefined;
}

export interface ExportWish {
  readonly what: ExportKind;
  readonly as: ExportFormat;
  /** The file's name in a folder, and undefined where `to` is the file. For a folder of playlists it's theirs. */
  readonly nameInFolder: string | undefined;
}

const extensions: Readonly<Record<string, ExportFormat>> = {
  json: 'json',
  csv: 'csv',
  m3u: 'm3u',
  m3u8: 'm3u',
};

/**
 * Decides what is written, and whether `to` is the file or the folder for it: one that is there, one that ends in a slash,
 * and any name without an extension. Pure.
 * @param today YYYY-MM-DD
 * @throws HarmoniError usage
 */
export function readExportWish(
  { what = 'library', as, to }: ExportFlags,
  isFolder: boolean,
  today: string,
): ExportWish {
  const extension = to === undefined ? undefined : /[^/\\]\.([A-Za-z0-9]{1,5})$/.exec(to)?.[1]?.toLowerCase();
  const isFile = to !== undefined && !isFolder && extension !== undefined;
  const byName = isFile ? extensions[extension] : undefined;
  if (isFile && as === undefined && byName === undefined) {
    throw wrong(
      `.${extension} doesn't say what to write.`,
      'Use a name that ends in .json, .csv or .m3u, or add --as.',
    );
  }
  if (as !== undefined && byName !== undefined && as !== byName) {
    throw wrong(
      `--as ${as} and a file name that ends in .${extension ?? ''} don't fit together.`,
      'Leave out --as.',
    );
  }
  const chosen = as ?? byName ?? 'json';
  if (chosen === 'm3u' && what !== 'library') {
    throw wrong('A playlist file can only name songs that you have.', 'Use --as csv or --as json.');
  }
  return { what, as: chosen, nameInFolder: isFile ? undefined : nameOf(what, chosen, today) };
}

/** The first two are what HARMONI's first version called them. */
function nameOf(what: ExportKind, as: ExportFormat, today: string): string {
  if (as === 'm3u') return `playlists_${today}`;
  if (what === 'playlists') return `playlist_tracklist.${as}`;
  return what === 'library' ? `harmoni_export_${today}.${as}` : `missing_songs_${today}.${as}`;
}

function wrong(message: string, fix: string): HarmoniError {
  return new HarmoniError('usage', message, { fix });
}
