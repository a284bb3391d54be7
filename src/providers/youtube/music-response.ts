import { readLength } from '../../tracks/length-text.ts';
import type { Candidate, UploadKind } from '../../matching/candidate.ts';
import { youtubeUrl } from './links.ts';
import { at, listOf, textOf } from './music-json.ts';

/**
 * Reads the answer of YouTube Music's search (client WEB_REMIX). Pure, and by structure: rows are found wherever they
 * stand, artists and album are told by the page type of their links, the length by its form. Any part may be missing.
 */
export function parseMusicSearch(answer: unknown): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const [kind, renderer] of renderersIn(answer)) {
    const candidate = kind === 'row' ? fromRow(renderer) : fromCard(renderer);
    if (candidate !== undefined && !found.has(candidate.media.id)) found.set(candidate.media.id, candidate);
  }
  return [...found.values()];
}

interface Run {
  readonly text: string;
  readonly pageType: string | undefined;
  readonly pageId: string | undefined;
}

const separator = ' • ';
const typeWords = new Set(['song', 'video']);

/** The rows of all shelves and the card of the top result, in the order of the page. */
function* renderersIn(node: unknown, depth = 0): Generator<['row' | 'card', unknown]> {
  if (typeof node !== 'object' || node === null || depth > 24) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'musicResponsiveListItemRenderer') yield ['row', value];
    else {
      if (key === 'musicCardShelfRenderer') yield ['card', value];
      yield* renderersIn(value, depth + 1);
    }
  }
}

function fromRow(row: unknown): Candidate | undefined {
  const titleRun = at(row, 'flexColumns', 0, 'musicResponsiveListItemFlexColumnRenderer', 'text', 'runs', 0);
  const details = listOf(at(row, 'flexColumns'))
    .slice(1)
    .flatMap((column) => runsOf(at(column, 'musicResponsiveListItemFlexColumnRenderer', 'text', 'runs')));
  const playButton = at(
    row,
    'overlay',
    'musicItemThumbnailOverlayRenderer',
    'content',
    'musicPlayButtonRenderer',
  );
  return build({
    title: textOf(at(titleRun, 'text')),
    watch: [
      at(titleRun, 'navigationEndpoint', 'watchEndpoint'),
      at(playButton, 'playNavigationEndpoint', 'watchEndpoint'),
    ],
    fallbackId: textOf(at(row, 'playlistItemData', 'videoId')),
    details,
    badges: at(row, 'badges'),
    thumbnails: at(row, 'thumbnail'),
  });
}

function fromCard(card: unknown): Candidate | undefined {
  const titleRun = at(card, 'title', 'runs', 0);
  return build({
    title: textOf(at(titleRun, 'text')),
    watch: [at(titleRun, 'navigationEndpoint', 'watchEndpoint'), at(card, 'onTap', 'watchEndpoint')],
    fallbackId: undefined,
    details: runsOf(at(card, 'subtitle', 'runs')),
    badges: at(card, 'subtitleBadges'),
    thumbnails: at(card, 'thumbnail'),
  });
}

function build(parts: {
  title: string | undefined;
  watch: readonly unknown[];
  fallbackId: string | undefined;
  details: readonly Run[];
  badges: unknown;
  thumbnails: unknown;
}): Candidate | undefined {
  const endpoint = parts.watch.find((watch) => textOf(at(watch, 'videoId')) !== undefined);
  const videoId = textOf(at(endpoint, 'videoId')) ?? parts.fallbackId;
  if (videoId === undefined || !/^[\w-]{11}$/.test(videoId) || parts.title === undefined) return undefined;
  const kind = uploadKind(
    textOf(at(endpoint, 'watchEndpointMusicSupportedConfigs', 'watchEndpointMusicConfig', 'musicVideoType')),
  );
  const groups = groupRuns(parts.details);
  const artists = artistsOf(groups);
  const album = parts.details.find((run) => run.pageType === 'MUSIC_PAGE_TYPE_ALBUM');
  const durationMs = parts.details.map((run) => readLength(run.text)).find((length) => length !== undefined);
  const viewCount = parts.details.map((run) => parseViews(run.text)).find((views) => views !== undefined);
  const coverUrl = kind === 'song' ? largestThumbnail(parts.thumbnails) : undefined;
  const explicit = listOf(parts.badges).some(
    (badge) => at(badge, 'musicInlineBadgeRenderer', 'icon', 'iconType') === 'MUSIC_EXPLICIT_BADGE',
  );
  return {
    media: { provider: 'youtube', id: videoId },
    url: youtubeUrl(videoId),
    title: parts.title,
    kind,
    artists,
    explicit,
    ...(kind === 'user-video' && artists[0] !== undefined ? { channel: artists[0] } : {}),
    ...(album === undefined ? {} : { album: album.text }),
    ...(album?.pageId === undefined ? {} : { albumId: album.pageId }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(viewCount === undefined ? {} : { viewCount }),
    ...(coverUrl === undefined ? {} : { coverUrl }),
  };
}

/** Linked artists by their page type; where none is linked, the first group that is not the word for the type. */
function artistsOf(groups: readonly (readonly Run[])[]): string[] {
  const linked = groups.flat().filter((run) => run.pageType?.match(/_(ARTIST|USER_CHANNEL)$/) != null);
  if (linked.length > 0) return linked.map((run) => run.text);
  const plain = groups.find((group) => {
    const text = group.map((run) => run.text).join('');
    return (
      !typeWords.has(text.toLowerCase()) && readLength(text) === undefined && parseViews(text) === undefined
    );
  });
  if (plain === undefined || plain.some((run) => run.pageType !== undefined)) return [];
  // Unlinked artists come as one text, with hl=en joined by ", " and " & ".
  return plain
    .map((run) => run.text)
    .join('')
    .split(/, | & /)
    .filter((name) => name !== '');
}

function groupRuns(runs: readonly Run[]): Run[][] {
  const groups: Run[][] = [[]];
  for (const run of runs) {
    if (run.text === separator) groups.push([]);
    else groups.at(-1)?.push(run);
  }
  return groups.filter((group) => group.length > 0);
}

function uploadKind(musicVideoType: string | undefined): UploadKind {
  switch (musicVideoType) {
    case 'MUSIC_VIDEO_TYPE_ATV':
      return 'song';
    case 'MUSIC_VIDEO_TYPE_OMV':
    case 'MUSIC_VIDEO_TYPE_OFFICIAL_SOURCE_MUSIC':
      return 'official-video';
    case 'MUSIC_VIDEO_TYPE_UGC':
      return 'user-video';
    default:
      return 'video';
  }
}

const magnitudes: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9 };

/** "1.2M views" or "34K plays" as a number. */
function parseViews(text: string): number | undefined {
  const match = /^([\d.,]+)\s?([KMB])?\s(?:views|plays)$/i.exec(text.trim());
  if (match?.[1] === undefined) return undefined;
  const number = Number(match[1].replaceAll(',', ''));
  return Math.round(number * (magnitudes[match[2]?.toUpperCase() ?? ''] ?? 1));
}

/** The cover, asked for at 544 pixels: the server scales by the size at the end of the address. */
function largestThumbnail(node: unknown): string | undefined {
  const url = listOf(at(node, 'musicThumbnailRenderer', 'thumbnail', 'thumbnails'))
    .map((thumbnail) => textOf(at(thumbnail, 'url')))
    .at(-1);
  return url?.replace(/=w\d+-h\d+(-[\w-]+)?$/, '=w544-h544-l90-rj');
}

function runsOf(node: unknown): Run[] {
  return listOf(node).flatMap((run) => {
    const text = textOf(at(run, 'text'));
    if (text === undefined) return [];
    const page = at(run, 'navigationEndpoint', 'browseEndpoint');
    const pageType = at(
      page,
      'browseEndpointContextSupportedConfigs',
      'browseEndpointContextMusicConfig',
      'pageType',
    );
    return [{ text, pageType: textOf(pageType), pageId: textOf(at(page, 'browseId')) }];
  });
}
