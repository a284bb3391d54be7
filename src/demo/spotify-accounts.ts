import { randomUUID } from 'node:crypto';
import { jsonAnswer, textAnswer, type DemoAnswer, type DemoRequest } from './spotify-exchange.ts';
import { consentPage } from './spotify-pages.ts';

/** What the person in front of the browser does: reads the page, or presses a button immediately. */
export type Approval = 'ask' | 'agree' | 'cancel';

export interface AccountsOptions {
  /** Asked at each sign-in. */
  readonly approval: () => Approval;
  /** The code that answers these parameters of an authorise request. */
  readonly newCode: (asked: URLSearchParams) => string;
}

/** A token answer (RFC 6749, 5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly refresh_token?: string;
  readonly scope: string;
}

export const allScopes = ['playlist-read-private', 'playlist-read-collaborative', 'user-library-read'];

/**
 * accounts.spotify.com as a sign-in with PKCE (RFC 7636) that goes well sees it: every app and every code is good.
 * @returns undefined for a path that it doesn't have
 */
export function answerAccounts(options: AccountsOptions, request: DemoRequest): DemoAnswer | undefined {
  const { query, form } = request;
  switch (`${request.method} ${request.path}`) {
    case 'GET /authorize': {
      const approval = options.approval();
      return approval === 'ask' ? consentPage(query) : redirect(query, approval, options);
    }
    case 'POST /authorize/decision': {
      const asked = new URLSearchParams(form.get('request') ?? '');
      return redirect(asked, form.get('decision') === 'agree' ? 'agree' : 'cancel', options);
    }
    case 'POST /api/token':
      return jsonAnswer(200, {
        access_token: randomUUID(),
        token_type: 'Bearer',
        expires_in: 3_600,
        refresh_token: randomUUID(),
        scope: allScopes.join(' '),
      } satisfies TokenAnswer);
    default:
      return undefined;
  }
}

function redirect(
  asked: URLSearchParams,
  decision: 'agree' | 'cancel',
  { newCode }: AccountsOptions,
): DemoAnswer {
  const target = new URL(asked.get('redirect_uri') ?? '');
  if (decision === 'agree') target.searchParams.set('code', newCode(asked));
  else target.searchParams.set('error', 'access_denied');
  const state = asked.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return textAnswer(303, '', { location: target.href });
}
