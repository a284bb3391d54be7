import { createHash } from 'node:crypto';
import { authenticate, redirectProblem, type DemoClient } from './spotify-clients.ts';
import { createDevices, type Devices } from './spotify-devices.ts';
import { jsonAnswer, textAnswer, type DemoAnswer, type DemoRequest } from './spotify-exchange.ts';
import { authorizeErrorPage, consentPage } from './spotify-pages.ts';
import type { DemoTokens } from './spotify-tokens.ts';

/** What the person in front of the browser does: reads the page, or presses a button at once. */
export type Approval = 'ask' | 'agree' | 'cancel';

export interface AccountsOptions {
  readonly baseUrl: string;
  readonly clients: readonly DemoClient[];
  readonly tokens: DemoTokens;
  readonly now: () => number;
  /** Asked at each sign-in. */
  readonly approval: () => Approval;
  /** The scopes that are granted of those that were asked for. */
  readonly grantScopes: (asked: readonly string[]) => readonly string[];
  /** Seconds between two polls of the device grant; 0 never says slow_down. */
  readonly deviceIntervalSeconds: number;
}

interface Authorization {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly scopes: readonly string[];
  /** S256; null for the grant with a secret. */
  readonly challenge: string | null;
}

const codeLifeMs = 10 * 60_000;

/** accounts.spotify.com: the consent page, tokens (RFC 6749, 7636) and the device grant (RFC 8628). */
export function createAccounts(options: AccountsOptions): {
  /** Undefined for a path that is none of these. */
  answer(request: DemoRequest): DemoAnswer | undefined;
  readonly devices: Devices;
} {
  const { clients, tokens, now } = options;
  const open = new Map<string, Authorization>();
  const codes = new Map<string, Authorization & { endsMs: number }>();
  const devices = createDevices(options);
  let requestNumber = 0;

  function authorize({ query }: DemoRequest): DemoAnswer {
    const client = clients.find((entry) => entry.id === query.get('client_id'));
    const redirectUri = query.get('redirect_uri') ?? '';
    const problem = redirectProblem(client, redirectUri);
    if (client === undefined || problem !== undefined) return authorizeErrorPage(problem ?? '');
    const challenge = query.get('code_challenge');
    if (query.get('response_type') !== 'code') return authorizeErrorPage('response_type must be code');
    if (challenge !== null && query.get('code_challenge_method') !== 'S256') {
      return authorizeErrorPage('code_challenge_method must be S256');
    }
    const asked = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    const authorization = {
      clientId: client.id,
      redirectUri,
      state: query.get('state'),
      scopes: asked,
      challenge,
    };
    const approval = options.approval();
    if (approval !== 'ask') return redirect(authorization, approval);
    requestNumber += 1;
    open.set(String(requestNumber), authorization);
    return consentPage(client.name ?? client.id, asked, String(requestNumber));
  }

  function decide({ form }: DemoRequest): DemoAnswer {
    const id = form.get('request') ?? '';
    const authorization = open.get(id);
    if (authorization === undefined) return authorizeErrorPage('This page is out of date.');
    open.delete(id);
    return redirect(authorization, form.get('decision') === 'agree' ? 'agree' : 'cancel');
  }

  function redirect(authorization: Authorization, decision: 'agree' | 'cancel'): DemoAnswer {
    const target = new URL(authorization.redirectUri);
    if (decision === 'agree') {
      const code = tokens.secret();
      codes.set(code, { ...authorization, endsMs: now() + codeLifeMs });
      target.searchParams.set('code', code);
    } else {
      target.searchParams.set('error', 'access_denied');
    }
    if (authorization.state !== null) target.searchParams.set('state', authorization.state);
    return textAnswer(303, '', { location: target.href });
  }

  function token(request: DemoRequest): DemoAnswer {
    const known = authenticate(clients, request);
    if ('refused' in known) return refuse('invalid_client', known.refused);
    const { client, isPublic } = known;
    if (client.secret !== undefined) tokens.secrets.add(client.secret);
    const { form } = request;
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return exchange(form, client, isPublic);
      case 'refresh_token': {
        const answer = tokens.refresh(form.get('refresh_token') ?? '', { id: client.id, isPublic });
        return 'refused' in answer ? refuse('invalid_grant', answer.refused) : jsonAnswer(200, answer);
      }
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return devices.poll(form.get('device_code') ?? '', client);
      default:
        return refuse('unsupported_grant_type', 'grant_type parameter is missing or unsupported');
    }
  }

  function exchange(form: URLSearchParams, client: DemoClient, isPublic: boolean): DemoAnswer {
    const code = form.get('code') ?? '';
    const found = codes.get(code);
    // A code is good for one try (RFC 6749, 4.1.2), whether it succeeds or not.
    codes.delete(code);
    if (found === undefined || found.clientId !== client.id)
      return refuse('invalid_grant', 'Invalid authorization code');
    if (found.endsMs <= now()) return refuse('invalid_grant', 'Authorization code expired');
    if (form.get('redirect_uri') !== found.redirectUri)
      return refuse('invalid_grant', 'Invalid redirect URI');
    const verifier = form.get('code_verifier');
    if (verifier !== null) tokens.secrets.add(verifier);
    if (found.challenge === null && isPublic) return refuse('invalid_client', 'Invalid client secret');
    if (found.challenge !== null) {
      if (verifier === null) return refuse('invalid_request', 'code_verifier must not be null');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      if (!/^[\w.~-]{43,128}$/.test(verifier) || challenge !== found.challenge) {
        return refuse('invalid_grant', 'code_verifier was incorrect');
      }
    }
    return jsonAnswer(
      200,
      tokens.issue({ clientId: client.id, scopes: options.grantScopes(found.scopes), isPublic }),
    );
  }

  return {
    devices,
    answer(request) {
      switch (`${request.method} ${request.path}`) {
        case 'GET /authorize':
          return authorize(request);
        case 'POST /authorize/decision':
          return decide(request);
        case 'POST /api/token':
          return token(request);
        case 'POST /oauth2/device/authorize':
          return devices.start(request.form);
        case 'GET /pair':
          return devices.showPage(request.query.get('code') ?? '');
        case 'POST /pair':
          return devices.pressButton(request.form);
        default:
          return undefined;
      }
    },
  };
}

/** An error of the token endpoint: always 400 at Spotify, invalid_client too. */
export function refuse(error: string, description = ''): DemoAnswer {
  return jsonAnswer(400, { error, ...(description === '' ? {} : { error_description: description }) });
}
