import type { placeholders } from '../config/layouts.ts';
import { numberedName } from '../tracks/numbered-name.ts';
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

/** What stands between the slashes of a template. Pure. */
export function partsOf(template: string): readonly string[] {
  return template.split('/').filter((part) => part.trim() !== '');
}

/** Stands for an unknown placeholder; no value holds it. */
const gap = '\0';
const emptyBracket = /[([]\s*\0\s*[)\]]/g;
const gapsInFront = /^(?:\0[\s\-_.,]*)+/;
const otherGaps = /[\s\-_.,]*\0/g;

/**
 * The path of a track below the library, without extension, as the parts of `template` between its slashes.
 * `number` and `disc` are the album's, two digits. A part whose placeholders are all unknown reads "Unknown"; a folder
 * that is only {list} is left out for a song without a list. Pure.
 */
export function namePartsOf(
  template: string,
  track: Track,
  listName: string | undefined,
  extension: string,
): string[] {
  const values: Readonly<Record<(typeof placeholders)[number], string | undefined>> = {
    artist: track.artist,
    mainArtist: track.artists[0],
    track: track.track,
    album: track.album,
    albumArtist: track.albumArtists?.[0] ?? track.artists[0],
    year: track.releaseDate?.slice(0, 4),
    number: track.trackNumber?.toString().padStart(2, '0'),
    disc: track.discNumber?.toString(),
    list: listName,
  };
  const parts = partsOf(template).filter(
    (part, index, all) => listName !== undefined || part.trim() !== '{list}' || index === all.length - 1,
  );
  return parts.map((part, index) => {
    const filled = part.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => valueOf(values, name) ?? gap);
    // What stood between two placeholders makes no sense where one is unknown.
    const tidy = filled.replaceAll(emptyBracket, gap).replace(gapsInFront, '').replaceAll(otherGaps, '');
    const isLast = index === parts.length - 1;
    return safeName(
      tidy.trim() === '' ? 'Unknown' : tidy,
      isLast ? mostBytes - extension.length - 1 : mostBytes,
    );
  });
}

/** "Name", then "Name (2)", "Name (3)" ... for names that are taken; `parts` as of namePartsOf. Pure. */
export function numbered(parts: readonly string[], extension: string, attempt: number): string[] {
  const name = parts.at(-1) ?? '_';
  const suffix = numberedName('', attempt);
  const room = mostBytes - extension.length - 1 - suffix.length;
  return [...parts.slice(0, -1), `${cutToBytes(name, room).trimEnd()}${suffix}.${extension}`];
}

function valueOf(values: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const value = Object.hasOwn(values, name) ? values[name]?.replaceAll(gap, '') : undefined;
  return value === '' ? undefined : value;
}
