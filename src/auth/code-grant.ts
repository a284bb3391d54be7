import type { AccountsDeps, SpotifyConfig } from './sign-in-method.ts';
import type { RenewableToken, TokenInfo } from './token-info.ts';

/** A code from the authorise page, and what its exchange must repeat. */
export interface CodeToExchange {
  readonly code: string;
  readonly clientId: string;
  /** The one of the authorise URL (RFC 6749, 4.1.3). */
  readonly redirectUri: string;
  /** The secret behind the authorise URL's challenge (RFC 7636, 4.5), where the grant uses PKCE. */
  readonly codeVerifier?: string;
}

/**
 * How a client proves itself when it turns a code into a token and an old token into a new one: with its secret, with
 * PKCE, or through a server that keeps the secret. All the rest of a sign-in is the same for them.
 */
export interface CodeGrant {
  /** What `TokenInfo.method` says of its tokens. */
  readonly kind: string;
  readonly usesPkce: boolean;
  /** Throws when a setting is missing, before anyone is sent to a page: client-secret-missing, config-invalid. */
  check(config: SpotifyConfig): void;
  /** Throws token-refused, client-refused, network-*, spotify-unavailable, or the signal's reason. */
  exchange(code: CodeToExchange, deps: AccountsDeps, signal: AbortSignal): Promise<TokenInfo>;
  /** As `SignInMethod.refresh`. */
  refresh(token: RenewableToken, deps: AccountsDeps, signal: AbortSignal): Promise<TokenInfo>;
}
