import { HarmoniError, type ErrorCode } from '../../errors.ts';
import type { Provider } from '../provider.ts';
import { argumentFailure } from './argument-failure.ts';

/** Why a download failed. What follows is told by how far the code reaches (`scopeOf`). */
export interface VideoFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * yt-dlp's words and what they mean, most telling first. The words are the services' or yt-dlp's own and have been stable
 * from 2023.03.04 to 2026.10.26.
 */
const known: readonly [RegExp, ErrorCode, string][] = [
  [
    /unable to connect to proxy|proxyerror|tunnel connection failed|proxy authentication required/i,
    'proxy-unreachable',
    "Your proxy can't be reached.",
  ],
  [/not a bot/i, 'bot-check', "{service} wants to confirm that you're not a bot."],
  [
    /confirm your age|age.restricted|inappropriate for some users/i,
    'age-restricted',
    'The {noun} is age-restricted.',
  ],
  [/content isn.t available, try again later/i, 'session-limit', '{service} is rate-limiting this address.'],
  [
    /not (?:made this video )?available in your country|blocked it in your country|not available from your location/i,
    'video-not-in-country',
    "The {noun} isn't available in your country.",
  ],
  [/private video|video is private/i, 'video-private', 'The {noun} is private.'],
  [
    /premieres in|live event will begin|premiere will begin/i,
    'video-not-yet-out',
    "The {noun} isn't out yet.",
  ],
  [/drm.protected/i, 'format-not-available', "The {noun} is copy-protected, so it can't be downloaded."],
  [
    /requested format is not available|no video formats found/i,
    'format-not-available',
    'The {noun} has no audio to download.',
  ],
  [
    /downloaded file is empty|did not get any data blocks/i,
    'download-empty',
    '{service} sent an empty file.',
  ],
  [/no supported javascript runtime/i, 'js-runtime-missing', "yt-dlp can't find a JavaScript runtime."],
  [/no space left|disk quota exceeded/i, 'disk-full', "There's no space left on the disk."],
  [
    /permission denied|read-only file system/i,
    'output-not-writable',
    "HARMONI can't write to the work folder.",
  ],
  [
    /http error 429|too many requests/i,
    'http-too-many-requests',
    '{service} is getting too many requests (429).',
  ],
  [/http error 403|forbidden/i, 'http-forbidden', '{service} refused the download (403).'],
  [
    /unable to download json metadata: http error 404|video unavailable|video is not available|has been removed|no longer available|account.*terminated|this video is unavailable/i,
    'video-unavailable',
    'The {noun} is no longer available.',
  ],
  [
    /members.only|join this channel|requires payment|music premium members/i,
    'video-unavailable',
    'The {noun} is for paying members only.',
  ],
  [
    /name or service not known|temporary failure in name resolution|nodename nor servname|getaddrinfo|network is unreachable|no route to host|connection refused|errno (?:111|101|113|-2|-3)/i,
    'network-unreachable',
    "{service} can't be reached.",
  ],
  [/nothing was received/i, 'download-stalled', '{service} stopped sending.'],
  [
    /failed to parse json/i,
    'download-failed',
    "{service}'s answer isn't readable. A proxy or a sign-in page may be in between.",
  ],
  [/timed out|timeout/i, 'network-timeout', "{service} didn't answer in time."],
  [
    /connection reset|connection (?:was )?aborted|remote end closed|incompleteread|more expected|bytes read|content too short|errno 104/i,
    'download-failed',
    'The connection to {service} was lost.',
  ],
  [/http error 5\d\d/i, 'youtube-unavailable', '{service} has a problem right now (HTTP 5xx).'],
];

/** yt-dlp's words after a failure that a newer yt-dlp may not have. */
const notUnderstood =
  /please report this issue on|latest version using\s+yt-dlp -U|signature extraction failed/i;

/** Whose failure it is: "YouTube" and "video", "SoundCloud" and "track". */
export type Service = Pick<Provider, 'title' | 'noun'>;

/**
 * Reads what a failed download or a failed run printed. Pure.
 * @param text yt-dlp's own words without "ERROR: [youtube] ID:"
 */
export function classifyYtDlpError(text: string, { title, noun }: Service): VideoFailure {
  for (const [pattern, code, message] of known) {
    if (pattern.test(text)) {
      return { code, message: message.replace('{service}', title).replace('{noun}', noun) };
    }
  }
  const said = oneSentence(text);
  if (notUnderstood.test(text)) {
    const message = `yt-dlp didn't understand ${title}'s answer. It says: ${said}`;
    return { code: 'extractor-failed', message };
  }
  return { code: 'download-failed', message: `yt-dlp says: ${said}` };
}

/** A line of stderr that says why something failed. */
export interface ErrorLine {
  /** Who in yt-dlp says so, where it says: "youtube", "soundcloud", "download". */
  readonly by: string | undefined;
  /** The id or the name of what failed, where there is one. */
  readonly id: string | undefined;
  readonly text: string;
}

/** "ERROR: [youtube] ID: words". undefined for other lines. Pure. */
export function parseErrorLine(line: string): ErrorLine | undefined {
  const match =
    /^(?:\x1b\[[\d;]*m)*ERROR:(?:\x1b\[[\d;]*m)*\s*(?:\[([\w:+]+)\]\s+(?:([\w-]{11}|\d+|[\w-]+\/[\w/-]+): )?)?(.*)$/.exec(
      line,
    );
  return match === null ? undefined : { by: match[1], id: match[2], text: match[3] ?? '' };
}

/**
 * "WARNING: [youtube] ID: words": since 2025 yt-dlp tells why YouTube's player did not answer in a warning, and its
 * error says only that it did not. undefined for other lines. Pure.
 */
export function parseWarningLine(line: string): { id: string; text: string } | undefined {
  const match = /^(?:\x1b\[[\d;]*m)*WARNING:(?:\x1b\[[\d;]*m)*\s*\[[\w:+]+\]\s+([\w-]{11}): (.*)$/.exec(line);
  return match?.[1] === undefined ? undefined : { id: match[1], text: match[2] ?? '' };
}

/** An error that follows from the one before it and says nothing of its own. Pure. */
export function isFollowUp(text: string): boolean {
  return /^fragment \d+ not found, unable to continue/i.test(text);
}

/** An error whose reason stands in the warning before it. Pure. */
export function hasReasonInWarning(text: string): boolean {
  return /failed to extract any player response/i.test(text);
}

/** What a run of yt-dlp told before it ended. */
export interface RunStory {
  /** Something of a video. */
  readonly ofVideos: boolean;
  /** An error of its own, that names no video. */
  readonly ofItself: boolean;
  /** YouTube refused a video for want of a sign-in, and gave none. */
  readonly refused: boolean;
}

/**
 * Why yt-dlp as a whole did not work, or undefined. Pure.
 * Exit code 2 is its usage error, nearly always a fault in the user's extra arguments; 126 and 127 are the shell's.
 */
export function startFailure(
  end: { readonly exitCode: number | null; readonly stderr: string },
  story: RunStory,
): HarmoniError | undefined {
  const { ofVideos, ofItself, refused } = story;
  if (end.exitCode === 0) return undefined;
  if (!ofVideos || refused) {
    const failure = argumentFailure(end.stderr, refused);
    if (failure !== undefined) return failure;
  }
  if (end.exitCode === 2) {
    const said = /error: (.*)/.exec(end.stderr)?.[1]?.trim() ?? "it didn't accept its arguments";
    return new HarmoniError('ytdlp-options', `yt-dlp doesn't start: ${said}.`);
  }
  if (ofVideos || ofItself) return undefined;
  const broken = /^(?:ModuleNotFound|Import|Syntax)Error: .*|.*(?:No module named|bad interpreter).*/m.exec(
    end.stderr,
  );
  if (broken === null && end.exitCode !== 126 && end.exitCode !== 127) return undefined;
  const said = broken?.[0] ?? oneSentence(end.stderr.trim());
  return new HarmoniError('ytdlp-broken', `yt-dlp doesn't work: ${said.replace(/\.$/, '')}.`);
}

/** The last line that says something: yt-dlp ends with a warning of several lines when it is old. Pure. */
export function lastWords(stderr: string): string | undefined {
  return stderr
    .split('\n')
    .filter((line) => /^\S/.test(line) && !/^(?:\x1b\[[\d;]*m)*WARNING/.test(line))
    .at(-1)
    ?.trim();
}

/** yt-dlp ends many errors with advice for its own users; the first sentence says what happened. */
function oneSentence(text: string): string {
  const sentence = (/^.*?[.;](?=\s|$)/.exec(text)?.[0] ?? text).replace(/[;.]$/, '').trim();
  return `${sentence.slice(0, 200)}.`;
}
