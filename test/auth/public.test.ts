import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createAuthorizationCodeClient } from '../../src/auth/authorization-code-client.ts';
import { createDeviceClient } from '../../src/auth/device-client.ts';
import { codeChallenge } from '../../src/auth/pkce.ts';
import { pkceGrant } from '../../src/auth/pkce-grant.ts';
import { tokenSwapGrant } from '../../src/auth/token-swap-grant.ts';
import { createCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { startSpotifyStandIn } from '../stand-ins/spotify-stand-in.ts';
import { projectDir } from '../helpers/world.ts';
import { runReadmeExample } from './readme-example.ts';
import { setUp, type SetUp } from './set-up.ts';
import { grant, startTokenService, type TokenService } from './token-service.ts';

test("the readme's example signs in, from a git clone", async () => {
  const { output, exitCode, tokenFile } = await runReadmeExample(projectDir);
  expect(exitCode, output).toBe(0);
  expect(tokenFile).toMatchObject({ method: 'authorization-code', client_id: demoClient.id });
});

test('a checkout and the npm package name the same entry', () => {
  const manifest = z
    .object({ exports: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8')));
  expect(manifest.exports['./auth']).toBe('./src/auth/public.ts');
});

describe('a client in another program', () => {
  let parts: SetUp;
  let service: TokenService;
  beforeEach(async () => {
    parts = setUp();
    service = await startTokenService((_call, count) => ({ body: grant(count) }));
  });
  afterEach(async () => {
    await service.close();
    await parts.end();
  });

  test('without a secret signs in with PKCE: the verifier goes from the page to the exchange', async () => {
    const options = { clientId: 'id', env: {}, accountsUrl: service.url, deps: parts.deps };
    const client = createAuthorizationCodeClient({ ...options, grant: pkceGrant });
    const visit = await client.begin({ scope: 'a b' });
    const query = new URL(visit.url).searchParams;
    expect(query.get('code_challenge')).toBe(await codeChallenge(visit.codeVerifier ?? ''));
    expect(query.get('code_challenge_method')).toBe('S256');
    expect(query.get('state')).toBe(visit.state);
    await client.exchange('CODE-1-SECRET', visit);
    expect(service.calls[0]?.form.get('code_verifier')).toBe(visit.codeVerifier);
    expect(service.calls[0]?.form.get('redirect_uri')).toBe(visit.redirectUri);
    await client.refresh();
    expect(service.calls[1]?.form.get('client_id')).toBe('id');
    expect(await parts.codeOf(client.exchange('CODE-2-SECRET'))).toBe('token-refused');
    await client.close();
  });

  test('takes no answer where the program has lost its state, and may be closed twice', async () => {
    const client = createAuthorizationCodeClient({ clientId: 'id', env: {}, grant: pkceGrant });
    const answer = 'http://127.0.0.1:8888/callback?code=x&state=';
    expect(() => client.parseResponse(answer, '')).toThrow('has no state');
    await client.close();
    await client.close();
  });

  test('begins each sign-in with a state and a verifier of its own', async () => {
    const client = createAuthorizationCodeClient({ clientId: 'id', env: {}, grant: pkceGrant });
    const [one, other] = await Promise.all([client.begin(), client.begin()]);
    expect(one.state).not.toBe(other.state);
    expect(one.codeVerifier).not.toBe(other.codeVerifier);
    await client.close();
  });

  test('with a token-swap server sends the code there, and needs its addresses', async () => {
    const options = { clientId: 'id', env: {}, deps: parts.deps, grant: tokenSwapGrant };
    const tokenSwap = { swapUrl: `${service.url}/swap`, refreshUrl: `${service.url}/refresh` };
    const client = createAuthorizationCodeClient({ ...options, tokenSwap });
    await client.exchange('CODE-1-SECRET', await client.begin());
    await client.refresh();
    expect(service.calls.map(({ form }) => [...form.keys()])).toEqual([['code'], ['refresh_token']]);
    const without = async () => createAuthorizationCodeClient(options);
    expect(await parts.codeOf(without())).toBe('config-invalid');
  });

  test('is refused an address at which its secret could be overheard', async () => {
    const create = async () =>
      createAuthorizationCodeClient({ clientId: 'id', env: {}, accountsUrl: 'http://accounts.example.org' });
    expect(await parts.codeOf(create())).toBe('config-invalid');
  });

  test('signs in with a code on another device', async () => {
    const spotify = await startSpotifyStandIn({ catalogue: createCatalogue([]), deviceIntervalSeconds: 0 });
    parts.secret(...spotify.secrets);
    const options = { clientId: demoClient.id, env: {}, accountsUrl: spotify.url, deps: parts.deps };
    const client = createDeviceClient(options);
    const token = await client.signIn(({ userCode }) => void spotify.decideDevice(userCode, 'agree'));
    expect(token.method).toBe('device');
    expect(await client.accessToken()).toBe(token.accessToken);
    expect(await client.refresh()).not.toBe(token.accessToken);
    await client.close();
    await spotify.close();
  });
});
