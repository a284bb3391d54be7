import type { RequestKind } from '../../src/demo/youtube-calls.ts';

/** What YouTube says instead of giving a video; no-audio = it has only pictures, no format that was asked for. */
const playerFailures = [
  'bot-check',
  'age',
  'session-limit',
  'private',
  'removed',
  'not-in-country',
  'premiere',
  'no-formats',
  'no-audio',
] as const;
export type PlayerFailure = (typeof playerFailures)[number];

/**
 * What happens to the sound: no byte at all · every connection breaks at the middle of the file ·
 * half, then silence for ever · 16 KiB a second.
 */
const mediaFailures = ['empty-file', 'torn', 'stall', 'slow'] as const;
export type MediaFailure = (typeof mediaFailures)[number];

/** What happens to a search: nothing found · rows that lack one part or another among good ones. */
type SearchFailure = 'no-results' | 'parts-missing';

/** What may happen to any request: HTTP 403, 429, 500 · a web page or half a JSON with 200 · a broken or mute connection. */
const anyFailures = [
  'forbidden',
  'too-many-requests',
  'server-error',
  'html',
  'rubbish',
  'reset',
  'silence',
] as const;
export type AnyFailure = (typeof anyFailures)[number];

const isOneOf =
  <Name extends string>(names: readonly Name[]) =>
  (failure: string | undefined): failure is Name =>
    names.some((name) => name === failure);
export const isPlayerFailure = isOneOf(playerFailures);
export const isMediaFailure = isOneOf(mediaFailures);
export const isAnyFailure = isOneOf(anyFailures);

export type FailureRule = {
  /** Only for this video; default all. */
  readonly videoId?: string;
  /** Only the next so many matching requests; default always. */
  readonly times?: number;
} & (
  | { readonly failure: PlayerFailure }
  | { readonly failure: MediaFailure }
  | { readonly failure: SearchFailure; readonly on: 'search' | 'music' }
  | { readonly failure: AnyFailure; readonly on: RequestKind }
);

/**
 * The failures to be played, in the order in which they were added.
 *
 * What the real yt-dlp prints of them (2023.03.04; 2026.08.19 and 2026.10.26), ID being the video's:
 *
 * | failure | 2023 | 2026 |
 * | --- | --- | --- |
 * | bot-check | ERROR: [youtube] ID: Sign in to confirm you’re not a bot. This helps protect our community. Learn more | ... not a bot. Use --cookies-from-browser or --cookies ... |
 * | age | ERROR: [youtube] ID: Sign in to confirm your age. This video may be inappropriate for some users. | the same + Use --cookies-from-browser ... |
 * | session-limit | ERROR: [youtube] ID: This content isn't available, try again later. | the same + The current session has been rate-limited by YouTube for up to an hour. ... |
 * | private | ERROR: [youtube] ID: Private video. Sign in if you've been granted access to this video | the same + Use --cookies-from-browser ... |
 * | removed | ERROR: [youtube] ID: Video unavailable. This video has been removed by the uploader | the same |
 * | (an id that nobody has) | ERROR: [youtube] ID: Video unavailable | the same |
 * | not-in-country | ERROR: [youtube] ID: The uploader has not made this video available in your country. (next line: You might want to use a VPN ...) | the same |
 * | premiere | ERROR: [youtube] ID: Premieres in 3 days | the same |
 * | no-formats | ERROR: [youtube] ID: No video formats found! | the same |
 * | no-audio | ERROR: [youtube] ID: Requested format is not available. Use --list-formats ... | the same |
 * | forbidden, too-many-requests, server-error on player | ERROR: [youtube] ID: Unable to download API page: HTTP Error 403: Forbidden | WARNING: with that text, then ERROR: [youtube] ID: Failed to extract any player response |
 * | html, rubbish on player | ERROR: [youtube] ID: ID: Failed to parse JSON | WARNING: with that text, then the same ERROR as above |
 * | reset on player | ERROR: [youtube] ID: Unable to download API page: Remote end closed connection without response | WARNING: with that text, then the same ERROR as above |
 * | forbidden, too-many-requests on media | ERROR: [download] Got error: HTTP Error 403: Forbidden. Giving up after 10 retries, then ERROR: fragment 1 not found, unable to continue | ERROR: unable to download video data: HTTP Error 403: Forbidden (one request) |
 * | server-error on media | as above with 500 | ERROR: [download] Got error: HTTP Error 500: Internal Server Error. Giving up after 10 retries |
 * | html, rubbish on media | nothing: the text is kept as if it were sound, exit code 0 | the same |
 * | empty-file | ERROR: Did not get any data blocks, then ERROR: fragment 1 not found ... | ERROR: Did not get any data blocks |
 * | torn | as empty-file (once: nothing, it goes on where it was) | ERROR: [download] Got error: N bytes read, M more expected. Giving up after 10 retries |
 * | stall | ERROR: [download] Got error: timed out. Giving up after 10 retries, then ERROR: fragment 1 ... | ERROR: [download] Got error: ... Read timed out.. Giving up after 10 retries |
 * | forbidden, too-many-requests, server-error on search | ERROR: Unable to download API page: HTTP Error 403: Forbidden | ERROR: query "QUERY" page 1: Unable to download API page: HTTP Error 403: Forbidden |
 * | html, rubbish on search | ERROR: query "QUERY" page 1: Failed to parse JSON | the same |
 * | no-results on search | nothing, exit code 0 | the same |
 * | (a playlist that nobody has) | ERROR: [youtube:tab] ID: YouTube said: The playlist does not exist. | the same |
 *
 * Failures on next only warn, except server-error and reset, which are fatal after four tries. The exit code is 1
 * unless said. Every answer with an `error` object brings WARNING: [youtube] YouTube said: ERROR - MESSAGE besides.
 */
export interface FailurePlan {
  add(rule: FailureRule): void;
  clear(): void;
  /** The failure of this request, which is then used up once. */
  next(kind: RequestKind, videoId?: string): FailureRule['failure'] | undefined;
}

export function createFailurePlan(planned: readonly FailureRule[] = []): FailurePlan {
  const remember = (rule: FailureRule): { rule: FailureRule; left: number } => ({
    rule,
    left: rule.times ?? Infinity,
  });
  let rules = planned.map(remember);
  return {
    add: (rule) => rules.push(remember(rule)),
    clear: () => (rules = []),
    next(kind, videoId) {
      const found = rules.find(
        ({ rule, left }) =>
          left > 0 && kindOf(rule) === kind && (rule.videoId === undefined || rule.videoId === videoId),
      );
      if (!found) return undefined;
      found.left -= 1;
      return found.rule.failure;
    },
  };
}

function kindOf(rule: FailureRule): RequestKind {
  if ('on' in rule) return rule.on;
  return isMediaFailure(rule.failure) ? 'media' : 'player';
}
