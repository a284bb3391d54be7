import { HarmoniError } from '../errors.ts';
import { isWritableFolder } from '../system/files.ts';
import { failureOf } from '../tracks/outcome.ts';
import type { Ending } from './stage.ts';

/**
 * Runs what puts a file into its place. Where something is in the way of that one place, the track has failed and the
 * others go on; where the library itself cannot be written, the error is everybody's.
 */
export async function unlessBlocked(library: string, step: () => Promise<Ending>): Promise<Ending> {
  try {
    return await step();
  } catch (error) {
    const isPlace = error instanceof HarmoniError && error.code === 'output-not-writable';
    if (!isPlace || !(await isWritableFolder(library))) throw error;
    return { status: 'failed', failure: failureOf('publish', error) };
  }
}
