import { creditText, type ArtistCredit, type Recording, type Release } from './answers.ts';
import { creditsOf } from './credits.ts';
import { genresOf } from './genres.ts';
import type { Place } from './place-songs.ts';

/** Values of a property, and what they were read from: "release/ID". */
export interface Fact {
  readonly values: readonly string[];
  readonly source: string;
}

/** By TagLib's names of properties. */
export type Facts = ReadonlyMap<string, Fact>;

const variousArtists = '89ad4ac3-39f7-470e-963a-56509c546377';

/** What is known of a recording wherever it was released. Pure. */
export function factsOfRecording(recording: Recording, release?: Release): Facts {
  const facts = new Map<string, Fact>();
  const source = `recording/${recording.id}`;
  const add = adder(facts, source);
  const credit = recording['artist-credit'];
  add('MUSICBRAINZ_TRACKID', [recording.id]);
  add('MUSICBRAINZ_ARTISTID', idsOf(credit));
  for (const [name, values] of creditsOf(recording)) add(name, values);
  const group = release?.['release-group'];
  const artists = credit.flatMap(({ artist }) => (artist === undefined ? [] : [artist]));
  add('GENRE', genresOf([recording, ...(group === undefined ? [] : [group]), ...artists]));
  return facts;
}

/**
 * What is known of a release, and of a song's place on it: the same for all songs of an album but the place. The date and
 * the names of the album are only for songs without any. Pure.
 */
export function factsOfRelease(release: Release, place: Place | undefined): Facts {
  const facts = new Map<string, Fact>();
  const add = adder(facts, `release/${release.id}`);
  const group = release['release-group'];
  const credit = release['artist-credit'];
  const original = group?.['first-release-date'];
  add('MUSICBRAINZ_ALBUMID', [release.id]);
  add('MUSICBRAINZ_ALBUMARTISTID', idsOf(credit));
  add('MUSICBRAINZ_RELEASEGROUPID', [group?.id]);
  add('MUSICBRAINZ_RELEASETRACKID', [place?.trackId]);
  add('RELEASETYPE', lowerCase([group?.['primary-type'], ...(group?.['secondary-types'] ?? [])]));
  add('RELEASESTATUS', lowerCase([release.status]));
  add('RELEASECOUNTRY', [release.country]);
  add('ORIGINALDATE', [original]);
  add('ORIGINALYEAR', [original?.slice(0, 4)]);
  add('MEDIA', [place?.format]);
  const labels = release['label-info'].map(({ label }) => label?.name);
  add(
    'LABEL',
    labels.filter((name) => name !== '[no label]'),
  );
  add(
    'CATALOGNUMBER',
    release['label-info'].map((info) => info['catalog-number']).filter((text) => text !== '[none]'),
  );
  add('BARCODE', [release.barcode]);
  add('ALBUM', [release.title]);
  add('ALBUMARTIST', [creditText(credit)]);
  add('ALBUMARTISTS', credit.length > 1 ? credit.map(({ name }) => name) : []);
  add('COMPILATION', credit.some(({ artist }) => artist?.id === variousArtists) ? ['1'] : []);
  add('DATE', [release.date ?? original]);
  add('TRACKNUMBER', [place?.position === undefined ? undefined : `${place.position}/${place.trackTotal}`]);
  add('DISCNUMBER', [
    place === undefined || place.discTotal < 2 ? undefined : `${place.discNumber}/${place.discTotal}`,
  ]);
  return facts;
}

function adder(facts: Map<string, Fact>, source: string) {
  return (name: string, values: readonly (string | undefined)[]): void => {
    const known = values.filter((value) => value !== undefined && value !== '').map(String);
    if (known.length > 0) facts.set(name, { values: [...new Set(known)], source });
  };
}

function idsOf(credit: ArtistCredit): readonly (string | undefined)[] {
  return credit.map(({ artist }) => artist?.id);
}

function lowerCase(texts: readonly (string | undefined)[]): readonly (string | undefined)[] {
  return texts.map((text) => text?.toLowerCase());
}
