/** Settings that are read anew each time, unless somebody keeps to them. */
export interface HeldConfig<T> {
  readonly config: () => T;
  /** Reads them, and keeps to them from now on. */
  readonly hold: () => void;
  /** Keeps to them until what it gives is called: an edit in the middle of a download changes nothing of it. */
  readonly keep: () => () => void;
}

export function createHeldConfig<T extends object>(read: () => T): HeldConfig<T> {
  /** An object for each time, because two may keep to the same settings. */
  let held: { readonly settings: T } | undefined;
  return {
    config: () => held?.settings ?? read(),
    hold: () => void (held = { settings: read() }),
    keep() {
      if (held !== undefined) return () => undefined;
      const kept = (held = { settings: read() });
      return () => {
        // Somebody may hold others by now.
        if (held === kept) held = undefined;
      };
    },
  };
}
