import { randomBytes } from 'node:crypto';
import type { TokenAnswer } from '../../src/demo/spotify-accounts.ts';

/**
 * What a refresh answers: a new refresh token while the old one dies, the same one again, or none.
 * As-spotify: a new one with PKCE, none with a client secret.
 */
export type RefreshRule = 'as-spotify' | 'rotate' | 'keep' | 'omit';

export type Bearer =
  | { readonly kind: 'missing' | 'invalid' | 'expired' }
  | { readonly kind: 'valid'; readonly clientId: string; readonly scopes: readonly string[] };

interface Grant {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Without a client secret: its refresh tokens can be used once. */
  readonly isPublic: boolean;
}

interface RefreshToken extends Grant {
  readonly token: string;
  readonly endsMs: number;
  revoked: boolean;
}

export interface TestTokens {
  /** A random value that must never be seen in a log. */
  secret(): string;
  /** Everything secret that was ever given out or received. */
  readonly secrets: Set<string>;
  issue(grant: Grant): TokenAnswer;
  refresh(
    token: string,
    client: { id: string; isPublic: boolean },
  ): TokenAnswer | { readonly refused: string };
  check(authorization: string | undefined): Bearer;
  /** All access tokens so far have expired. */
  expireAccess(): void;
  /** All refresh tokens so far are refused, as after six months or a withdrawn consent. */
  endRefresh(how: 'expired' | 'revoked'): void;
}

interface TokenOptions {
  readonly now: () => number;
  readonly accessSeconds: number;
  readonly refreshRule: RefreshRule;
  /** From the sign-in on: refreshing does not make it longer. */
  readonly refreshLifeMs: number;
}

export function createTestTokens(options: TokenOptions): TestTokens {
  const secrets = new Set<string>();
  const access = new Map<string, Grant & { endsMs: number }>();
  const refreshing = new Map<string, RefreshToken>();

  function secret(): string {
    const value = `demo_${randomBytes(24).toString('base64url')}`;
    secrets.add(value);
    return value;
  }

  function addRefresh(grant: Grant, endsMs: number): string {
    const token = secret();
    refreshing.set(token, { ...grant, token, endsMs, revoked: false });
    return token;
  }

  function answer(grant: Grant, refreshToken: string | undefined): TokenAnswer {
    const token = secret();
    access.set(token, { ...grant, endsMs: options.now() + options.accessSeconds * 1_000 });
    return {
      access_token: token,
      token_type: 'Bearer',
      expires_in: options.accessSeconds,
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      scope: grant.scopes.join(' '),
    };
  }

  return {
    secret,
    secrets,
    issue: (grant) => answer(grant, addRefresh(grant, options.now() + options.refreshLifeMs)),
    refresh(token, client) {
      const known = refreshing.get(token);
      if (known === undefined || known.clientId !== client.id || known.isPublic !== client.isPublic) {
        return { refused: 'Invalid refresh token' };
      }
      if (known.revoked) return { refused: 'Refresh token revoked' };
      if (known.endsMs <= options.now()) return { refused: 'Refresh token expired' };
      const asSpotify = known.isPublic ? 'rotate' : 'omit';
      const rule = options.refreshRule === 'as-spotify' ? asSpotify : options.refreshRule;
      if (rule === 'omit') return answer(known, undefined);
      if (rule === 'keep') return answer(known, token);
      known.revoked = true;
      return answer(known, addRefresh(known, known.endsMs));
    },
    check(authorization) {
      const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) return { kind: 'missing' };
      const known = access.get(token);
      if (known === undefined) return { kind: 'invalid' };
      return known.endsMs <= options.now() ? { kind: 'expired' } : { kind: 'valid', ...known };
    },
    expireAccess() {
      for (const token of access.values()) token.endsMs = -Infinity;
    },
    endRefresh(how) {
      if (how === 'revoked') for (const token of refreshing.values()) token.revoked = true;
      else for (const [key, token] of refreshing) refreshing.set(key, { ...token, endsMs: -Infinity });
    },
  };
}
