import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createNetworkLimit } from '../../src/auth-server/network-limit.ts';
import { networksOf } from '../../src/auth-server/networks.ts';
import { createPairings, type Pairings } from '../../src/auth-server/pairings.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { proxyUrl, setUpServer, type ServerSetUp } from './set-up.ts';

test.each([
  ['192.0.2.1', ['ipv4 192.0.2.1/32', 'ipv4 192.0.2/24', 'ipv4 192.0/16']],
  ['::ffff:192.0.2.1', ['ipv4 192.0.2.1/32', 'ipv4 192.0.2/24', 'ipv4 192.0/16']],
  [
    '2001:DB8:1:2ff::9',
    [
      'ipv6 32.1.13.184.0.1.2.255/64',
      'ipv6 32.1.13.184.0.1.2/56',
      'ipv6 32.1.13.184.0.1/48',
      'ipv6 32.1.13.184/32',
    ],
  ],
  [
    'fe80::1%eth0',
    [
      'ipv6 254.128.0.0.0.0.0.0/64',
      'ipv6 254.128.0.0.0.0.0/56',
      'ipv6 254.128.0.0.0.0/48',
      'ipv6 254.128.0.0/32',
    ],
  ],
  ['::1', ['ipv6 0.0.0.0.0.0.0.0/64', 'ipv6 0.0.0.0.0.0.0/56', 'ipv6 0.0.0.0.0.0/48', 'ipv6 0.0.0.0/32']],
  ['unknown', ['text unknown']],
])('the address %s belongs to %j', (address, keys) => {
  expect(networksOf(address).map(({ key }) => key)).toEqual(keys);
});

const hex = (value: number): string => Math.floor(value).toString(16);
/** Of one /48, a new /64 each time. */
const ofOneSite = (index: number): string => `2001:db8:1:${hex(index % 65_536)}::${hex(index)}`;

describe('a limit', () => {
  const limit = (most: Parameters<typeof createNetworkLimit>[0]['most'], now = () => 0) =>
    createNetworkLimit({ most, windowMs: 60_000, now });

  test('counts a /56 and a /48, whatever address of them is used', () => {
    const starts = limit({ household: 10, site: 20 });
    const admitted = Array.from({ length: 256 }, (_, index) => starts.admit(ofOneSite(index)));
    expect(admitted.filter(Boolean)).toHaveLength(10);
    const wide = Array.from({ length: 65_536 }, (_, index) => starts.admit(`2001:db8:2:${hex(index)}::1`));
    expect(wide.filter(Boolean)).toHaveLength(20);
    expect(starts.admit('2001:db8:3::1')).toBe(true);
  });

  test('counts a /24', () => {
    const starts = limit({ site: 20 });
    const admitted = Array.from({ length: 256 }, (_, index) => starts.admit(`198.51.100.${index}`));
    expect(admitted.filter(Boolean)).toHaveLength(20);
    expect(starts.admit('198.51.101.1')).toBe(true);
  });

  test('admits again in the next window', () => {
    let now = 0;
    const starts = limit({ address: 1 }, () => now);
    expect([starts.admit('192.0.2.1'), starts.admit('192.0.2.1')]).toEqual([true, false]);
    now = 60_000;
    expect(starts.admit('192.0.2.1')).toBe(true);
  });

  test('keeps a bounded number of counters', () => {
    const starts = limit({ address: 1 });
    for (let index = 0; index < 120_000; index += 1)
      starts.admit(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
    expect(starts.size).toBeLessThanOrEqual(50_000);
  });
});

describe('pairings', () => {
  function set(): { pairings: Pairings; pass: (ms: number) => void } {
    let now = 0;
    return {
      pairings: createPairings({ now: () => now, randomBytes }),
      pass: (ms) => void (now += ms),
    };
  }

  test('of one network give way to its newest alone, those that nobody entered first', () => {
    const { pairings } = set();
    const stranger = pairings.start('203.0.113.7');
    const first = pairings.start(ofOneSite(0));
    expect(pairings.enter(first.userCode, 'browser')).toBeDefined();
    const second = pairings.start(ofOneSite(0));
    for (let index = 0; index < 100; index += 1) pairings.start(ofOneSite(0));
    expect(pairings.size).toBe(1 + 10);
    expect(pairings.poll(first.deviceCode)).toMatchObject({ error: 'authorization_pending' });
    expect(pairings.poll(second.deviceCode)).toMatchObject({ error: 'invalid_grant' });
    expect(pairings.enter(stranger.userCode, 'browser')).toBeDefined();
  });

  test(
    `of a stranger come to their end during 100,000 hostile starts (seed ${testSeed})`,
    { timeout: 60_000 },
    () => {
      const random = createRandom(testSeed);
      const below = (limit: number): number => random.between(0, limit - 1);
      const { pairings, pass } = set();
      const hostile = (index: number): string =>
        index % 3 === 0
          ? ofOneSite(below(65_536))
          : index % 3 === 1
            ? // A provider's worth of sites, and a rented handful of IPv4 networks.
              `2001:db8:${hex(below(65_536))}:${hex(below(65_536))}::1`
            : `${100 + below(4)}.${below(4)}.${below(256)}.${below(256)}`;
      let waiting: { code: string; device: string; sinceStart: number } | undefined;
      let paired = 0;
      let most = 0;
      for (let index = 0; index < 100_000; index += 1) {
        const { userCode } = pairings.start(hostile(index));
        // Some of the attacker's browsers enter their own codes.
        if (index % 7 === 0) pairings.enter(userCode, 'hostile');
        pass(5);
        most = Math.max(most, pairings.size);
        if (waiting === undefined) {
          const { userCode: code, deviceCode: device } = pairings.start('203.0.113.7');
          waiting = { code, device, sinceStart: index };
        } else if (index - waiting.sinceStart > 5_000) {
          const visit = pairings.enter(waiting.code, 'phone');
          visit?.conclude({ type: 'refused', error: 'access_denied' });
          if (pairings.poll(waiting.device).type === 'refused' && visit !== undefined) paired += 1;
          waiting = undefined;
        }
      }
      expect(paired).toBeGreaterThanOrEqual(19);
      expect(most).toBeLessThanOrEqual(2_000);
    },
  );
});

describe('over HTTP', () => {
  let world: ServerSetUp;
  afterEach(() => world.end());

  test('who has a /48 fills nothing, and a stranger pairs', { timeout: 60_000 }, async () => {
    world = await setUpServer({ publicUrl: proxyUrl });
    const statuses = new Map<number, number>();
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const answer = await world.ask('/pair/start', {}, ofOneSite(round * 50 + index));
          await answer.text();
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        }),
      );
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 20, 429: 980 });
    const box = await world.startBox('203.0.113.7');
    const { location, cookie } = await world.enterCode(box.userCode, '203.0.113.7');
    await (await world.ask(await world.agree(location), undefined, '203.0.113.7', cookie)).text();
    expect((await world.poll(box.deviceCode, '203.0.113.7')).status).toBe(200);
    expect(world.server.waiting()).toBe(20);
  });

  test('a guesser with a /48 has forty tries in ten minutes', async () => {
    world = await setUpServer({ publicUrl: proxyUrl });
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const answer = await world.ask('/pair', { code: 'AAAAAA' }, `2001:db8:1:${hex(index * 64)}::1`);
        await answer.text();
        return answer.status;
      }),
    );
    expect(statuses.filter((status) => status === 400)).toHaveLength(40);
    expect(statuses.filter((status) => status === 429)).toHaveLength(160);
  });

  test('the log of many requests is bounded', async () => {
    world = await setUpServer({ publicUrl: proxyUrl });
    for (let index = 0; index < 300; index += 1)
      await (await world.ask('/healthz', undefined, `10.${index >> 8}.${index & 255}.1`)).text();
    const lines = world.parts
      .logText()
      .split('\n')
      .filter((line) => line.includes('"info"'));
    expect(lines.length).toBeLessThanOrEqual(120);
    expect(statSync(join(world.parts.folder, 'app.log')).size).toBeGreaterThan(0);
  });
});
