import type { FactChange } from '../../tracks/fact-change.ts';
import type { Facts } from './facts-of.ts';
import type { Properties } from './song.ts';

/** What a file's tags say about its album. Where it names one, they are left alone, also what is missing of them. */
const ofAlbum = ['ALBUM', 'ALBUMARTIST', 'ALBUMARTISTS', 'COMPILATION', 'TRACKNUMBER', 'DISCNUMBER'];

/** Vorbis comments have these beside the usual names. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  LABEL: ['ORGANIZATION', 'PUBLISHER'],
  ORIGINALYEAR: ['ORIGINALDATE'],
};

/**
 * What of the facts goes into a file, as one change for each tag. A tag that is there stays as it is, whether a source, a
 * person or another program wrote it, with two exceptions: an id that MusicBrainz has merged into another one, and an
 * original date that is less exact ("1999" for "1999-06-21"). Pure.
 * @param merged the ids that were asked for, and what MusicBrainz calls them today
 */
export function changesFor(
  properties: Properties,
  facts: Facts,
  merged: ReadonlyMap<string, string>,
): readonly FactChange[] {
  const hasAlbum = isThere(properties, 'ALBUM');
  return [...facts].flatMap(([field, { values, source }]): FactChange[] => {
    if (hasAlbum && ofAlbum.includes(field)) return [];
    const before = properties[field] ?? [];
    const isMissing =
      !isThere(properties, field) && !(otherNames[field] ?? []).some((name) => isThere(properties, name));
    const isBetter = isMissing || isMerged(before, values, merged) || isMoreExact(field, before, values);
    return isBetter ? [{ field, before, after: values, source: `musicbrainz:${source}` }] : [];
  });
}

function isThere(properties: Properties, name: string): boolean {
  return (properties[name] ?? []).some((value) => value.trim() !== '');
}

function isMerged(
  before: readonly string[],
  after: readonly string[],
  merged: ReadonlyMap<string, string>,
): boolean {
  const today = before.map((id) => merged.get(id.toLowerCase()) ?? id);
  return today.join() !== before.join() && today.join() === after.join();
}

function isMoreExact(field: string, before: readonly string[], after: readonly string[]): boolean {
  const [old = '', now = ''] = [before[0], after[0]];
  return field === 'ORIGINALDATE' && old !== '' && now.length > old.length && now.startsWith(old);
}
