import { HarmoniError, toHarmoniError } from '../errors.ts';
import { readPasted } from './authorization-response.ts';
import { authorizationSteps, type AuthorizationSteps } from './authorization-steps.ts';
import { failurePage, signedInPage } from './callback-page.ts';
import { startCallbackServer, type CallbackArrival, type CallbackServer } from './callback-server.ts';
import { requireClientId } from './client-id.ts';
import type { CodeGrant } from './code-grant.ts';
import { createSecret } from './pkce.ts';
import { bindAddress, parseRedirectUri, type RedirectUri } from './redirect-uri.ts';
import { cancelled, signInWaitMs, type SignInDeps, type SignInMethod } from './sign-in-method.ts';
import type { TokenInfo } from './token-info.ts';

/** The answer that won: from the browser with a page to reply with, or pasted without one. */
type Answer = Pick<CallbackArrival, 'response'> & Partial<Pick<CallbackArrival, 'reply'>>;

/** What a sign-in method through the authorise page does, by its grant; its words are all that it adds. */
export function throughAuthorizePage(grant: CodeGrant): Pick<SignInMethod, 'signIn' | 'refresh'> {
  return {
    async signIn(deps, signal) {
      const clientId = requireClientId(deps.config, (error) => deps.screen.show({ type: 'warning', error }));
      return signInByBrowser(authorizationSteps(grant, clientId, deps), deps, signal);
    },
    refresh: (token, deps, signal) => grant.refresh(token, deps, signal),
  };
}

/**
 * Shows the authorise URL and waits for the answer on the callback server and for a paste at once; the first valid one
 * wins. The browser gets its page only after the exchange, so that it tells the truth.
 * Throws redirect-uri-invalid, sign-in-cancelled, sign-in-timeout, sign-in-denied, sign-in-refused, what the
 * exchange throws, and callback-port-busy or callback-not-possible when nobody can paste either.
 */
export async function signInByBrowser(
  steps: AuthorizationSteps,
  deps: SignInDeps,
  signal: AbortSignal,
): Promise<TokenInfo> {
  const redirect = parseRedirectUri(deps.config.spotify_redirect_uri);
  const state = createSecret(deps.randomBytes);
  const server = await startServer(redirect, state, deps);
  try {
    const visit = await steps.begin({
      scope: deps.config.spotify_scopes,
      state,
      redirectUri: server instanceof HarmoniError ? redirect.text : server.redirectUri,
      showDialog: true,
    });
    const { url, redirectUri } = visit;
    deps.screen.show({
      type: 'authorise',
      url,
      redirectUri,
      listening: server instanceof HarmoniError ? server : server.listening,
      endsAtMs: deps.clock.now() + signInWaitMs,
    });
    const answer = await firstAnswer({ server, url, state }, deps, signal);
    return await conclude(answer, (code) => steps.exchange(code, { ...visit, signal }), deps, signal);
  } finally {
    if (!(server instanceof HarmoniError)) await server.close();
  }
}

/** The server, or the reason why the answer must be pasted. */
async function startServer(
  redirect: RedirectUri,
  state: string,
  deps: SignInDeps,
): Promise<CallbackServer | HarmoniError> {
  const { loopback } = redirect;
  if (loopback === undefined) {
    return new HarmoniError('callback-not-possible', `HARMONI can't listen at ${redirect.text}.`);
  }
  const shown = new Set<string>();
  try {
    return await startCallbackServer({
      redirect: { ...redirect, loopback },
      address: bindAddress(loopback, deps.config.spotify_callback_host, deps.inContainer()),
      state,
      onNotAccepted(error) {
        deps.log.write('warn', 'callback not accepted', { error: error.code });
        // Once is enough: anybody on this machine can send such requests as fast as they like.
        if (!shown.has(error.code)) deps.screen.show({ type: 'not-accepted', error });
        shown.add(error.code);
      },
    });
  } catch (error) {
    if (error instanceof HarmoniError) return error;
    throw error;
  }
}

interface Wait {
  readonly server: CallbackServer | HarmoniError;
  readonly url: string;
  readonly state: string;
}

async function firstAnswer(wait: Wait, deps: SignInDeps, signal: AbortSignal): Promise<Answer> {
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  const aborted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(cancelled());
    signal.addEventListener('abort', () => reject(cancelled()), { once: true, signal: over.signal });
  });
  const timeout = deps.clock.sleep(signInWaitMs, stop).then(() => {
    throw new HarmoniError('sign-in-timeout', "Spotify didn't answer within five minutes.");
  });
  const callback = wait.server instanceof HarmoniError ? [] : [wait.server.arrival];
  try {
    return await Promise.race([aborted, ...callback, listenToPerson(wait, deps, stop), timeout]);
  } finally {
    over.abort();
  }
}

async function listenToPerson(wait: Wait, deps: SignInDeps, stop: AbortSignal): Promise<Answer> {
  for (;;) {
    const answer = await deps.screen.answer(stop);
    stop.throwIfAborted();
    switch (answer.type) {
      case 'cancel':
        throw cancelled();
      case 'none':
        if (wait.server instanceof HarmoniError) throw wait.server;
        return wait.server.arrival;
      case 'open-browser':
        deps.screen.show({ type: 'browser', opened: await deps.openBrowser(wait.url) });
        break;
      case 'pasted': {
        const response = readPasted(answer.text, wait.state);
        if (response.type !== 'not-accepted') return { response };
        deps.screen.show({ type: 'not-accepted', error: response.error });
        break;
      }
    }
  }
}

async function conclude(
  answer: Answer,
  exchange: (code: string) => Promise<TokenInfo>,
  deps: SignInDeps,
  signal: AbortSignal,
): Promise<TokenInfo> {
  try {
    if (answer.response.type === 'denied') throw answer.response.error;
    deps.screen.show({ type: 'exchanging' });
    const token = await exchange(answer.response.code);
    await answer.reply?.(signedInPage);
    return token;
  } catch (thrown) {
    const error = signal.aborted ? cancelled() : toHarmoniError(thrown);
    await answer.reply?.(failurePage("Sign-in didn't work", error));
    throw error;
  }
}
