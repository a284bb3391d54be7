import type { Config, ConfigKey } from '../config/schema.ts';
import { HarmoniError } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import type { Http } from '../system/http.ts';
import type { Log } from '../system/log.ts';
import type { RenewableToken, TokenInfo } from './token-info.ts';

/**
 * A way to sign in. A new one is a file with one of these and a line in methods.ts; menus, commands, the token
 * session and the token file take it from there.
 */
export interface SignInMethod {
  readonly kind: string;
  readonly title: string;
  /** When to use it, in one sentence. */
  readonly description: string;
  /** What to set before it can be used, as a sentence; undefined when nothing is missing. */
  lacks(config: SpotifyConfig): string | undefined;
  /**
   * Brings a token, or throws a HarmoniError that says why not. Whatever it opened (servers, questions, timers) is
   * closed in either case. It does not save the token and does not look at the scopes: `signIn` does.
   */
  signIn(deps: SignInDeps, signal: AbortSignal): Promise<TokenInfo>;
  /**
   * A new token for an old one that has a refresh token. Throws sign-in-expired when only a new sign-in helps; any
   * other error leaves the old token worth keeping. The signal ends waits, never a request under way, because its
   * answer may hold the only refresh token that still works.
   */
  refresh(token: RenewableToken, deps: AccountsDeps, signal: AbortSignal): Promise<TokenInfo>;
}

/** All Spotify settings; a method reads those that it needs. */
export type SpotifyConfig = Readonly<Pick<Config, Extract<ConfigKey, `spotify_${string}`>>>;

/** What it takes to talk to the accounts service. */
export interface AccountsDeps {
  readonly http: Http;
  readonly clock: Clock;
  /** Bytes that nobody can guess. */
  readonly randomBytes: (size: number) => Uint8Array;
  readonly log: Log;
  readonly config: SpotifyConfig;
}

/** Everything outside that a sign-in touches. */
export interface SignInDeps extends AccountsDeps {
  readonly screen: SignInScreen;
  /** Whether a browser could be started. It never throws. */
  readonly openBrowser: (url: string) => Promise<boolean>;
  /** In a container the callback server must listen on all addresses to be reached at all. */
  readonly inContainer: () => boolean;
}

/**
 * The person who signs in. In a menu it is one question that stays open while the callback server waits (Enter opens
 * the browser, a text is a paste, Esc cancels); without a terminal it is a line of stdin.
 */
export interface SignInScreen {
  show(event: SignInEvent): void;
  /**
   * The next thing that the person does. Asked again after each answer but `cancel` and `none`. When the signal is
   * aborted the answer came another way: take the question off the screen; what the promise does then is ignored.
   */
  answer(signal: AbortSignal): Promise<SignInAnswer>;
}

export type SignInAnswer =
  | { readonly type: 'pasted'; readonly text: string }
  | { readonly type: 'open-browser' }
  | { readonly type: 'cancel' }
  /** Nobody is there who could answer: only the callback server can end the wait. */
  | { readonly type: 'none' };

/** What the person should see. `sign-in-texts.ts` has the words. */
export type SignInEvent =
  /** Sign in at `url`; Spotify then sends the browser to `redirectUri`. The server listens already, if it can. */
  | {
      readonly type: 'authorise';
      readonly url: string;
      readonly redirectUri: string;
      readonly listening: Listening | HarmoniError;
      readonly endsAtMs: number;
    }
  /** Open `url` on any device and enter `userCode` (device and pairing). */
  | {
      readonly type: 'enter-code';
      readonly url: string;
      readonly userCode: string;
      /** The address with the code in it, as a QR code of text lines. */
      readonly qrCode: readonly string[];
      readonly endsAtMs: number;
    }
  /** The code is good for `leftMs` more. Told now and then, more often towards the end. */
  | { readonly type: 'time-left'; readonly leftMs: number }
  | { readonly type: 'browser'; readonly opened: boolean }
  /** An answer that is not accepted; the wait goes on. */
  | { readonly type: 'not-accepted'; readonly error: HarmoniError }
  /** The code is there and is being exchanged for a token. */
  | { readonly type: 'exchanging' }
  /** The sign-in goes on, but this should be known: a borrowed client id, fewer scopes, a token not saved. */
  | { readonly type: 'warning'; readonly error: HarmoniError };

/** Where the callback server listens. */
export interface Listening {
  readonly address: string;
  readonly port: number;
}

/** How long a person has to sign in. */
export const signInWaitMs = 5 * 60_000;

/** The person, or Ctrl+C, ended the sign-in. */
export function cancelled(): HarmoniError {
  return new HarmoniError('sign-in-cancelled', 'The sign-in was cancelled.');
}
