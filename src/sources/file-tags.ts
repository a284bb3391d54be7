import type { ICommonTagsResult } from 'music-metadata';
import { readIsrc } from '../tracks/isrc.ts';
import type { Track } from '../tracks/track.ts';
import { cleanText } from './clean-text.ts';
import { readDate, readNumber, readWhole } from './field-values.ts';
import { isRegularFile } from './read-file.ts';

/** What the tags of a sound file say; undefined where there is no such file, or its tags name no title. */
export async function readFileTags(path: string): Promise<Track | undefined> {
  // Whatever else a list names (a FIFO, a device) is never opened.
  if (!(await isRegularFile(path))) return undefined;
  const { parseFile } = await import('music-metadata');
  const file = await parseFile(path, { skipCovers: true }).catch(() => undefined);
  if (file === undefined) return undefined;
  const { duration = 0 } = file.format;
  return trackOfTags(file.common, Math.round(duration * 1000));
}

/** Pure. */
function trackOfTags(common: ICommonTagsResult, durationMs: number): Track | undefined {
  const track = cleanText(common.title ?? '');
  const names = texts(common.artists);
  const artists = names.length > 0 ? names : texts([common.artist]);
  if (track === '') return undefined;
  const [isrc, label] = [readIsrc(common.isrc?.[0] ?? ''), texts(common.label)[0]];
  const releaseDate = readDate(common.date ?? '') ?? readDate(String(common.year ?? ''));
  const albumArtists = texts([common.albumartist]);
  const genres = texts(common.genre);
  const composers = texts(common.composer);
  return {
    artists,
    artist: artists.join(', '),
    track,
    ...some('album', cleanText(common.album ?? '') || undefined),
    ...some('albumArtists', albumArtists.length === 0 ? undefined : albumArtists),
    ...some('releaseDate', releaseDate),
    ...some('durationMs', durationMs > 0 ? durationMs : undefined),
    ...some('trackNumber', count(common.track.no)),
    ...some('trackTotal', count(common.track.of)),
    ...some('discNumber', count(common.disk.no)),
    ...some('discTotal', count(common.disk.of)),
    ...some('isrc', isrc),
    ...some('genres', genres.length === 0 ? undefined : genres),
    ...some('label', label),
    ...some('copyright', cleanText(common.copyright ?? '') || undefined),
    ...some('tempo', readNumber(String(common.bpm ?? ''), 1, 999)),
    ...(composers.length === 0 ? {} : { extra: { COMPOSER: composers.join('; ') } }),
  };
}

const texts = (values: readonly (string | undefined)[] = []): readonly string[] =>
  values.map((value) => cleanText(value ?? '')).filter((value) => value !== '');

const count = (value: number | null): number | undefined => readWhole(String(value ?? ''), 1, 9999);

function some<K extends keyof Track>(key: K, value: Track[K] | undefined): Partial<Pick<Track, K>> {
  // A computed key of one name is the record of that name.
  return value === undefined ? {} : ({ [key]: value } as Partial<Pick<Track, K>>);
}
