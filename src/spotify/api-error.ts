import { HarmoniError } from '../errors.ts';
import { redact } from '../system/redact.ts';
import { parseRetryAfter } from '../system/retry-delay.ts';

/** What was asked, for the explanation. */
export interface Asked {
  /** Below /v1, without the query: "/playlists/ID/items". */
  readonly path: string;
  /** The start of the sentence: 'The playlist "Mix"'. */
  readonly what: string;
}

/** Why an answer is none, by what can be done about it. */
export type Failure =
  /** 401: a fresh token may help, once. */
  | { readonly kind: 'token-refused'; readonly error: HarmoniError }
  /** 429 */
  | { readonly kind: 'too-fast'; readonly retryAfterMs: number | undefined; readonly error: HarmoniError }
  /** 429 with reason QUOTA_EXCEEDED: every further call is said to make it longer. */
  | { readonly kind: 'quota'; readonly retryAfterMs: number | undefined; readonly error: HarmoniError }
  /** 5xx, torn answers, no connection: the same request may well succeed. */
  | { readonly kind: 'passing'; readonly retryAfterMs: number | undefined; readonly error: HarmoniError }
  /** No retry helps. */
  | { readonly kind: 'final'; readonly error: HarmoniError };

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/**
 * The JSON of a good answer, or why there is none. Bodies are read defensively: Spotify also serves plain text, HTML
 * and nothing at all. Pure; no token is in any text that comes out.
 */
export function readAnswer(
  answer: Answer,
  asked: Asked,
  nowMs: number,
): { readonly kind: 'json'; readonly value: unknown } | Failure {
  const json = parse(answer.body);
  if (answer.status >= 200 && answer.status < 300 && json !== undefined) return { kind: 'json', value: json };
  const said = spokenBy(json, answer.body);
  const retryAfterMs = parseRetryAfter(answer.headers['retry-after'], nowMs);
  const because = said.message === '' ? '' : ` Spotify says: "${said.message}".`;
  if (answer.status === 401) {
    const error = new HarmoniError('sign-in-needed', `Spotify no longer accepts your sign-in.${because}`);
    return { kind: 'token-refused', error };
  }
  if (answer.status === 429 && said.reason === 'QUOTA_EXCEEDED') {
    return { kind: 'quota', retryAfterMs, error: quotaExceeded(nowMs, retryAfterMs) };
  }
  if (answer.status === 429) {
    return { kind: 'too-fast', retryAfterMs, error: rateLimited(nowMs, retryAfterMs) };
  }
  if (answer.status >= 500 || answer.status === 408) {
    const error = new HarmoniError(
      'spotify-unavailable',
      `Spotify has a problem right now (HTTP ${answer.status}).`,
    );
    return { kind: 'passing', retryAfterMs, error };
  }
  if (answer.status < 300) {
    const error = new HarmoniError(
      'response-not-understood',
      `Spotify sent a broken answer about ${inner(asked)}.`,
    );
    return { kind: 'passing', retryAfterMs: undefined, error };
  }
  return { kind: 'final', error: refused(answer.status, said.message, because, asked) };
}

/** A request that found no connection, or lost it. */
export function lostConnection(thrown: unknown): Failure {
  if (thrown instanceof HarmoniError && thrown.code.startsWith('network-')) {
    return { kind: 'passing', retryAfterMs: undefined, error: thrown };
  }
  throw thrown;
}

function refused(status: number, message: string, because: string, asked: Asked): HarmoniError {
  if (/premium/i.test(message)) {
    return new HarmoniError(
      'spotify-premium-lapsed',
      `The owner of the Spotify app doesn't have Premium.${because}`,
    );
  }
  if (/not registered/i.test(message)) {
    return new HarmoniError(
      'spotify-user-not-registered',
      `Your account isn't one of the Spotify app's users.${because}`,
    );
  }
  if (/scope/i.test(message)) {
    return new HarmoniError(
      'spotify-scope-missing',
      `${asked.what} can't be read: your sign-in lacks a permission (${scopesFor(asked.path)}).`,
    );
  }
  const playlist = /^\/playlists\/([^/]+)/.exec(asked.path)?.[1];
  if (status === 404 && playlist !== undefined && isMadeBySpotify(playlist))
    return ownedBySpotify(asked.what);
  if (status === 404 || (status === 400 && /invalid (base62 )?id/i.test(message))) {
    if (playlist === undefined) {
      return new HarmoniError('spotify-not-found', `${asked.what} can't be found on Spotify.`);
    }
    return new HarmoniError(
      'spotify-not-found',
      `${asked.what} can't be found: it was deleted, is private, or was made by Spotify.`,
      { fix: `Check the link. If you can see it in Spotify: ${copyIt}` },
    );
  }
  if (status === 403 && playlist !== undefined) return notYours(asked.what);
  return new HarmoniError(
    'spotify-refused',
    `${asked.what} can't be read: Spotify refused (HTTP ${status}).${because}`,
  );
}

function notYours(what: string): HarmoniError {
  return new HarmoniError(
    'spotify-not-your-playlist',
    `${what} belongs to someone else. Spotify shows its songs only to its owner and collaborators.`,
  );
}

/** Discover Weekly and all others that Spotify makes have ids that begin so. */
export const isMadeBySpotify = (playlistId: string): boolean => playlistId.startsWith('37i9dQ');

const copyIt =
  'copy it to a playlist of your own (its "..." menu, "Add to other playlist", "New playlist"), and use the link of your copy.';

export function ownedBySpotify(what: string): HarmoniError {
  return new HarmoniError(
    'spotify-own-playlist',
    `${what} was made by Spotify, which doesn't share its own playlists with apps.`,
    { fix: `In Spotify, ${copyIt}` },
  );
}

/** `retryAfterMs` counts from `nowMs`; the text says the wall-clock time. */
function rateLimited(nowMs: number, retryAfterMs: number | undefined): HarmoniError {
  return comeBack('spotify-rate-limited', 'Spotify is rate-limiting HARMONI', nowMs, retryAfterMs);
}

function quotaExceeded(nowMs: number, retryAfterMs: number | undefined): HarmoniError {
  return comeBack('spotify-quota-exceeded', 'The Spotify app has used up its quota', nowMs, retryAfterMs);
}

function comeBack(
  code: 'spotify-rate-limited' | 'spotify-quota-exceeded',
  what: string,
  nowMs: number,
  retryAfterMs: number | undefined,
): HarmoniError {
  if (retryAfterMs === undefined) {
    return new HarmoniError(code, `${what}, and Spotify doesn't say for how long.`, {
      fix: 'Run the same command in a few hours. It continues where it stopped.',
    });
  }
  const time = wallClock(nowMs + retryAfterMs, nowMs);
  return new HarmoniError(code, `${what}, until ${time}.`, {
    fix: `Run the same command after ${time}. It continues where it stopped.`,
  });
}

/** "14:35", or "2026-11-22 14:35" on another day; local time, rounded up to the minute. */
export function wallClock(atMs: number, nowMs: number): string {
  const at = new Date(Math.ceil(atMs / 60_000) * 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.toDateString() === new Date(nowMs).toDateString()) return time;
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}

/** The same of something that has been, which no later minute names. */
export function pastClock(atMs: number, nowMs: number): string {
  return wallClock(Math.floor(atMs / 60_000) * 60_000, nowMs);
}

function scopesFor(path: string): string {
  return path.startsWith('/me/tracks')
    ? 'user-library-read'
    : 'playlist-read-private, playlist-read-collaborative';
}

function inner(asked: Asked): string {
  return asked.what.charAt(0).toLowerCase() + asked.what.slice(1);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Message and reason, from `{"error":{"message","reason"}}` or from a short plain text. */
function spokenBy(json: unknown, body: string): { message: string; reason: string } {
  const error = field(json, 'error');
  const message = field(error, 'message') ?? (json === undefined && !/[<{]/.test(body) ? body : '');
  const reason = field(error, 'reason');
  return {
    message: typeof message === 'string' ? tidy(message) : '',
    reason: typeof reason === 'string' ? reason : '',
  };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}

/** One line of at most 200 characters, without secrets. */
function tidy(text: string): string {
  return redact(text.replace(/\s+/g, ' ').trim()).slice(0, 200);
}
