import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A short name for what something was made of. */
export function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

/** Bytes that were made before from the same, or are made now. */
export async function cached(
  folder: string,
  parts: readonly unknown[],
  make: () => Promise<Uint8Array>,
): Promise<Buffer> {
  const path = placeOf(folder, parts);
  if (existsSync(path)) return readFileSync(path);
  const bytes = await make();
  writeFileSync(`${path}.partial`, bytes);
  renameSync(`${path}.partial`, path);
  return Buffer.from(bytes);
}

export function placeOf(folder: string, parts: readonly unknown[]): string {
  const home = join(folder, 'made');
  mkdirSync(home, { recursive: true });
  return join(home, hashOf(parts));
}
