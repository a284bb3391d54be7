import { createHash } from 'node:crypto';
import { jsonAnswer, type DemoAnswer, type DemoRequest } from '../../src/demo/spotify-exchange.ts';
import { authenticate, redirectProblem, scopesOf, type DemoClient } from './spotify-clients.ts';
import { createDevices, type Devices, type DevicesOptions } from './spotify-devices.ts';
import { authorizeErrorPage } from './spotify-pages.ts';

export interface Accounts {
  /** Undefined where the demo answers rightly. */
  answer(request: DemoRequest, baseUrl: string): DemoAnswer | undefined;
  /** The code that answers an authorise request, good for one exchange. */
  newCode(asked: URLSearchParams): string;
  readonly devices: Devices;
}

interface Authorization {
  readonly clientId: string | null;
  readonly redirectUri: string | null;
  readonly scopes: readonly string[];
  /** S256; null for the grant with a secret. */
  readonly challenge: string | null;
  readonly endsMs: number;
}

const codeLifeMs = 10 * 60_000;

/** What accounts.spotify.com refuses, its tokens (RFC 6749, 7636) and the device grant (RFC 8628). */
export function createAccounts(options: DevicesOptions): Accounts {
  const { clients, tokens, now } = options;
  const codes = new Map<string, Authorization>();
  const devices = createDevices(options);

  function refuseToAuthorize(query: URLSearchParams): DemoAnswer | undefined {
    const client = clients.find((entry) => entry.id === query.get('client_id'));
    const problem = redirectProblem(client, query.get('redirect_uri') ?? '');
    if (problem !== undefined) return authorizeErrorPage(problem);
    if (query.get('response_type') !== 'code') return authorizeErrorPage('response_type must be code');
    if (query.has('code_challenge') && query.get('code_challenge_method') !== 'S256') {
      return authorizeErrorPage('code_challenge_method must be S256');
    }
    return undefined;
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
    newCode(asked) {
      const code = tokens.secret();
      codes.set(code, {
        clientId: asked.get('client_id'),
        redirectUri: asked.get('redirect_uri'),
        scopes: scopesOf(asked),
        challenge: asked.get('code_challenge'),
        endsMs: now() + codeLifeMs,
      });
      return code;
    },
    answer(request, baseUrl) {
      switch (`${request.method} ${request.path}`) {
        case 'GET /authorize':
          return refuseToAuthorize(request.query);
        case 'POST /api/token':
          return token(request);
        case 'POST /oauth2/device/authorize':
          return devices.start(request.form, baseUrl);
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
function refuse(error: string, description = ''): DemoAnswer {
  return jsonAnswer(400, { error, ...(description === '' ? {} : { error_description: description }) });
}
