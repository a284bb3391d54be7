import { z } from 'zod';
import type { Searches } from '../history/searches.ts';
import type { Candidate } from './candidate.ts';
import type { Finder } from './match.ts';

// What is stored was a Candidate when it was written; only its frame is checked again.
const candidates = z.array(
  z.custom<Candidate>(
    (value) => z.object({ media: z.object({ id: z.string() }), title: z.string() }).safeParse(value).success,
  ),
);

/** A cache that fails costs a request; whether the store is fit for work is said where it is needed. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** A Finder that remembers its answers for a time. Empty answers are not kept: they are often a passing fault. */
export function createCachedFinder(finder: Finder, searches: Searches): Finder {
  const { name } = finder;
  return {
    name,
    searches: finder.searches,
    async search(kind, query, signal) {
      const kept = candidates.safeParse(quietly(() => searches.load(name, kind, query)));
      if (kept.success) return kept.data;
      const found = await finder.search(kind, query, signal);
      if (found.length > 0) quietly(() => searches.save(name, kind, query, found));
      return found;
    },
  };
}
