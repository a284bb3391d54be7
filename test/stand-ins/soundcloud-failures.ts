/**
 * What a request to the stand-in is about: the page and the script with the client id · a short link · the search ·
 * what is behind a link · a track by its id · a set by its id · where a stream is (one per encoding) · the list of its segments ·
 * the sound, whole or a segment · a picture.
 */
export type SoundCloudKind =
  | 'page'
  | 'script'
  | 'short-link'
  | 'search'
  | 'resolve'
  | 'track'
  | 'set'
  | 'stream'
  | 'm3u8'
  | 'media'
  | 'artwork'
  | 'other';

/** No byte at all · every connection breaks at the middle of what was asked for · half, then silence · 16 KiB a second. */
const mediaFailures = ['empty-file', 'torn', 'stall', 'slow'] as const;
export type SoundCloudMediaFailure = (typeof mediaFailures)[number];

/** What may happen to any request: HTTP 403, 404, 429, 500 · a web page or half a JSON with 200 · a broken or mute connection. */
const anyFailures = [
  'forbidden',
  'not-found',
  'too-many-requests',
  'server-error',
  'html',
  'rubbish',
  'reset',
  'silence',
] as const;
export type SoundCloudAnyFailure = (typeof anyFailures)[number];

const isOneOf =
  <Name extends string>(names: readonly Name[]) =>
  (failure: string | undefined): failure is Name =>
    names.some((name) => name === failure);
export const isSoundCloudMediaFailure = isOneOf(mediaFailures);
export const isSoundCloudAnyFailure = isOneOf(anyFailures);

export type SoundCloudFailureRule = {
  /** Only for this track; default all, and what is of no track. */
  readonly trackId?: number;
  /** Only for this segment of HLS, from 0; default all, and what comes before them. */
  readonly segment?: number;
  /** Only the next so many matching requests; default always. */
  readonly times?: number;
} & (
  | { readonly failure: SoundCloudMediaFailure }
  | { readonly failure: 'no-results' }
  /** No script of the page has a client id: SoundCloud changed its page. */
  | { readonly failure: 'no-client-id' }
  /** 401 to whatever the API is asked, and from then on another client id. */
  | { readonly failure: 'client-id-expired' }
  | { readonly failure: SoundCloudAnyFailure; readonly on: SoundCloudKind }
);

interface FailingRequest {
  readonly kind: SoundCloudKind;
  readonly trackId?: number | undefined;
  readonly segment?: number | undefined;
}

export interface SoundCloudFailurePlan {
  add(rule: SoundCloudFailureRule): void;
  clear(): void;
  /** The failure of this request, which is then used up once. */
  next(request: FailingRequest): SoundCloudFailureRule['failure'] | undefined;
}

const apiKinds: readonly SoundCloudKind[] = ['search', 'resolve', 'track', 'set', 'stream'];

/**
 * The failures to be played, in the order in which they were added.
 *
 * What the real yt-dlp prints of them and of the states of a track; ID is the track's, QUERY the search's. 2023.03.04 searches
 * SoundCloud no more ("ERROR: The URL must be suitable for the extractor"), and fetches HLS with ffmpeg alone.
 *
 * | failure or state | 2026.10.26 | 2023.03.04, 2025.04.30 |
 * | --- | --- | --- |
 * | preview | nothing, exit code 0, a file of 30 s; a search says 30 s too | the same |
 * | blocked | ERROR: [soundcloud] This video is not available from your location due to geo restriction (next line: You might want to use a VPN ...) | 2023: [soundcloud] None: This video ... |
 * | drm | WARNING: [soundcloud] ID: hls_mp3 format not found, then ERROR: [soundcloud] ID: This video is DRM protected | 2023: ID: No video formats found!; 2025: ERROR: [soundcloud] Unable to download JSON metadata: HTTP Error 404: Not Found ... |
 * | gone | ERROR: [soundcloud] ID: Unable to download JSON metadata: HTTP Error 404: Not Found (caused by <HTTPError 404: Not Found>) | 2023: [soundcloud] None: ...; 2025: without ID |
 * | gone, by its link | the same, with USER/TITLE for ID | as above |
 * | a set that nobody has | ERROR: [soundcloud:set] USER/sets/TITLE: Unable to download JSON metadata: HTTP Error 404 ... | 2023: [soundcloud:set] None: ... |
 * | too-many-requests, server-error on track | ERROR: [soundcloud] ID: Unable to download JSON metadata: HTTP Error 429: Too Many Requests (caused by ...) | 2023: [soundcloud] None: ... |
 * | too-many-requests on stream | WARNING: [soundcloud] You have reached the API rate limit ..., three retries without a pause, then ERROR: HTTP Error 429: Too Many Requests | 2023: ID: No video formats found!; 2025: as 2026 |
 * | forbidden, client-id-expired (always) on track, stream | ERROR: [soundcloud] ID: Unable to download JSON metadata: HTTP Error 403: Forbidden (caused by ...), after a second client id | 2023, track: ERROR: 'NoneType' object is not subscriptable; stream: ID: No video formats found! |
 * | client-id-expired once | nothing | the same |
 * | no-client-id | ERROR: [soundcloud:search] Unable to extract client id; please report this issue on ... | 2023: ERROR: Unable to extract client id; ... |
 * | forbidden on page | ERROR: [soundcloud:search] Unable to download webpage: HTTP Error 403: Forbidden (caused by ...) | 2023: ERROR: Unable to download webpage ... |
 * | forbidden, too-many-requests, server-error on search | ERROR: QUERY: Unable to download API page: HTTP Error 429: Too Many Requests (caused by ...) | 2023: without QUERY |
 * | html, rubbish | ERROR: [soundcloud] ID: Failed to parse JSON (caused by ...); of a search ERROR: QUERY: Failed to parse JSON ... | 2023: [soundcloud] None: ID: ...; a search: the same |
 * | reset | ERROR: [soundcloud] ID: Error reading response: 1 bytes read, 999 more expected (caused by <IncompleteRead ...>) | 2023: ERROR: A network error has occurred. (caused by IncompleteRead(...)) |
 * | silence | ERROR: [soundcloud] ID: Unable to download JSON metadata: HTTPSConnectionPool(...): Read timed out. (read timeout=N) (caused by ...) | |
 * | forbidden, too-many-requests on m3u8 | ERROR: unable to download video data: HTTP Error 403: Forbidden | |
 * | any of them on one segment | nothing, exit code 0 and a file with a hole, but with --abort-on-unavailable-fragment: ERROR: [download] Got error: HTTP Error 403: Forbidden. Giving up after N retries, then ERROR: fragment N not found, unable to continue | 2025: the same |
 * | any of them on all segments | ERROR: The downloaded file is empty (server-error, torn, stall: before it, for each, ERROR: [download] Got error: ...) | 2025: the same |
 * | torn, stall, empty-file of a progressive file | ERROR: [download] Got error: N bytes read, M more expected. Giving up after N retries; ... Read timed out.. Giving up ...; ERROR: Did not get any data blocks | |
 * | no-results | nothing, exit code 0 | |
 *
 * The exit code is 1 unless said.
 */
export function createSoundCloudFailurePlan(
  planned: readonly SoundCloudFailureRule[] = [],
): SoundCloudFailurePlan {
  const remember = (rule: SoundCloudFailureRule): { rule: SoundCloudFailureRule; left: number } => ({
    rule,
    left: rule.times ?? Infinity,
  });
  let rules = planned.map(remember);
  return {
    add: (rule) => rules.push(remember(rule)),
    clear: () => (rules = []),
    next({ kind, trackId, segment }) {
      const found = rules.find(
        ({ rule, left }) =>
          left > 0 &&
          kindsOf(rule).includes(kind) &&
          (rule.segment === undefined || rule.segment === segment) &&
          (rule.trackId === undefined || rule.trackId === trackId),
      );
      if (!found) return undefined;
      found.left -= 1;
      return found.rule.failure;
    },
  };
}

function kindsOf(rule: SoundCloudFailureRule): readonly SoundCloudKind[] {
  if ('on' in rule) return [rule.on];
  switch (rule.failure) {
    case 'client-id-expired':
      return apiKinds;
    case 'no-results':
      return ['search'];
    case 'no-client-id':
      return ['script'];
    default:
      return ['media'];
  }
}
