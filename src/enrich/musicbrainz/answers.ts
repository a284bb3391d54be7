import { z } from 'zod';

/**
 * What MusicBrainz answers (web service 2, fmt=json), as far as HARMONI uses it. Everything but an entity's id may be
 * missing, empty or of another type: then it is not known. Searches and lookups name some things differently. Pure.
 */

const text = z.string().min(1).optional().catch(undefined);
const anything = z.unknown().optional();
const whole = z.int().nonnegative().optional().catch(undefined);
/** "", "2018", "2018-05" or "2018-05-15". */
const date = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/)
  .optional()
  .catch(undefined);

/** A list without its elements that are something else. */
const listOf = <T extends z.ZodType>(element: T) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items) =>
      items.flatMap((item): z.output<T>[] => {
        const { data } = element.safeParse(item);
        return data === undefined ? [] : [data];
      }),
    );

const artistCredit = listOf(
  z.object({
    name: z.string(),
    joinphrase: z.string().catch(''),
    artist: z
      .object({ id: z.string(), name: text, genres: anything, tags: anything })
      .optional()
      .catch(undefined),
  }),
);
export type ArtistCredit = z.output<typeof artistCredit>;

const genre = z.object({ name: z.string().min(1), count: z.number().positive() });
export const genreList = listOf(genre);

const relation = z.object({
  type: z.string(),
  artist: z
    .object({ id: z.string(), name: z.string().min(1) })
    .optional()
    .catch(undefined),
  attributes: listOf(z.string()),
  work: z.object({ id: z.string(), title: text, relations: anything }).optional().catch(undefined),
});
export const relationList = listOf(relation);
export type Relation = z.output<typeof relation>;

const group = z.object({
  id: z.string(),
  title: text,
  'primary-type': text,
  'secondary-types': listOf(z.string()),
  'first-release-date': date,
  genres: anything,
  tags: anything,
});

const track = z.object({
  id: z.string(),
  number: text,
  position: whole,
  title: text,
  length: whole,
  recording: anything,
});

const medium = z.object({
  position: whole,
  format: text,
  'track-count': whole,
  'track-offset': whole,
  // In searches.
  track: listOf(track),
  // In lookups.
  tracks: listOf(track),
});

const release = z.object({
  id: z.string().min(1),
  title: z.string().catch(''),
  status: text,
  date,
  country: text,
  barcode: text,
  'track-count': whole,
  'artist-credit': artistCredit,
  'release-group': group.optional().catch(undefined),
  media: listOf(medium),
  'label-info': listOf(
    z.object({
      'catalog-number': text,
      label: z.object({ name: text }).optional().catch(undefined),
    }),
  ),
});
export type Release = z.output<typeof release>;
export type Medium = Release['media'][number];

const recording = z.object({
  id: z.string().min(1),
  title: z.string().catch(''),
  /** ms */
  length: whole,
  disambiguation: z.string().catch(''),
  video: z.boolean().nullish().catch(null),
  isrcs: listOf(z.string()),
  'first-release-date': date,
  'artist-credit': artistCredit,
  releases: listOf(release),
  genres: anything,
  tags: anything,
  relations: relationList,
});
export type Recording = z.output<typeof recording>;

const searched = z.object({ count: z.number().catch(0), recordings: z.array(z.unknown()).catch([]) });

/** The recordings of a search as they came, and how many there are in all. */
export function parseSearch(answer: unknown): {
  readonly count: number;
  readonly recordings: readonly unknown[];
} {
  return searched.safeParse(answer).data ?? { count: 0, recordings: [] };
}

/** undefined where it has no id. */
export function parseRecording(answer: unknown): Recording | undefined {
  return recording.safeParse(answer).data;
}

export function parseRelease(answer: unknown): Release | undefined {
  return release.safeParse(answer).data;
}

/** The tracks of a medium, whichever way they came. */
export function tracksOf(medium: Medium): Medium['tracks'] {
  return medium.tracks.length > 0 ? medium.tracks : medium.track;
}

/** The artists as MusicBrainz shows them: "Skee Mask feat. Zenker Brothers". */
export function creditText(credit: ArtistCredit): string {
  return credit
    .map(({ name, joinphrase }) => `${name}${joinphrase}`)
    .join('')
    .trim();
}
