import { toHarmoniError, type HarmoniError } from '../errors.ts';
import type { TokenInfo } from './token-info.ts';
import type { TokenStore } from './token-store.ts';

export interface Held {
  readonly token: TokenInfo;
  /** Whether the store has it too. Where it has not, what the store holds is older. */
  readonly saved: boolean;
}

/** The token in memory, beside the one in the store. */
export interface HeldToken {
  /** What is held, or what the store has. */
  load(): Promise<Held | undefined>;
  take(token: TokenInfo, saved: boolean): void;
  /** In memory in any case, and in the store. Returns why it is not in the store. */
  keep(token: TokenInfo): Promise<HarmoniError | undefined>;
  forget(): void;
  /** Forgets it, and the store does. Whether the store had one. */
  clear(): Promise<boolean>;
}

export function createHeldToken(store: TokenStore): HeldToken {
  let held: Held | undefined;
  const take = (token: TokenInfo, saved: boolean): void => void (held = { token, saved });
  return {
    take,
    forget: () => void (held = undefined),
    async load() {
      if (held !== undefined) return held;
      const token = await store.load();
      held ??= token === undefined ? undefined : { token, saved: true };
      return held;
    },
    async keep(token) {
      take(token, false);
      try {
        await store.save(token);
        take(token, true);
        return undefined;
      } catch (error) {
        return toHarmoniError(error);
      }
    },
    clear() {
      held = undefined;
      return store.clear();
    },
  };
}
