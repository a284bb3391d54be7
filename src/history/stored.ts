import { z } from 'zod';
import { HarmoniError } from '../errors.ts';
import { parseMedia, type Media } from '../tracks/media.ts';
import type { FailedUpload, Failure, TrackOutcome } from '../tracks/outcome.ts';
import type { SkippedRow, Track } from '../tracks/track.ts';

/** Reads a JSON column. @throws HarmoniError store-broken when it is not what was once written */
export function parseStored<T>(schema: z.ZodType<T>, column: unknown): T {
  return orBroken(() => schema.parse(JSON.parse(String(column))));
}

/** Reads a column that is a value by itself. @throws HarmoniError store-broken as well */
export function checkStored<T>(schema: z.ZodType<T>, column: unknown): T {
  return orBroken(() => schema.parse(column));
}

function orBroken<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new HarmoniError('store-broken', 'data/harmoni.db holds a row that HARMONI did not write.', {
      cause,
    });
  }
}

/** A column that holds a media's text form; undefined where it is NULL. */
export function mediaFrom(column: unknown): Media | undefined {
  return typeof column === 'string' ? parseMedia(column) : undefined;
}

/** A value that was of type T when HARMONI wrote it: only its frame is checked again. */
function written<T>(frame: z.ZodType): z.ZodType<T> {
  return z.custom<T>((value) => frame.safeParse(value).success);
}

export const storedTrack = written<Track>(z.object({ track: z.string(), artists: z.array(z.string()) }));
export const storedOutcome = written<TrackOutcome>(z.object({ track: z.string(), status: z.string() }));
export const storedFailure = written<Failure>(z.object({ code: z.string(), message: z.string() }));
export const storedUploads = written<readonly FailedUpload[]>(
  z.array(z.object({ media: z.object({ id: z.string() }), message: z.string() })),
);
export const storedSkipped = written<readonly SkippedRow[]>(z.array(z.object({ row: z.number() })));
