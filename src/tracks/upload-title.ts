import { isDecoration } from './decoration.ts';
import { foldName, foldWords } from './fold.ts';
import { findVersions, isYear } from './version-words.ts';

// Words like "new" or "album" are noise only beside one of these.
const telling =
  /^(?:offi[cz]|oficial|ufficiale|resmi|video|clip|klip|audio|lyric|letra|paroles|visuali|hd$|hq$|4k$|mv$)/;
const trailing =
  /\s+[-–—]?\s*(?:official|oficial|officiel)(?:\s+(?:hd|4k|music|lyrics?))*\s+(?:video|audio|visuali[sz]er|clip)$/i;
// Many type no space before it; without one after it, it is a hyphen.
const separator = /\s*[-–—]\s+/;
const featured = /\s+(?:feat|ft|featuring)\b\.?\s+/i;

/**
 * The artists and the title of an upload, from its title and its channel: "Artist - Title (Official Video)",
 * "Title" in the channel "Artist - Topic" or "ArtistVEVO", 'Artist "Title"', "Title - Artist" in the artist's channel.
 * Where the title names no artist, the channel is taken. Pure.
 */
export function songOfUpload(upload: string, channel = ''): { artists: readonly string[]; track: string } {
  const owner = artistOfChannel(channel);
  // What YouTube makes itself from a label's data: the title is the song's own.
  if (/ - Topic$/.test(channel)) return { artists: [owner], track: upload.trim() };

  const title = withoutNoise(upload);
  const { left, right } = divide(title, owner);
  if (left === undefined) return { artists: owner === '' ? [] : [owner], track: right };
  const [artist = left, ...guests] = left.split(featured).map((name) => name.trim());
  return { artists: [artist, ...guests].filter((name) => name !== ''), track: right };
}

function divide(title: string, owner: string): { left?: string; right: string } {
  const at = separator.exec(title);
  if (at !== null && at.index > 0) {
    const left = title.slice(0, at.index).trim();
    const right = title.slice(at.index + at[0].length).trim();
    if (right !== '' && startsWith(right, owner) && !startsWith(left, owner))
      return { left: right, right: left };
    // "Starman - 2012 Remaster" is a title and its version.
    return right === '' || (isVersion(right) && owner !== '') ? { right: title } : { left, right };
  }
  const [, before = '', quoted = '', after = ''] = /^([^"“]+)\s+["“]([^"”]+)["”](.*)$/.exec(title) ?? [];
  if (quoted !== '') return { left: before.trim(), right: `${quoted}${after}`.trim() };
  const [, name = '', rest = ''] = /^([^:|]+)[:|]\s+(.+)$/.exec(title) ?? [];
  if (rest !== '' && foldName(name) === foldName(owner)) return { left: owner, right: rest.trim() };
  return { right: title };
}

function startsWith(text: string, owner: string): boolean {
  return owner !== '' && foldName(text).startsWith(foldName(owner));
}

/** "Queen - Topic", "QueenVEVO" and "Queen Official" are Queen; "TaylorSwiftVEVO" is Taylor Swift. */
function artistOfChannel(channel: string): string {
  const name = channel.trim().replace(/ - Topic$/, '');
  if (/\S+VEVO$/.test(name)) return name.replace(/VEVO$/, '').replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
  return name.replace(/\s+(?:official|oficial)(?:\s+channel)?$/i, '');
}

/** Takes "(Official Video)", "[4K]", "| Official Audio" and a trailing "Official Music Video" away. */
function withoutNoise(upload: string): string {
  const parts = upload
    .replace(/\s*[([【]([^()[\]【】]*)[)\]】]/gu, (whole: string, inner: string) =>
      isNoise(inner) ? '' : whole,
    )
    .split(/\s+[|｜]+\s+/)
    .filter((part, index) => index === 0 || !isNoise(part));
  const title = parts
    .join(' | ')
    .replace(trailing, '')
    .replace(/\s{2,}/g, ' ')
    .trim();
  return title === '' ? upload.trim() : title;
}

/** Says how the video was made or is shown, and nothing about the recording. */
function isNoise(text: string): boolean {
  const words = foldWords(text);
  return words.every(isDecoration) && words.some((word) => telling.test(word));
}

function isVersion(text: string): boolean {
  const words = foldWords(text);
  return findVersions(words).some(
    ({ start, end }) =>
      words.slice(0, start).every(isYear) &&
      words.slice(end).every((word) => isYear(word) || word === 'version'),
  );
}
