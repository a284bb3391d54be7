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

/** The failures to be played, in the order in which they were added. */
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
