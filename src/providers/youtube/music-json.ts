/** Follows a path into parsed JSON; undefined where it ends early. */
export function at(node: unknown, ...path: readonly (string | number)[]): unknown {
  let here: unknown = node;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Readonly<Record<string | number, unknown>>)[step]; // an object: any step may be asked for
  }
  return here;
}

export function listOf(node: unknown): readonly unknown[] {
  return Array.isArray(node) ? node : [];
}

export function textOf(node: unknown): string | undefined {
  return typeof node === 'string' && node !== '' ? node : undefined;
}
