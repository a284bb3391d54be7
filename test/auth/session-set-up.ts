import { findSignInMethod } from '../../src/auth/methods.ts';
import type { AccountsDeps } from '../../src/auth/sign-in-method.ts';
import type { TokenInfo } from '../../src/auth/token-info.ts';
import { createTokenSession } from '../../src/auth/token-session.ts';
import { createFileTokenStore, type TokenStore } from '../../src/auth/token-store.ts';
import type { Clock } from '../../src/system/clock.ts';
import { setUp } from './set-up.ts';
import { grant, startTokenService, type TokenReply } from './token-service.ts';

/** A token session, and a token endpoint that renews for it. */
export async function setUpSession() {
  const replies: (TokenReply | Promise<TokenReply>)[] = [];
  const warnings: string[] = [];
  const asked = Promise.withResolvers<undefined>();
  const service = await startTokenService((_call, count) => {
    asked.resolve(undefined);
    return replies.shift() ?? { body: grant(count) };
  });
  const parts = setUp({ spotify_accounts_url: service.url });
  const store = createFileTokenStore(parts.tokenPath);
  /** Lets the others work while it sleeps; its time does not pass. */
  const patientClock: Clock = { ...parts.time, sleep: () => new Promise((resolve) => setImmediate(resolve)) };
  return {
    parts,
    service,
    store,
    /** What the token endpoint answers, in this order; after these it grants. */
    replies,
    /** The codes of what could not be saved. */
    warnings,
    /** The first refresh has reached the token endpoint. */
    asked,
    patientClock,
    /** A token that lives so long from now, already ended by default. */
    token(livesMs = -1, change: Partial<TokenInfo> = {}): TokenInfo {
      return {
        accessToken: 'ACCESS-0-SECRET',
        tokenType: 'Bearer',
        expiresAtMs: parts.time.now() + livesMs,
        refreshToken: 'REFRESH-0-SECRET',
        scopes: ['one'],
        method: 'pkce',
        clientId: 'issued-to-this-id',
        ...change,
      };
    },
    openSession(change: Partial<AccountsDeps> = {}, otherStore: TokenStore = store) {
      return createTokenSession({
        store: otherStore,
        deps: { ...parts.deps, ...change },
        findMethod: findSignInMethod,
        warn: (error) => void warnings.push(error.code),
      });
    },
    async end(): Promise<void> {
      await service.close();
      await parts.end();
    },
  };
}

export type SessionSetUp = Awaited<ReturnType<typeof setUpSession>>;
