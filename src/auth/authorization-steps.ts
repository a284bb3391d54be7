import { HarmoniError } from '../errors.ts';
import { readPasted } from './authorization-response.ts';
import { authorizeUrl } from './authorize-url.ts';
import type { CodeGrant } from './code-grant.ts';
import { codeChallenge, createSecret } from './pkce.ts';
import { parseRedirectUri } from './redirect-uri.ts';
import type { AccountsDeps } from './sign-in-method.ts';
import type { TokenInfo } from './token-info.ts';

export interface AuthorizationRequest {
  /** One text or a list; none asks for nothing special. */
  readonly scope?: string | readonly string[];
  readonly state: string;
  /** Ask also a person who has agreed before; default false. */
  readonly showDialog?: boolean;
  /** Default: the configured one. The exchange must name the same. */
  readonly redirectUri?: string;
  /** The S256 challenge of the verifier that the exchange will get (RFC 7636, 4.3). */
  readonly codeChallenge?: string;
}

/** A person who was sent to the authorise page: keep it until they come back, then hand it to `exchange`. */
export interface BegunSignIn {
  readonly url: string;
  readonly state: string;
  readonly redirectUri: string;
  /** Only where the grant uses PKCE. A secret, as the state is. */
  readonly codeVerifier?: string;
}

export interface ExchangeOptions extends Partial<Pick<BegunSignIn, 'redirectUri' | 'codeVerifier'>> {
  readonly signal?: AbortSignal;
}

/** A sign-in through Spotify's authorise page (RFC 6749, 4.1) in separate steps. None of them prints, asks or keeps. */
export interface AuthorizationSteps {
  /** The page to send the person to, of parts that the caller made. Nothing is sent. */
  authorizationUrl(request: AuthorizationRequest): string;
  /** The same with a new state and, where the grant uses PKCE, a new verifier. */
  begin(request?: Partial<AuthorizationRequest>): Promise<BegunSignIn>;
  /** The code in the redirect's URL or query. Throws sign-in-state-mismatch, sign-in-denied, sign-in-paste-not-understood. */
  parseResponse(urlOrQuery: string, expectedState: string): string;
  /** A token for the code. Throws token-refused, client-refused, network-*, spotify-unavailable. */
  exchange(code: string, options?: ExchangeOptions): Promise<TokenInfo>;
}

const never = new AbortController().signal;

/** The steps of one client. Throws redirect-uri-invalid, and what `grant.check` throws. */
export function authorizationSteps(
  grant: CodeGrant,
  clientId: string,
  deps: AccountsDeps,
): AuthorizationSteps {
  const { config } = deps;
  grant.check(config);
  const ownRedirectUri = parseRedirectUri(config.spotify_redirect_uri).text;

  function authorizationUrl(request: AuthorizationRequest): string {
    const { scope = [], state, showDialog = false, redirectUri = ownRedirectUri } = request;
    const challenge = request.codeChallenge;
    return authorizeUrl({
      accountsUrl: config.spotify_accounts_url,
      clientId,
      redirectUri,
      scopes: typeof scope === 'string' ? scope.split(/\s+/).filter((one) => one !== '') : scope,
      state,
      showDialog,
      ...(challenge === undefined
        ? {}
        : { extra: { code_challenge_method: 'S256', code_challenge: challenge } }),
    });
  }

  return {
    authorizationUrl,
    async begin(request = {}) {
      const { state = createSecret(deps.randomBytes), redirectUri = ownRedirectUri } = request;
      const codeVerifier = grant.usesPkce ? createSecret(deps.randomBytes) : undefined;
      const proof = codeVerifier === undefined ? {} : { codeChallenge: await codeChallenge(codeVerifier) };
      const url = authorizationUrl({ ...request, state, redirectUri, ...proof });
      return { url, state, redirectUri, ...(codeVerifier === undefined ? {} : { codeVerifier }) };
    },
    parseResponse(urlOrQuery, expectedState) {
      const hasState = /(?:^|[?&])(?:state|error)=/.test(urlOrQuery);
      if (!hasState || expectedState === '')
        throw new HarmoniError('sign-in-state-mismatch', "Spotify's answer has no state.");
      const response = readPasted(urlOrQuery, expectedState);
      if (response.type !== 'code') throw response.error;
      return response.code;
    },
    exchange(code, { redirectUri = ownRedirectUri, codeVerifier, signal = never } = {}) {
      const proof = codeVerifier === undefined ? {} : { codeVerifier };
      return grant.exchange({ code, clientId, redirectUri, ...proof }, deps, signal);
    },
  };
}
