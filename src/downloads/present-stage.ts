import { findPresent, type PresenceParts } from './already-there.ts';
import type { JobParts } from './job-parts.ts';
import { takeKept } from './kept.ts';
import type { StageResult } from './stage.ts';
import type { Work } from './work.ts';

/** How often a song is asked for again that somebody else works on. */
const pollMs = 500;

/** Present already, somebody else's for now, fetched before the job was stopped, or to be matched. */
export async function present(
  work: Work,
  parts: PresenceParts & Pick<JobParts, 'job'>,
): Promise<StageResult> {
  const outcome = await findPresent(parts, work);
  if (outcome !== undefined) return { outcome };
  // Another HARMONI, or an earlier row of this job, has the track: it will be there soon, or free again.
  if (!parts.store.claims.take(work.keys)) return { againInMs: pollMs };
  const kept = await takeKept(parts, work);
  if (kept !== undefined) {
    const { downloaded, ...decision } = kept;
    Object.assign(work, decision, { made: { downloaded } });
  }
  return 'next';
}
