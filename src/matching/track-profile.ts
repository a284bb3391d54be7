import { readTitle } from '../tracks/title-parts.ts';
import type { Track } from '../tracks/track.ts';
import { findVersions, type Version } from '../tracks/version-words.ts';
import type { VersionKind } from '../tracks/version-table.ts';
import { foldWords } from '../tracks/fold.ts';
import { albumKinds } from './version-costs.ts';
import { joined, toWords, wordsFor, weightOf, type Word } from './words.ts';

/** A name to look for: its words, and the same as one text. */
export interface Name {
  readonly text: string;
  readonly words: readonly Word[];
  readonly joined: string;
  readonly weight: number;
}

/** What the matcher looks for, worked out once for all candidates of a track. */
export interface TrackProfile {
  readonly track: Track;
  /** The title with its subtitle, and the part that every spelling has. */
  readonly title: Name;
  readonly core: Name;
  readonly versions: readonly Version[];
  /** Versions that only the album speaks of: allowed, not asked for. */
  readonly albumVersions: ReadonlySet<VersionKind>;
  /** The main artist first. */
  readonly artists: readonly Name[];
  /** The title itself names guests. */
  readonly creditsGuests: boolean;
  /** The same cut at "&", "and", " - " and the like; names of ensembles often stand differently. */
  readonly artistPieces: readonly Name[];
  readonly album: Name | undefined;
}

const pieceSeparators = /\s*(?:,|;|&|\+|\/|\s-\s|\s(?:and|x|with|feat\.?|ft\.?|vs\.?)\s)\s*/iu;
const editionWords =
  /[([](?:[^()[\]]*\b(?:deluxe|edition|remaster(?:ed)?|expanded|bonus|version|explicit|disc|anniversary)\b[^()[\]]*)[)\]]|\bdisc \d+\b/giu;

/** Prepares a track for scoring. */
export function profileTrack(track: Track): TrackProfile {
  const parts = readTitle(track.track);
  const artists = [...track.artists, ...parts.featuring]
    .map(nameOf)
    .filter((name) => name.joined !== '' && !isNobody(name));
  return {
    track,
    title: nameFrom(track.track, toWords(parts.name)),
    core: nameFrom(track.track, toWords(parts.core)),
    versions: parts.versions,
    albumVersions: new Set(
      findVersions(foldWords(track.album ?? '')).flatMap(({ kind }) => (albumKinds.has(kind) ? [kind] : [])),
    ),
    artists,
    creditsGuests: parts.featuring.length > 0,
    artistPieces: artists.flatMap((artist) => {
      const pieces = artist.text.split(pieceSeparators).filter((piece) => piece !== '');
      return pieces.length > 1 ? pieces.map(nameOf) : [];
    }),
    album: track.album === undefined || track.album.trim() === '' ? undefined : albumName(track.album),
  };
}

/** The name of an album without what tells editions apart. */
export function albumName(album: string): Name {
  const plain = album.replace(editionWords, ' ').trim();
  return nameOf(plain === '' ? album : plain);
}

export function nameOf(text: string): Name {
  const words = wordsFor(text);
  return nameFrom(text, words.length > 1 && words[0]?.latin === 'the' ? words.slice(1) : words);
}

function nameFrom(text: string, words: readonly Word[]): Name {
  return { text, words, joined: joined(words), weight: weightOf(words) };
}

const nobodies = new Set([
  'variousartists',
  'various',
  'unknownartist',
  'unknown',
  'traditional',
  'va',
  'anonymous',
]);

/** Names that stand for no artist in particular. */
export function isNobody(name: Name): boolean {
  return nobodies.has(name.joined);
}
