import { basicAuthorization } from '../auth/secret-grant.ts';
import type { AccountsDeps } from '../auth/sign-in-method.ts';
import type { TokenGrant, TokenGranted, TokenRefused } from '../auth/token-answer.ts';
import { requestToken, tokenUrl } from '../auth/token-endpoint.ts';
import { createTokenSeal, noSeal } from './sealed-token.ts';
import type { AuthServerSettings } from './settings.ts';

export interface CodeExchange {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier?: string;
}

/** Spotify's token endpoint with this server's own credentials; refresh tokens go out sealed and come in sealed. */
export interface SpotifyTokens {
  exchange(request: CodeExchange): Promise<TokenGranted | TokenRefused>;
  refresh(refreshToken: string): Promise<TokenGranted | TokenRefused>;
}

/** Somebody waits on the line. */
const retries = 2;

/** Its promises reject with network-*, spotify-unavailable, response-not-understood. */
export function createSpotifyTokens(
  settings: AuthServerSettings,
  deps: AccountsDeps,
  signal: AbortSignal,
): SpotifyTokens {
  const { clientId, clientSecret, tokenKey } = settings;
  const seal = tokenKey === undefined ? noSeal : createTokenSeal(tokenKey, deps.randomBytes);

  async function ask(
    form: Readonly<Record<string, string>>,
    uninterrupted: boolean,
  ): Promise<TokenGranted | TokenRefused> {
    const withSecret = clientSecret !== '';
    const answer = await requestToken(
      {
        url: tokenUrl(deps.config),
        form: withSecret ? form : { ...form, client_id: clientId },
        ...(withSecret ? { headers: basicAuthorization({ clientId, clientSecret }) } : {}),
        retries,
        uninterrupted,
      },
      deps,
      signal,
    );
    return answer.type === 'refused' ? answer : { type: 'granted', grant: sealed(answer.grant) };
  }

  /** Also a rotated refresh token, which Spotify's own example server forgets. */
  function sealed(grant: TokenGrant): TokenGrant {
    const { refresh_token: token } = grant;
    return typeof token === 'string' && token !== '' ? { ...grant, refresh_token: seal.seal(token) } : grant;
  }

  return {
    exchange: ({ code, redirectUri, verifier }) =>
      ask(
        {
          grant_type: 'authorization_code',
          code,
          redirect_uri: redirectUri,
          ...(clientSecret !== '' || verifier === undefined ? {} : { code_verifier: verifier }),
        },
        false,
      ),
    async refresh(refreshToken) {
      const token = seal.open(refreshToken);
      if (token === undefined) return { type: 'refused', status: 400, error: 'invalid_grant' };
      return ask({ grant_type: 'refresh_token', refresh_token: token }, true);
    },
  };
}
