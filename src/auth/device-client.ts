import { createClientDeps, type ClientOptions } from './client-deps.ts';
import { deviceMethod } from './device-method.ts';
import { keptToken, type KeptToken, type KeptTokenOptions } from './kept-token.ts';
import type { SignInEvent } from './sign-in-method.ts';
import type { TokenInfo } from './token-info.ts';

/** A code that a person enters on another device (RFC 8628, 3.3). */
export type CodeToEnter = Extract<SignInEvent, { readonly type: 'enter-code' }>;

/** The device grant, to be built into another program. Spotify has it only for apps on its own list. */
export interface DeviceClient extends KeptToken {
  /**
   * Shows a code, and a new one when it expires, until the person is done. The token is kept.
   * Throws device-grant-refused, sign-in-denied, sign-in-timeout, sign-in-cancelled, client-refused, network-*.
   */
  signIn(show: (code: CodeToEnter) => void, signal?: AbortSignal): Promise<TokenInfo>;
  close(): Promise<void>;
}

const never = new AbortController().signal;

export function createDeviceClient(options: ClientOptions & KeptTokenOptions = {}): DeviceClient {
  const deps = createClientDeps(options);
  const kept = keptToken(deviceMethod, options, deps);
  return {
    refresh: (signal) => kept.refresh(signal),
    accessToken: (signal) => kept.accessToken(signal),
    async signIn(show, signal = never) {
      const screen = {
        show: (event: SignInEvent) => event.type === 'enter-code' && show(event),
        answer: async () => ({ type: 'none' }) as const,
      };
      const person = { screen, openBrowser: async () => false, inContainer: () => false };
      return kept.keep(await deviceMethod.signIn({ ...deps, ...person }, signal));
    },
    close: () => deps.close(),
  };
}
