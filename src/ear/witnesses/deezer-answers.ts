import { z } from 'zod';
import { readIsrc } from '../../tracks/isrc.ts';

/** One copy of a recording at Deezer: the same may be on a single, an album and many compilations. */
export interface DeezerCopy {
  readonly id: string;
  /** As isrcCode writes it; empty where Deezer names none. */
  readonly isrc: string;
  readonly title: string;
  readonly artists: readonly string[];
  readonly lengthMs: number | undefined;
  /** The address of its preview, good for some minutes; empty where it has none. */
  readonly preview: string;
}

/** Anything may be missing, or be something else: only an id is asked for. */
const maybe = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);
const named = z.object({ name: z.string() });
const copyShape = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  isrc: maybe(z.string()),
  title: maybe(z.string()),
  artist: maybe(named),
  contributors: maybe(z.array(maybe(named))),
  /** In whole seconds. */
  duration: maybe(z.number().positive()),
  preview: maybe(z.string()),
  /** Of a copy that can't be heard here: one that can. */
  alternative: z.unknown().optional(),
});
const errorShape = z.object({ error: z.object({ code: z.number() }) });
const listShape = z.object({ data: z.array(z.unknown()) });

/** "Quota limit exceeded", and "busy". Deezer calls both 200. */
const busyCodes = new Set([4, 700]);
const noData = 800;

/** Whether an answer says that Deezer has too much to do. Pure. */
export function saysBusy(value: unknown): boolean {
  const error = errorShape.safeParse(value).data?.error;
  return error !== undefined && busyCodes.has(error.code);
}

/**
 * What an answer says: copies, with the other copies that they name; none for what Deezer doesn't have; `refused` for other
 * errors, and `unclear` for what isn't an answer of Deezer's. Pure.
 */
export function readAnswer(value: unknown): readonly DeezerCopy[] | 'refused' | 'unclear' {
  const error = errorShape.safeParse(value).data?.error;
  if (error !== undefined) return error.code === noData ? [] : 'refused';
  const listed = listShape.safeParse(value).data?.data;
  const copies = (listed ?? [value]).flatMap(copiesOf);
  return listed === undefined && copies.length === 0 ? 'unclear' : copies;
}

function copiesOf(value: unknown): readonly DeezerCopy[] {
  const copy = copyShape.safeParse(value).data;
  if (copy === undefined) return [];
  const { alternative, ...first } = copy;
  const other = copyShape.safeParse(alternative).data;
  return [first, ...(other === undefined ? [] : [other])].map(toCopy);
}

function toCopy(copy: Omit<z.output<typeof copyShape>, 'alternative'>): DeezerCopy {
  const { id, isrc = '', title = '', artist, contributors = [], duration, preview = '' } = copy;
  const names = [artist, ...contributors].flatMap((one) => one?.name ?? []);
  return {
    id,
    isrc: readIsrc(isrc) ?? '',
    title,
    artists: [...new Set(names)],
    lengthMs: duration === undefined ? undefined : duration * 1000,
    preview,
  };
}
