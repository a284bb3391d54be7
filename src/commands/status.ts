import type { App } from '../app.ts';
import { abortable } from '../auth/abortable.ts';
import { isFresh, missingScopes } from '../auth/token-info.ts';
import { HarmoniError, toHarmoniError } from '../errors.ts';
import { wallClock } from '../spotify/api-error.ts';
import type { ToneLine } from '../ui/prompter.ts';

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

/** Who asks for a status wants it now, also where the network is gone. */
const waitMs = 10_000;

/** harmoni status: who is signed in, and until when. Returns the exit code: 4 when nobody is. */
export async function runStatus(app: App): Promise<number> {
  const work = app.beginWork();
  try {
    const signal = AbortSignal.any([work.signal, AbortSignal.timeout(waitMs)]);
    const { status, lines } = await readStatus(app, signal);
    work.signal.throwIfAborted();
    app.output.lines(lines);
    app.output.document(status);
    return status.signedIn ? 0 : 4;
  } finally {
    work.done();
  }
}

const signedOut: SpotifyStatus = { signedIn: false, scopes: [] };

/** Asks Spotify who it is, which also shows whether the sign-in still holds. Never throws but for the signal. */
export async function readStatus(app: App, signal: AbortSignal): Promise<StatusWithWords> {
  const { session } = app.spotify;
  try {
    if ((await session.current()) === undefined) {
      return { status: signedOut, lines: [{ text: 'Nobody is signed in to Spotify.' }] };
    }
  } catch (thrown) {
    // The file is there and cannot be read.
    const { message, fix } = toHarmoniError(thrown);
    return { status: signedOut, lines: [{ text: message, tone: 'warn' }, { text: fix }] };
  }
  let account: string | undefined;
  let problem: HarmoniError | undefined;
  try {
    account = (await abortable(app.spotify.client().me(signal), signal)).name;
  } catch (thrown) {
    problem = signal.aborted
      ? new HarmoniError('network-timeout', 'Spotify has not answered yet.', {
          fix: 'Check the internet connection.',
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
  const now = app.clock.now();
  const missing = missingScopes(token, app.config.spotify_scopes);
  const end = wallClock(token.expiresAtMs, now);
  const renewed = token.refreshToken === undefined ? '' : ', then it is renewed by itself';
  const lines: ToneLine[] = [
    { text: account === undefined ? 'Signed in to Spotify.' : `Signed in as ${account}.`, tone: 'ok' },
    { text: `Access ${isFresh(token, now) ? 'until' : 'ended at'} ${end}${renewed}.` },
    ...(missing.length === 0
      ? []
      : [
          {
            text: `Not granted: ${missing.join(', ')}. Sign in again and agree to it.`,
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
