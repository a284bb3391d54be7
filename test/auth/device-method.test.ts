import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deviceMethod } from '../../src/auth/device-method.ts';
import { createCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { startSpotifyStandIn, type SpotifyStandIn } from '../stand-ins/spotify-stand-in.ts';
import { setUp, type SetUp } from './set-up.ts';
import { grant, startTokenService, type TokenReply, type TokenService } from './token-service.ts';

const signal = new AbortController().signal;

describe('at the stand-in of Spotify', () => {
  let spotify: SpotifyStandIn;
  let parts: SetUp;
  async function begin(client: Partial<typeof demoClient> = {}): Promise<void> {
    spotify = await startSpotifyStandIn({
      catalogue: createCatalogue([]),
      clients: [{ ...demoClient, ...client }],
      now: () => parts.time.now(),
    });
    parts = setUp({ spotify_client_id: demoClient.id, spotify_accounts_url: spotify.url });
  }
  afterEach(async () => {
    parts.secret(...spotify.secrets);
    await spotify.close();
    await parts.end();
  });

  test('Agree on the other device signs in, and the token can be renewed', async () => {
    await begin();
    const signing = deviceMethod.signIn(parts.deps, signal);
    const shown = await parts.person.sees('enter-code');
    expect(shown.qrCode.length).toBeGreaterThan(10);
    spotify.decideDevice(shown.userCode, 'agree');
    const token = await signing;
    expect(token).toMatchObject({ method: 'device', clientId: demoClient.id });
    expect(await deviceMethod.refresh(token, parts.deps, signal)).toMatchObject({ method: 'device' });
    expect(parts.person.withdrawn()).toBe(1);
  });

  test('Cancel on the other device ends it', async () => {
    await begin();
    const signing = parts.codeOf(deviceMethod.signIn(parts.deps, signal));
    spotify.decideDevice((await parts.person.sees('enter-code')).userCode, 'cancel');
    expect(await signing).toBe('sign-in-denied');
  });

  test('an app that is not on the list is told so, and offered pairing', async () => {
    await begin({ deviceGrant: false });
    const error: unknown = await deviceMethod.signIn(parts.deps, signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'device-grant-refused' });
    expect(error).toMatchObject({ fix: expect.stringContaining('pairing') as string });
  });
});

describe('polling', () => {
  let service: TokenService;
  let parts: SetUp;
  const codes = {
    device_code: 'the-device-code-SECRET',
    user_code: 'ABCDEFGH',
    verification_uri: 'https://spotify.example/pair',
    expires_in: 3599,
    interval: 5,
  };
  let replies: TokenReply[];
  const refused = (error: string): TokenReply => ({ status: 400, body: { error } });
  beforeEach(async () => {
    replies = [];
    service = await startTokenService(
      ({ form }, count) =>
        (form.has('grant_type') ? replies.shift() : undefined) ?? {
          body: form.has('grant_type') ? grant(count) : { ...codes, device_code: `DEVICE-${count}-SECRET` },
        },
    );
    parts = setUp({ spotify_accounts_url: service.url });
  });
  afterEach(async () => {
    await service.close();
    await parts.end();
  });

  test('waits the interval, five seconds more after slow_down', async () => {
    replies.push(refused('authorization_pending'), refused('slow_down'), refused('slow_down'));
    await deviceMethod.signIn(parts.deps, signal);
    expect(parts.time.slept).toEqual([5_000, 5_000, 10_000, 15_000]);
  });

  test('outlives busy answers, nonsense and torn connections, and asks less often', async () => {
    replies.push({ status: 503, body: 'busy' }, { body: '<html>' }, { body: 'x', torn: true });
    await deviceMethod.signIn(parts.deps, signal);
    expect(parts.time.slept).toEqual([5_000, 10_000, 20_000, 40_000]);
  });

  test.each(['expired_token', 'invalid_grant'])('after %s there is a new code', async (error) => {
    replies.push(refused(error));
    const token = await deviceMethod.signIn(parts.deps, signal);
    expect(token.accessToken).toBe('ACCESS-4-SECRET');
    expect(parts.person.events.filter(({ type }) => type === 'enter-code')).toHaveLength(2);
    expect(service.calls.map(({ form }) => form.get('device_code'))).toEqual([
      null,
      'DEVICE-1-SECRET',
      null,
      'DEVICE-3-SECRET',
    ]);
  });

  test('after three codes that nobody entered it ends', async () => {
    replies.push(refused('expired_token'), refused('expired_token'), refused('expired_token'));
    expect(await parts.codeOf(deviceMethod.signIn(parts.deps, signal))).toBe('sign-in-timeout');
  });

  test('tells how long the code is still good, more often towards the end', async () => {
    replies.push(...Array.from({ length: 720 }, () => refused('authorization_pending')));
    await deviceMethod.signIn(parts.deps, signal);
    const told = parts.person.events.flatMap((event) =>
      event.type === 'time-left' ? [event.leftMs / 60_000] : [],
    );
    expect(told).toEqual([30, 20, 10, 8, 6, 4, 3, 2, 1]);
  });

  test('Esc ends the wait, and Enter opens the browser', async () => {
    parts.person.plan({ type: 'open-browser' }, { type: 'pasted', text: 'x' }, { type: 'cancel' });
    expect(await parts.codeOf(deviceMethod.signIn(parts.deps, signal))).toBe('sign-in-cancelled');
    expect(parts.opened).toEqual([codes.verification_uri]);
  });

  test('Ctrl+C ends the wait', async () => {
    const cancel = new AbortController();
    const signing = parts.codeOf(deviceMethod.signIn(parts.deps, cancel.signal));
    await parts.person.sees('enter-code');
    cancel.abort();
    expect(await signing).toBe('sign-in-cancelled');
  });
});
