import type { WorkSignal } from '../system/work-signal.ts';
import type { Output } from '../ui/output.ts';
import { readStatus, type StatusParts } from '../views/spotify-status.ts';

export interface StatusCommandParts extends StatusParts {
  readonly output: Output;
  readonly beginWork: () => WorkSignal;
}

/** Who asks for a status wants it now, also where the network is gone. */
const waitMs = 10_000;

/** harmoni status: who is signed in, and until when. Returns the exit code: 4 when nobody is. */
export async function runStatus(parts: StatusCommandParts): Promise<number> {
  const work = parts.beginWork();
  try {
    const signal = AbortSignal.any([work.signal, AbortSignal.timeout(waitMs)]);
    const { status, lines } = await readStatus(parts, signal);
    work.signal.throwIfAborted();
    parts.output.lines(lines);
    parts.output.document(status);
    return status.signedIn ? 0 : 4;
  } finally {
    work.done();
  }
}
