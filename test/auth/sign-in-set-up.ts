import { once } from 'node:events';
import { createServer } from 'node:net';
import { findSignInMethod } from '../../src/auth/methods.ts';
import { signIn } from '../../src/auth/sign-in.ts';
import type { SignInDeps } from '../../src/auth/sign-in-method.ts';
import { createTokenSession } from '../../src/auth/token-session.ts';
import { createFileTokenStore } from '../../src/auth/token-store.ts';
import { setUp } from './set-up.ts';
import { grant, startTokenService, type TokenReply } from './token-service.ts';

/** As long as Spotify's codes at least, so that it can be pasted without "code=". */
export const code = 'CODE-1-SECRET-long-enough';

/** A PKCE sign-in with all its parts around it. */
export async function setUpSignIn() {
  const replies: (TokenReply | Promise<TokenReply>)[] = [];
  const asked = Promise.withResolvers<undefined>();
  const service = await startTokenService((call, count) => {
    parts.secret(...['code', 'code_verifier'].flatMap((name) => call.form.get(name) ?? []));
    asked.resolve(undefined);
    return replies.shift() ?? { body: grant(count) };
  });
  const parts = setUp({ spotify_accounts_url: service.url });
  const session = createTokenSession({
    store: createFileTokenStore(parts.tokenPath),
    deps: parts.deps,
    findMethod: findSignInMethod,
    warn: () => undefined,
  });
  const cancel = new AbortController();
  return {
    parts,
    service,
    session,
    cancel,
    /** What the token endpoint answers, in this order; after these it grants. */
    replies,
    /** The first request has reached the token endpoint. */
    asked,
    start(change: Partial<SignInDeps> = {}, settings: Readonly<Record<string, unknown>> = {}) {
      const config = { ...parts.deps.config, ...settings };
      return signIn(findSignInMethod('pkce'), session, { ...parts.deps, config, ...change }, cancel.signal);
    },
    /** The address that is shown; `answer` is what Spotify does after a press on Agree or Cancel. */
    async seeUrl() {
      const event = await parts.person.sees('authorise');
      const url = new URL(event.url);
      return {
        url,
        redirectUri: event.redirectUri,
        state: url.searchParams.get('state') ?? '',
        answer: (query: string) => fetch(`${event.redirectUri}?${query}`),
      };
    },
    async end(): Promise<void> {
      await service.close();
      await parts.end();
    },
  };
}

export type SignInSetUp = Awaited<ReturnType<typeof setUpSignIn>>;

/** Fails while the port of the redirect URI is taken. */
export async function expectNobodyListens(redirectUri: string): Promise<void> {
  const probe = createServer().listen(Number(new URL(redirectUri).port), '127.0.0.1');
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}
