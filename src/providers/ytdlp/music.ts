import { z } from 'zod';
import type { Music } from '../../tracks/upload.ts';

/** What yt-dlp does not know: in quotes from 2023.03.04, bare from the present releases. */
export const notAvailable = 'NA';

export const optionalText = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((text) => (text === notAvailable ? undefined : (text ?? undefined)));

/** The part of a line that says which song it is; the template is in arguments.ts. */
export const musicFields = {
  track: optionalText,
  artists: z
    .union([z.array(z.unknown()), z.string()])
    .nullish()
    .catch(undefined),
  album: optionalText,
  date: optionalText,
  year: z.number().nullish().catch(undefined),
};

type MusicLine = z.infer<z.ZodObject<typeof musicFields>>;

/**
 * The song, where the service says which one it is. Without a title the other fields are the uploader's: `release_date` is
 * then the day of a premiere. Pure.
 */
export function musicOf({ track = '', artists, album, date, year }: MusicLine): Music | undefined {
  if (track.trim() === '') return undefined;
  const released = releaseDateOf(date, year);
  return {
    track,
    artists: textsOf(artists),
    ...(album === undefined || album.trim() === '' ? {} : { album }),
    ...(released === undefined ? {} : { releaseDate: released }),
  };
}

/** A list, or one text as yt-dlp had it until 2024. Pure. */
export function textsOf(value: readonly unknown[] | string | null | undefined): readonly string[] {
  const all = typeof value === 'string' ? [value] : (value ?? []);
  return all
    .filter((one) => typeof one === 'string')
    .filter((one) => one.trim() !== '' && one !== notAvailable);
}

/** @param date YYYYMMDD */
function releaseDateOf(date = '', year: number | null | undefined): string | undefined {
  const [, ...parts] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  if (parts.length > 0) return parts.join('-');
  return Number.isInteger(year) && Number(year) > 0 ? String(year) : undefined;
}
