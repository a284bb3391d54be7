/** What Windows-1252 has beside Latin-1, from 0x80 on; a space where it has nothing. */
const beyondLatin1 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** A text in Windows-1252, which car radios read; undefined where it has a character that isn't there. Pure. */
export function encodeCp1252(text: string): Buffer | undefined {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const beyond = character === ' ' ? -1 : beyondLatin1.indexOf(character);
    if (beyond >= 0) bytes.push(0x80 + beyond);
    else if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) bytes.push(code);
    else return undefined;
  }
  return Buffer.from(bytes);
}

/** One line of the playlist of a copy. */
export interface CopyEntry {
  /** In the folder of the playlist. */
  readonly fileName: string;
  readonly name: string;
  readonly durationMs: number | undefined;
}

/**
 * The playlist files of a copy: .m3u8 in UTF-8, and .m3u for players that know nothing else, in Windows-1252 where all names
 * can be written so, else in UTF-8. Pure.
 */
export function renderCopyLists(
  name: string,
  entries: readonly CopyEntry[],
): Readonly<Record<'m3u8' | 'm3u', Buffer>> {
  const lines = entries.flatMap(({ fileName, name: song, durationMs }) => [
    `#EXTINF:${durationMs === undefined ? -1 : Math.round(durationMs / 1000)},${oneLine(song)}`,
    fileName.startsWith('#') ? `./${fileName}` : fileName,
  ]);
  const m3u8 = Buffer.from(['#EXTM3U', `#PLAYLIST:${oneLine(name)}`, ...lines, ''].join('\n'));
  // Old players stumble over what they don't know, and want the line ends of Windows.
  const plain = ['#EXTM3U', ...lines, ''].join('\r\n');
  return { m3u8, m3u: encodeCp1252(plain) ?? Buffer.from(plain) };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
