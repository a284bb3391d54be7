import { editDistance } from '../../tracks/edit-distance.ts';
import { foldArtist, foldName } from '../../tracks/fold.ts';
import { readTitle } from '../../tracks/title-parts.ts';
import { versionKey } from '../../tracks/version-words.ts';
import { creditText, type ArtistCredit } from './answers.ts';
import { lengthToleranceMs } from './questions.ts';

/** Whether two names mean the same. Pure. */

/** Titles without guests, versions and decoration; one letter in eight may be another. */
export function titlesAgree(a: string, b: string): boolean {
  const [one, other] = [readTitle(a), readTitle(b)];
  return alike(one.name.join(''), other.name.join('')) || alike(one.core.join(''), other.core.join(''));
}

function alike(a: string, b: string): boolean {
  if (a === b) return a !== '';
  return editDistance(a, b) <= Math.floor(Math.min(a.length, b.length) / 8);
}

/** Whether any of the song's artists is one of the credited. */
export function artistsAgree(artists: readonly string[], credit: ArtistCredit): boolean {
  const credited = new Set(
    credit.flatMap(({ name, artist }) => [foldArtist(name), foldArtist(artist?.name ?? '')]),
  );
  const whole = foldArtist(creditText(credit));
  return artists.some((name) => {
    const folded = foldArtist(name);
    return folded !== '' && (credited.has(folded) || folded === whole);
  });
}

/** undefined where one of them isn't known. */
export function lengthsAgree(a: number | undefined, b: number | undefined): boolean | undefined {
  if (a === undefined || b === undefined || a <= 0 || b <= 0) return undefined;
  return Math.abs(a - b) <= lengthToleranceMs;
}

/**
 * Whether both titles name the same versions. A remaster is the same recording at MusicBrainz, and where a live one was
 * recorded each says in its own way.
 */
export function versionsAgree(a: string, b: string): boolean {
  const key = (title: string): string =>
    versionKey(
      readTitle(title)
        .versions.filter(({ kind }) => kind !== 'remaster')
        .map((version) => (version.kind === 'live' ? { ...version, detail: '' } : version)),
    );
  return key(a) === key(b);
}

/** Whether a title says that it is a live recording, of which an artist may have many. */
export function isLive(title: string): boolean {
  return readTitle(title).versions.some(({ kind }) => kind === 'live');
}

const edition =
  /\b(?:deluxe|expanded|edition|remaster(?:ed)?|version|bonus|anniversary|reissue|special|explicit|clean|mono|stereo)\b/iu;

/** An album's title, folded, without what names an edition: "(Deluxe Edition)", "- 2011 Remaster". */
export function albumTitleKey(title: string): string {
  const bare = title
    .replaceAll(/\s*[([][^()[\]]*[)\]]/gu, (part) => (edition.test(part) ? '' : part))
    .replace(/\s+[-–—]\s+[^-–—]*$/u, (part) => (edition.test(part) ? '' : part))
    .trim();
  return foldName(bare === '' ? title : bare);
}
