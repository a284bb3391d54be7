import type { placeholders } from '../config/layouts.ts';
import { numberedName } from '../tracks/numbered-name.ts';
import { fillPart, gap, parsePart, partsOf, type FieldValue } from '../tracks/template.ts';
import { versionText } from '../tracks/title-parts.ts';
import type { Track } from '../tracks/track.ts';

/** Most file systems stop at 255 bytes; the rest is for " (2)" and the names of temporary neighbours. */
const mostBytes = 240;

/** Forbidden on Windows, and what stands for it. Elsewhere the same names, so that a library can move. */
const replacements: Readonly<Record<string, string>> = {
  '/': '-',
  '\\': '-',
  ':': ' -',
  '|': '-',
  '<': '(',
  '>': ')',
  '"': "'",
  '?': '',
  '*': '',
};

// Control characters, line separators, zero-width and bidirectional controls: invisible, and able to disguise a name.
const invisible =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i;

/** A text without what nobody sees. Pure. */
export function withoutInvisible(text: string): string {
  return text.replaceAll(invisible, '');
}

/**
 * Makes one part of a path out of a text from outside: never empty, hidden, "." or "..", no separator, nothing that
 * Windows refuses, at most `limit` bytes of UTF-8. Pure.
 */
export function safeName(text: string, limit = mostBytes): string {
  // Composed after what is invisible is gone: it may stand between a letter and its accent.
  const plain = withoutInvisible(text.replaceAll(/\s/g, ' '))
    .normalize('NFC')
    .replaceAll(/[/\\:|<>"?*]/g, (character) => replacements[character] ?? '')
    .replaceAll(/ {2,}/g, ' ')
    .replace(/^[ .]+/, '');
  const cut = cutToBytes(plain, limit).replace(/[ .]+$/, '');
  if (cut === '') return '_';
  // A leading dash would be an option to every command that is given the name.
  if (!cut.startsWith('-') && !reserved.test(cut)) return cut;
  return `_${cutToBytes(cut, limit - 1).replace(/[ .]+$/, '')}`;
}

/** Cuts at a character as people see it, never inside an emoji or an accent. */
function cutToBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  let size = 0;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    size += Buffer.byteLength(segment);
    if (size > limit) break;
    kept += segment;
  }
  return kept;
}

const emptyBracket = /[([]\s*\0\s*[)\]]/g;
const gapsInFront = /^(?:\0[\s\-_.,]*)+/;
const otherGaps = /[\s\-_.,]*\0/g;

/**
 * The path of a track below the library, without extension, as the parts of `template` between its slashes. A part whose
 * fields are all unknown reads "Unknown"; a folder that is only {list} is left out for a song without a list, and one that
 * is only a group where nothing is known. Pure.
 */
export function namePartsOf(
  template: string,
  track: Track,
  listName: string | undefined,
  extension: string,
): string[] {
  const values = valuesOf(track, listName, extension);
  const parts = partsOf(template).filter(
    (part, index, all) => listName !== undefined || part.trim() !== '{list}' || index === all.length - 1,
  );
  return parts.flatMap((part, index) => {
    const nodes = parsePart(part);
    // What stood between two fields makes no sense where one is unknown.
    const tidy = fillPart(nodes, values)
      .replaceAll(emptyBracket, gap)
      .replace(gapsInFront, '')
      .replaceAll(otherGaps, '');
    const isLast = index === parts.length - 1;
    const isEmpty = tidy.trim() === '';
    if (isEmpty && !isLast && nodes.every(({ kind }) => kind === 'group')) return [];
    return [safeName(isEmpty ? 'Unknown' : tidy, isLast ? mostBytes - extension.length - 1 : mostBytes)];
  });
}

/** What a template may say of a track. */
function valuesOf(
  track: Track,
  list: string | undefined,
  format: string,
): Readonly<Record<(typeof placeholders)[number], FieldValue | undefined>> {
  const { trackNumber, discNumber, discTotal = discNumber, genres = [] } = track;
  const mainArtist = track.artists[0];
  const disc = discNumber === undefined ? undefined : { number: discNumber, digits: 1 };
  return {
    artist: { text: track.artist, first: mainArtist },
    mainArtist,
    track: track.track,
    title: track.track,
    // Few templates ask, and a title takes time to read.
    get version() {
      return versionText(track.track);
    },
    album: track.album,
    albumArtist: track.albumArtists?.[0] ?? mainArtist,
    year: track.releaseDate?.slice(0, 4),
    number: trackNumber === undefined ? undefined : { number: trackNumber, digits: 2 },
    disc,
    discOfSeveral: (discTotal ?? 1) > 1 ? disc : undefined,
    genre: { text: genres.join(', '), first: genres[0] },
    label: track.label,
    format,
    list,
  };
}

/** "Name", then "Name (2)", "Name (3)" ... for names that are taken; `parts` as of namePartsOf. Pure. */
export function numbered(parts: readonly string[], extension: string, attempt: number): string[] {
  return withSuffix(parts, numberedName('', attempt), extension);
}

/** "Name (1997).mp3": what is added stays whole, and the name is cut where it must be. Pure. */
export function withSuffix(parts: readonly string[], suffix: string, extension: string): string[] {
  const name = parts.at(-1) ?? '_';
  const room = mostBytes - extension.length - 1 - Buffer.byteLength(suffix);
  return [...parts.slice(0, -1), `${cutToBytes(name, room).trimEnd()}${suffix}.${extension}`];
}
