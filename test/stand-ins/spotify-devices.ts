import { randomInt } from 'node:crypto';
import type { Approval } from '../../src/demo/spotify-accounts.ts';
import { jsonAnswer, type DemoAnswer } from '../../src/demo/spotify-exchange.ts';
import { scopesOf, type DemoClient } from './spotify-clients.ts';
import { donePage, pairConsentPage, pairPage } from './spotify-pages.ts';
import type { TestTokens } from './spotify-tokens.ts';

export interface DevicesOptions {
  readonly clients: readonly DemoClient[];
  readonly tokens: TestTokens;
  readonly now: () => number;
  /** Asked at each sign-in. */
  readonly approval: () => Approval;
  /** The scopes that are granted of those that were asked for. */
  readonly grantScopes: (asked: readonly string[]) => readonly string[];
  /** Seconds between two polls of the device grant; 0 never says slow_down. */
  readonly deviceIntervalSeconds: number;
}

/** The device grant (RFC 8628): Spotify has it for few clients, and documents it for none. */
export interface Devices {
  /** @param baseUrl where the page is that the code is typed on */
  start(form: URLSearchParams, baseUrl: string): DemoAnswer;
  poll(deviceCode: string, client: DemoClient): DemoAnswer;
  showPage(userCode: string): DemoAnswer;
  pressButton(form: URLSearchParams): DemoAnswer;
  /** What the person at the other machine does. False when there is no such code. */
  decide(userCode: string, decision: 'agree' | 'cancel'): boolean;
}

interface Device {
  readonly userCode: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly endsMs: number;
  intervalMs: number;
  polledMs: number;
  decision?: 'agree' | 'cancel';
}

const lifeSeconds = 3_599;

export function createDevices(options: DevicesOptions): Devices {
  const { clients, tokens, now } = options;
  const devices = new Map<string, Device>();
  const withCode = (userCode: string): Device | undefined =>
    [...devices.values()].find((device) => device.userCode === userCode.trim().toUpperCase());
  const refuse = (error: string): DemoAnswer => jsonAnswer(400, { error });

  function decide(userCode: string, decision: 'agree' | 'cancel'): boolean {
    const device = withCode(userCode);
    if (device !== undefined) device.decision = decision;
    return device !== undefined;
  }

  return {
    decide,
    start(form, baseUrl) {
      const client = clients.find((entry) => entry.id === form.get('client_id'));
      if (client === undefined) return refuse('invalid_client');
      if (client.deviceGrant !== true) return refuse('unauthorized_client');
      const deviceCode = tokens.secret();
      const userCode = Array.from({ length: 8 }, () => 'BCDFGHJKLMNPQRSTVWXZ'.charAt(randomInt(20))).join('');
      const approval = options.approval();
      devices.set(deviceCode, {
        userCode,
        clientId: client.id,
        scopes: options.grantScopes(scopesOf(form)),
        endsMs: now() + lifeSeconds * 1_000,
        intervalMs: options.deviceIntervalSeconds * 1_000,
        polledMs: -Infinity,
        ...(approval === 'ask' ? {} : { decision: approval }),
      });
      const page = `${baseUrl}/pair`;
      return jsonAnswer(200, {
        device_code: deviceCode,
        user_code: userCode,
        verification_uri: page,
        verification_uri_complete: `${page}?code=${userCode}`,
        expires_in: lifeSeconds,
        interval: options.deviceIntervalSeconds,
      });
    },
    poll(deviceCode, client) {
      const device = devices.get(deviceCode);
      if (device === undefined || device.clientId !== client.id) return refuse('invalid_grant');
      if (device.endsMs <= now()) return refuse('expired_token');
      const sinceMs = now() - device.polledMs;
      device.polledMs = now();
      if (sinceMs < device.intervalMs) {
        // RFC 8628, 3.5: from now on five seconds more.
        device.intervalMs += 5_000;
        return refuse('slow_down');
      }
      if (device.decision === undefined) return refuse('authorization_pending');
      devices.delete(deviceCode);
      if (device.decision === 'cancel') return refuse('access_denied');
      return jsonAnswer(200, tokens.issue({ clientId: client.id, scopes: device.scopes, isPublic: true }));
    },
    showPage(userCode) {
      if (userCode === '') return pairPage('');
      const device = withCode(userCode);
      if (device === undefined) return pairPage(userCode, 'There is no device with this code.');
      return pairConsentPage(
        clients.find((entry) => entry.id === device.clientId)?.name ?? 'A device',
        userCode,
      );
    },
    pressButton(form) {
      const decision = form.get('decision') === 'agree' ? 'agree' : 'cancel';
      const found = decide(form.get('request') ?? '', decision);
      if (!found) return pairPage('', 'There is no device with this code.');
      return donePage(decision === 'agree' ? 'The device is connected.' : 'The device is not connected.');
    },
  };
}
