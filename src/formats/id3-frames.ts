/** ID3v2.4 tags as TagLib writes them (id3.org/id3v2.4.0-structure). Bytes in, bytes out. */

const header = 10;

/** How long a tag is with its header, by its first ten bytes; undefined where it's none of version 2.4, or not a plain one. */
export function id3Length(head: Buffer): number | undefined {
  if (head.length < header || head.toString('latin1', 0, 3) !== 'ID3' || head[3] !== 4 || head[5] !== 0) {
    return undefined;
  }
  return header + synchsafe(head, 6);
}

/**
 * The tag as Picard spells it, because programs look for names letter by letter: TagLib writes all names of user texts and
 * roles in upper case, joins the people of a role, and calls the lyrics "LYRICS", where most readers only know those without
 * a name. As long as before: what gets shorter is padded. undefined where nothing is to change, or it doesn't fit.
 */
export function spellId3(tag: Buffer): Buffer | undefined {
  const length = id3Length(tag);
  if (length === undefined || length > tag.length) return undefined;
  const frames: Buffer[] = [];
  let isChanged = false;
  for (let at = header; at + header <= length && tag[at] !== 0;) {
    const end = at + header + synchsafe(tag, at + 4);
    if (end > length) return undefined;
    const frame = tag.subarray(at, end);
    const spelled = spellFrame(frame);
    if (spelled !== undefined) isChanged = true;
    frames.push(spelled ?? frame);
    at = end;
  }
  const body = Buffer.concat(frames);
  if (!isChanged || header + body.length > length) return undefined;
  const spelled = Buffer.alloc(tag.length);
  tag.copy(spelled, 0, 0, header);
  body.copy(spelled, header);
  tag.copy(spelled, length, length);
  return spelled;
}

function synchsafe(bytes: Buffer, at: number): number {
  return [0, 1, 2, 3].reduce((size, byte) => size * 128 + ((bytes[at + byte] ?? 0) & 0x7f), 0);
}

/** A file may name its texts after what every object has. */
const userTexts: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'MUSICBRAINZ ALBUM ID': 'MusicBrainz Album Id',
    'MUSICBRAINZ ALBUM ARTIST ID': 'MusicBrainz Album Artist Id',
    'MUSICBRAINZ ALBUM RELEASE COUNTRY': 'MusicBrainz Album Release Country',
    'MUSICBRAINZ ALBUM STATUS': 'MusicBrainz Album Status',
    'MUSICBRAINZ ALBUM TYPE': 'MusicBrainz Album Type',
    'MUSICBRAINZ ARTIST ID': 'MusicBrainz Artist Id',
    'MUSICBRAINZ RELEASE GROUP ID': 'MusicBrainz Release Group Id',
    'MUSICBRAINZ RELEASE TRACK ID': 'MusicBrainz Release Track Id',
    'MUSICBRAINZ WORK ID': 'MusicBrainz Work Id',
    'ACOUSTID ID': 'Acoustid Id',
    'ACOUSTID FINGERPRINT': 'Acoustid Fingerprint',
    WRITER: 'Writer',
  }),
);

const roles: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ARRANGER: 'arranger',
    ENGINEER: 'engineer',
    PRODUCER: 'producer',
    MIX: 'mix',
    'DJ-MIX': 'DJ-mix',
  }),
);

/** undefined where it stays as it is. Only texts of one byte a letter, and UTF-8. */
function spellFrame(frame: Buffer): Buffer | undefined {
  const encoding = frame[header];
  if (frame[8] !== 0 || frame[9] !== 0 || (encoding !== 0 && encoding !== 3)) return undefined;
  const body = frame.subarray(header + 1);
  switch (frame.toString('latin1', 0, 4)) {
    case 'TXXX':
      return spellStart(frame, body);
    case 'TIPL':
      return spellRoles(frame, body);
    case 'USLT':
      return withoutName(frame, body);
    default:
      return undefined;
  }
}

function spellStart(frame: Buffer, body: Buffer): Buffer | undefined {
  const end = body.indexOf(0);
  const name = userTexts.get(body.toString('latin1', 0, Math.max(0, end)));
  if (name === undefined) return undefined;
  const spelled = Buffer.from(frame);
  spelled.write(name, header + 1, 'latin1');
  return spelled;
}

/** Role, NUL, person, NUL, role ... A comma without a space after it is TagLib's, between two people. */
function spellRoles(frame: Buffer, body: Buffer): Buffer | undefined {
  const texts = body.toString('latin1').split('\0');
  const pairs: string[] = [];
  for (let at = 0; at + 1 < texts.length; at += 2) {
    const [role = '', people = ''] = texts.slice(at, at + 2);
    for (const person of people.split(/,(?! )/)) pairs.push(roles.get(role) ?? role, person);
  }
  const spelled = Buffer.from(pairs.map((text) => `${text}\0`).join(''), 'latin1');
  return spelled.equals(body) ? undefined : framed(frame, 1, spelled);
}

const lyricsName = Buffer.from('LYRICS\0');

/** After the encoding: three letters of a language, the name, the text. */
function withoutName(frame: Buffer, body: Buffer): Buffer | undefined {
  if (!body.subarray(3, 3 + lyricsName.length).equals(lyricsName)) return undefined;
  return framed(frame, 4, body.subarray(3 + lyricsName.length - 1));
}

/** A frame with the first bytes of its content, and another rest. */
function framed(frame: Buffer, kept: number, rest: Buffer): Buffer {
  const whole = Buffer.concat([frame.subarray(0, header + kept), rest]);
  const size = whole.length - header;
  for (let byte = 0; byte < 4; byte += 1) whole[4 + byte] = (size >> (7 * (3 - byte))) & 0x7f;
  return whole;
}
