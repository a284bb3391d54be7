import { abortable } from '../system/abort.ts';
import { isFresh, missingScopes } from '../auth/token-info.ts';
import type { Config } from '../config/schema.ts';
import { HarmoniError, toHarmoniError } from '../errors.ts';
import { wallClock } from '../spotify/api-error.ts';
import type { SpotifyConnection } from '../spotify/connection.ts';
import type { ToneLine } from '../ui/prompter.ts';

export interface StatusParts {
  readonly spotify: Pick<SpotifyConnection, 'client' | 'session'>;
  readonly config: Pick<Config, 'spotify_scopes' | 'spotify_auto_refresh'>;
  readonly clock: { now(): number };
}

/** The JSON document of `harmoni status`. */
export interface SpotifyStatus {
  readonly signedIn: boolean;
  readonly method?: string;
  /** The name of the account; missing while Spotify cannot be asked. */
  readonly account?: string;
  /** ISO 8601: the end of the access token, which is renewed by itself. */
  readonly expiresAt?: string;
  readonly scopes: readonly string[];
}

export interface StatusWithWords {
  readonly status: SpotifyStatus;
  readonly lines: readonly ToneLine[];
}

const signedOut: SpotifyStatus = { signedIn: false, scopes: [] };

/** Asks Spotify who it is, which also shows whether the sign-in still holds. Never throws but for the signal. */
export async function readStatus(parts: StatusParts, signal: AbortSignal): Promise<StatusWithWords> {
  const { session } = parts.spotify;
  try {
    if ((await session.current()) === undefined) {
      return { status: signedOut, lines: [{ text: "You're not signed in to Spotify." }] };
    }
  } catch (thrown) {
    // The file is there and cannot be read.
    const { message, fix } = toHarmoniError(thrown);
    return { status: signedOut, lines: [{ text: message, tone: 'warn' }, { text: fix }] };
  }
  let account: string | undefined;
  let problem: HarmoniError | undefined;
  try {
    account = (await abortable(parts.spotify.client().me(signal), signal)).name;
  } catch (thrown) {
    problem = signal.aborted
      ? new HarmoniError('network-timeout', "Spotify hasn't answered yet.", {
          fix: 'Check your internet connection.',
        })
      : toHarmoniError(thrown);
    if (problem.code === 'sign-in-expired' || problem.code === 'sign-in-needed') {
      const lines: ToneLine[] = [{ text: problem.message, tone: 'warn' }, { text: problem.fix }];
      return { status: signedOut, lines };
    }
  }
  // Asking may have renewed it.
  const token = await session.current();
  if (token === undefined) return { status: signedOut, lines: [] };
  const now = parts.clock.now();
  const missing = missingScopes(token, parts.config.spotify_scopes);
  const end = wallClock(token.expiresAtMs, now);
  const isRenewed = parts.config.spotify_auto_refresh && token.refreshToken !== undefined;
  const renewed = isRenewed ? ', renews automatically' : '';
  const lines: ToneLine[] = [
    { text: account === undefined ? 'Signed in to Spotify.' : `Signed in as ${account}.`, tone: 'ok' },
    { text: `Access ${isFresh(token, now) ? 'until' : 'ended at'} ${end}${renewed}.` },
    ...(missing.length === 0
      ? []
      : [
          {
            text: `Permissions not granted: ${missing.join(', ')}. Sign in again and agree to all of them.`,
            tone: 'warn' as const,
          },
        ]),
    ...(problem === undefined ? [] : [{ text: `${problem.message} ${problem.fix}`, tone: 'warn' as const }]),
  ];
  return {
    status: {
      signedIn: true,
      method: token.method,
      ...(account === undefined ? {} : { account }),
      expiresAt: new Date(token.expiresAtMs).toISOString(),
      scopes: token.scopes,
    },
    lines,
  };
}
