import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../system/files.ts';

const factsSchema = z.object({
  version: z.string(),
  /** What HARMONI needs and this build has not. */
  lacks: z.array(z.string()),
});
/** What a program said of itself. */
export type ToolFacts = z.output<typeof factsSchema>;

const cacheSchema = z.record(z.string(), factsSchema.extend({ stamp: z.string() }));

/** Remembers what the programs said of themselves, so that a start need not run them (0.3 to 0.8 s each). */
export interface VersionCache {
  /** `stamp` tells the file's state: its time of change and its size. */
  read(path: string, stamp: string): ToolFacts | undefined;
  write(path: string, stamp: string, facts: ToolFacts): Promise<void>;
}

/** The cache in `versions.json` of the tools folder. A file that cannot be read or written is no failure. */
export function openVersionCache(toolsDir: string): VersionCache {
  const file = join(toolsDir, 'versions.json');
  const load = (): z.output<typeof cacheSchema> => {
    try {
      return cacheSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return {};
    }
  };
  return {
    read(path, stamp) {
      const known = load()[path];
      return known?.stamp === stamp ? { version: known.version, lacks: known.lacks } : undefined;
    },
    async write(path, stamp, facts) {
      const all = { ...load(), [path]: { ...facts, stamp } };
      await writeFileAtomic(file, `${JSON.stringify(all, null, 2)}\n`).catch(() => undefined);
    },
  };
}
