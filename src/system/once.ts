export interface Once<T> {
  (): T;
  made(): boolean;
  /** The next use makes it anew. */
  forget(): void;
}

/** A part that is made at its first use and kept; one that failed is tried again. */
export function once<T>(make: () => T): Once<T> {
  let kept: { value: T } | undefined;
  const get = (): T => {
    kept ??= { value: make() };
    const { value } = kept;
    if (value instanceof Promise) value.catch(() => (kept = undefined));
    return value;
  };
  return Object.assign(get, { made: () => kept !== undefined, forget: () => void (kept = undefined) });
}
