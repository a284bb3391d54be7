import type { Shown } from '../library/enrich/find-tags.ts';
import { nameOf } from '../library/songs.ts';
import { songs } from '../tracks/song-count.ts';
import type { ToneLine } from '../ui/prompter.ts';

const sources: Readonly<Record<string, string>> = {
  playlist: 'your playlists',
  musicbrainz: 'MusicBrainz',
  coverart: 'the Cover Art Archive',
  measured: 'measured',
  lrclib: 'LRCLIB',
};

/** "MusicBrainz", of "musicbrainz:release/ID". Pure. */
export function sourceName(source: string): string {
  const [name = source] = source.split(':');
  return sources[name] ?? name;
}

const mostFields = 24;
const mostLetters = 40;

/** What would be written: each tag with its number of songs, and the first of them as an example. Pure. */
export function enrichLines(found: readonly Shown[]): readonly ToneLine[] {
  const rows = found.flatMap(({ song, changes, cover, lrc }) => [
    ...changes.map(({ field, before, after, source }) => {
      const old = before.length === 0 ? '' : `${short(before)} -> `;
      return { field, text: `${nameOf(song)}: ${old}${short(after)} (${sourceName(source)})` };
    }),
    ...(cover === undefined
      ? []
      : [{ field: 'COVER', text: `${nameOf(song)} (${sourceName(cover.source)})` }]),
    ...(lrc === undefined ? [] : [{ field: 'LRC FILE', text: `${nameOf(song)} (${sourceName('lrclib')})` }]),
  ]);
  const fields = [...Map.groupBy(rows, ({ field }) => field)].toSorted(([, a], [, b]) => b.length - a.length);
  const shown = fields
    .slice(0, mostFields)
    .flatMap(([field, ofField]): ToneLine[] => [
      { text: `  ${field.toLowerCase().replaceAll('_', ' ')}: ${songs(ofField.length)}` },
      { text: `    ${ofField[0]?.text ?? ''}`, tone: 'dim' },
    ]);
  const more = fields.length - mostFields;
  return more > 0 ? [...shown, { text: `  and ${more} more tags` }] : shown;
}

function short(values: readonly string[]): string {
  const text = values.join('; ').replaceAll(/\s+/g, ' ');
  return text.length > mostLetters ? `${text.slice(0, mostLetters)}...` : text;
}
