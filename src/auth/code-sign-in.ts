import { z } from 'zod';
import { HarmoniError } from '../errors.ts';
import { waitForToken } from './code-poll.ts';
import { qrLines } from './qr-code.ts';
import { cancelled, type SignInDeps } from './sign-in-method.ts';
import { postForm, type Passing, type TokenRequest } from './token-endpoint.ts';
import type { TokenGrant, TokenGranted, TokenRefused } from './token-answer.ts';
import { errorName } from './authorization-response.ts';

/** What differs between the two methods that show a code. */
export interface CodeSignIn {
  /** Where codes come from, and what to send there (RFC 8628, 3.1). */
  readonly start: TokenRequest;
  /** Asks once whether the person is done (RFC 8628, 3.4). */
  poll(deviceCode: string, signal: AbortSignal): Promise<TokenGranted | TokenRefused>;
  /** The error for a refused start; undefined for the usual one. */
  refusal?(error: string): HarmoniError | undefined;
}

/** RFC 8628, 3.2. */
const codesSchema = z.object({
  device_code: z.string().min(1).max(4096),
  user_code: z.string().regex(/^[\w-]{4,32}$/),
  verification_uri: z.url({ protocol: /^https?$/ }),
  verification_uri_complete: z.url({ protocol: /^https?$/ }).optional(),
  expires_in: z.number().positive().max(86_400),
  interval: z.number().min(0).max(300).default(5),
});
export type Codes = z.output<typeof codesSchema>;

/** A code that nobody enters is replaced so often; then nobody is there. */
const mostCodes = 3;

/**
 * Shows a code and its address, and waits until a person has entered it on another device. A code that expires is
 * replaced by a new one. Throws sign-in-cancelled, sign-in-denied, sign-in-timeout, what `refusal` says, client-refused,
 * token-refused, network-unreachable, network-timeout, spotify-unavailable, response-not-understood.
 */
export async function signInByCode(
  method: CodeSignIn,
  deps: SignInDeps,
  signal: AbortSignal,
): Promise<TokenGrant> {
  for (let round = 1; round <= mostCodes; round += 1) {
    const codes = await askForCodes(method, deps, signal);
    const livesMs = codes.expires_in * 1000;
    const completeUrl = codes.verification_uri_complete ?? codes.verification_uri;
    deps.screen.show({
      type: 'enter-code',
      url: codes.verification_uri,
      userCode: codes.user_code,
      qrCode: await qrLines(completeUrl),
      endsAtMs: deps.clock.now() + livesMs,
    });
    const grant = await waitWithPerson({ method, codes, livesMs, completeUrl }, deps, signal);
    if (grant !== 'expired') return grant;
    const again = round < mostCodes ? "Here's a new one." : "It wasn't entered in time.";
    const error = new HarmoniError('sign-in-timeout', 'The code has expired.', { fix: again });
    deps.screen.show({ type: 'not-accepted', error });
  }
  throw new HarmoniError('sign-in-timeout', `None of the ${mostCodes} codes was entered.`);
}

async function askForCodes(method: CodeSignIn, deps: SignInDeps, signal: AbortSignal): Promise<Codes> {
  try {
    const answer = await postForm(method.start, readCodes, deps, signal);
    if (answer.type === 'codes') return answer.codes;
    throw (
      method.refusal?.(answer.error) ??
      new HarmoniError('client-refused', `Spotify gave this app no code (${answer.error}).`)
    );
  } catch (error) {
    throw signal.aborted ? cancelled() : error;
  }
}

type CodesAnswer = { readonly type: 'codes'; readonly codes: Codes } | TokenRefused;

/** Sorts an answer to the request for a code (RFC 8628, 3.2). */
export function readCodes(status: number, body: string): CodesAnswer | Passing {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    // Sorted below as anything else that is no code.
  }
  const codes = codesSchema.safeParse(json);
  if (status < 300 && codes.success) return { type: 'codes', codes: codes.data };
  const refusal = z.object({ error: z.string() }).safeParse(json);
  if (status >= 400 && status < 500 && status !== 429 && refusal.success) {
    return { type: 'refused', status, error: errorName(refusal.data.error) };
  }
  const error = new HarmoniError(
    status === 429 || status >= 500 ? 'spotify-unavailable' : 'response-not-understood',
    `The sign-in service didn't give a code (${status}).`,
  );
  return { type: 'passing', error };
}

interface Wait {
  readonly method: CodeSignIn;
  readonly codes: Codes;
  readonly livesMs: number;
  readonly completeUrl: string;
}

async function waitWithPerson(
  { method, codes, livesMs, completeUrl }: Wait,
  deps: SignInDeps,
  signal: AbortSignal,
): Promise<TokenGrant | 'expired'> {
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  const polling = waitForToken(
    {
      intervalMs: codes.interval * 1000,
      livesMs,
      ask: () => method.poll(codes.device_code, stop),
      onTimeLeft: (leftMs) => deps.screen.show({ type: 'time-left', leftMs }),
    },
    deps.clock,
    stop,
  );
  try {
    return await Promise.race([polling, personCancels(completeUrl, deps, stop)]);
  } catch (error) {
    throw signal.aborted ? cancelled() : error;
  } finally {
    over.abort();
    // It ends by the signal; that end is nobody's business any more.
    polling.catch(() => undefined);
  }
}

/** Rejects when the person cancels; opens the browser as often as they like. */
async function personCancels(url: string, deps: SignInDeps, stop: AbortSignal): Promise<never> {
  for (;;) {
    const answer = await deps.screen.answer(stop);
    stop.throwIfAborted();
    switch (answer.type) {
      case 'cancel':
        throw cancelled();
      case 'open-browser':
        deps.screen.show({ type: 'browser', opened: await deps.openBrowser(url) });
        break;
      case 'pasted':
        deps.screen.show({
          type: 'not-accepted',
          error: new HarmoniError('sign-in-paste-not-understood', "There's nothing to paste here.", {
            fix: 'Enter the code at the address above.',
          }),
        });
        break;
      case 'none':
        return new Promise<never>((_resolve, reject) => {
          stop.addEventListener('abort', () => reject(cancelled()), { once: true });
        });
    }
  }
}
