/**
 * Adds properties that are made whenever they are read.
 * @param makers what makes each of them
 */
export function withGetters<A extends object, B extends object>(
  object: A,
  makers: { readonly [K in keyof B]: () => B[K] },
): A & Readonly<B> {
  const getters = Object.entries<() => unknown>(makers).map(
    ([name, get]) => [name, { get, enumerable: true }] as const,
  );
  // The makers have every key of B, and each returns what B says.
  return Object.defineProperties(object, Object.fromEntries(getters)) as A & B;
}
