import type { FastifyInstance, FastifyReply } from 'fastify';
import type { TokenGrant, TokenGranted, TokenRefused } from '../auth/token-answer.ts';
import type { AuthServerSettings } from './settings.ts';
import type { SpotifyTokens } from './spotify-tokens.ts';

const secretText = { type: 'string', minLength: 1, maxLength: 3_000, pattern: '^[\\x21-\\x7e]+$' };

/**
 * Token Swap and Refresh, as Spotify's iOS guide and the TokenSwap clients of SpotifyAPI-NET know it. A form or JSON
 * comes in; JSON goes out.
 */
export function addTokenRoutes(
  app: FastifyInstance,
  settings: AuthServerSettings,
  tokens: SpotifyTokens,
): void {
  app.post<{ Body: { code: string; redirect_uri?: string } }>(
    '/swap',
    {
      config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
      schema: {
        body: {
          type: 'object',
          required: ['code'],
          properties: { code: secretText, redirect_uri: { type: 'string', maxLength: 2_000 } },
        },
      },
    },
    async ({ body }, reply) => {
      // Without a secret a code comes with PKCE, whose verifier such clients do not send.
      if (settings.clientSecret === '') return refuse(reply, 400, 'unauthorized_client');
      const redirectUri = body.redirect_uri ?? settings.redirectUris[0] ?? '';
      if (!settings.redirectUris.includes(redirectUri)) return refuse(reply, 400, 'invalid_request');
      return relay(reply, tokens.exchange({ code: body.code, redirectUri }));
    },
  );

  app.post<{ Body: { refresh_token: string } }>(
    '/refresh',
    {
      config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
      schema: {
        body: { type: 'object', required: ['refresh_token'], properties: { refresh_token: secretText } },
      },
    },
    ({ body }, reply) => relay(reply, tokens.refresh(body.refresh_token)),
  );
}

/** Only what a token response has (RFC 6749, 5.1), whatever Spotify may add to it. */
export function grantBody(grant: TokenGrant): Record<string, unknown> {
  return {
    access_token: grant.access_token,
    token_type: grant.token_type,
    expires_in: grant.expires_in,
    ...(typeof grant.refresh_token === 'string' ? { refresh_token: grant.refresh_token } : {}),
    ...(typeof grant.scope === 'string' ? { scope: grant.scope } : {}),
  };
}

/** An error response (RFC 6749, 5.2). */
export function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ error });
}

/** Spotify's answer as it is; 503 when Spotify itself gave none. */
async function relay(
  reply: FastifyReply,
  asking: Promise<TokenGranted | TokenRefused>,
): Promise<FastifyReply> {
  const answer = await asking.catch(() => undefined);
  if (answer === undefined) return refuse(reply, 503, 'temporarily_unavailable');
  if (answer.type === 'refused') return refuse(reply, answer.status, answer.error);
  return reply.send(grantBody(answer.grant));
}
