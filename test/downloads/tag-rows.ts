/** A tag, and what it is called in each kind of file: as Picard maps them (appendix "Tag mapping" of its documentation). */
export interface TagRow {
  readonly property: string;
  readonly values: readonly string[];
  readonly id3: string;
  readonly vorbis: string;
  readonly mp4: string;
  /** As the file has them, where that differs. */
  readonly inId3?: readonly string[];
  readonly inVorbis?: readonly string[];
  readonly inMp4?: readonly string[];
}

const freeform = (name: string): string => `----:com.apple.iTunes:${name}`;

const row = (
  property: string,
  values: readonly string[],
  names: readonly [id3: string, vorbis: string, mp4: string],
  own: Pick<TagRow, 'inId3' | 'inVorbis' | 'inMp4'> = {},
): TagRow => ({ property, values, id3: names[0], vorbis: names[1], mp4: names[2], ...own });

const musicBrainz = (property: string, name: string, values: readonly string[]): TagRow =>
  row(property, values, [`TXXX:${name}`, property, freeform(name)]);

/** Every tag that HARMONI may write besides its own. */
export const tagRows: readonly TagRow[] = [
  row('TITLE', ['Söng'], ['TIT2', 'TITLE', '©nam']),
  row('ALBUM', ['Album'], ['TALB', 'ALBUM', '©alb']),
  row('ARTIST', ['Alice feat. Bob'], ['TPE1', 'ARTIST', '©ART']),
  row('ARTISTS', ['Alice', 'Bob'], ['TXXX:ARTISTS', 'ARTISTS', freeform('ARTISTS')]),
  row('ALBUMARTIST', ['Alice & Carol'], ['TPE2', 'ALBUMARTIST', 'aART']),
  row('ALBUMARTISTS', ['Alice', 'Carol'], ['TXXX:ALBUMARTISTS', 'ALBUMARTISTS', freeform('ALBUMARTISTS')]),
  row('TRACKNUMBER', ['3/12'], ['TRCK', 'TRACKNUMBER', 'trkn'], { inVorbis: ['3'] }),
  row('DISCNUMBER', ['1/2'], ['TPOS', 'DISCNUMBER', 'disk'], { inVorbis: ['1'] }),
  row('DATE', ['2019-05-31'], ['TDRC', 'DATE', '©day']),
  row('ORIGINALDATE', ['1999-06-21'], ['TDOR', 'ORIGINALDATE', freeform('ORIGINALDATE')]),
  row('ORIGINALYEAR', ['1999'], ['TXXX:ORIGINALYEAR', 'ORIGINALYEAR', freeform('ORIGINALYEAR')]),
  row('ISRC', ['ZZTST1900001'], ['TSRC', 'ISRC', freeform('ISRC')]),
  row('LABEL', ['Example Records'], ['TPUB', 'LABEL', freeform('LABEL')]),
  row('BARCODE', ['0123456789012'], ['TXXX:BARCODE', 'BARCODE', freeform('BARCODE')]),
  row('CATALOGNUMBER', ['EX-1'], ['TXXX:CATALOGNUMBER', 'CATALOGNUMBER', freeform('CATALOGNUMBER')]),
  row('GENRE', ['pop', 'dream pop'], ['TCON', 'GENRE', '©gen']),
  row('COMPOSER', ['Carl', 'Cora'], ['TCOM', 'COMPOSER', '©wrt']),
  row('LYRICIST', ['Lena'], ['TEXT', 'LYRICIST', freeform('LYRICIST')]),
  row('WRITER', ['Wendy'], ['TXXX:Writer', 'WRITER', freeform('WRITER')]),
  row('CONDUCTOR', ['Conny'], ['TPE3', 'CONDUCTOR', freeform('CONDUCTOR')]),
  row('REMIXER', ['Rita'], ['TPE4', 'REMIXER', freeform('REMIXER')]),
  row('PRODUCER', ['Paula', 'Peter'], ['TIPL:producer', 'PRODUCER', freeform('PRODUCER')]),
  row('MIXER', ['Max'], ['TIPL:mix', 'MIXER', freeform('MIXER')]),
  row('DJMIXER', ['Dora'], ['TIPL:DJ-mix', 'DJMIXER', freeform('DJMIXER')]),
  row('ENGINEER', ['Emil'], ['TIPL:engineer', 'ENGINEER', freeform('ENGINEER')]),
  row('ARRANGER', ['Ada'], ['TIPL:arranger', 'ARRANGER', freeform('ARRANGER')]),
  row('BPM', ['120'], ['TBPM', 'BPM', 'tmpo']),
  row('INITIALKEY', ['Am'], ['TKEY', 'INITIALKEY', freeform('initialkey')]),
  row('COMPILATION', ['1'], ['TCMP', 'COMPILATION', 'cpil']),
  row('ITUNESADVISORY', ['1'], ['TXXX:ITUNESADVISORY', 'ITUNESADVISORY', 'rtng']),
  row('MEDIA', ['Digital Media'], ['TMED', 'MEDIA', freeform('MEDIA')]),
  row('COPYRIGHT', ['(C) 2019'], ['TCOP', 'COPYRIGHT', 'cprt']),
  row('COMMENT', ['A comment'], ['COMM', 'COMMENT', '©cmt']),
  row('LYRICS', ['One line\nand another'], ['USLT', 'LYRICS', '©lyr']),
  row(
    'MUSICBRAINZ_TRACKID',
    ['rec'],
    ['UFID:http://musicbrainz.org', 'MUSICBRAINZ_TRACKID', freeform('MusicBrainz Track Id')],
  ),
  musicBrainz('MUSICBRAINZ_ALBUMID', 'MusicBrainz Album Id', ['rel']),
  musicBrainz('MUSICBRAINZ_RELEASEGROUPID', 'MusicBrainz Release Group Id', ['group']),
  musicBrainz('MUSICBRAINZ_ARTISTID', 'MusicBrainz Artist Id', ['art1', 'art2']),
  musicBrainz('MUSICBRAINZ_ALBUMARTISTID', 'MusicBrainz Album Artist Id', ['art1', 'art3']),
  musicBrainz('MUSICBRAINZ_RELEASETRACKID', 'MusicBrainz Release Track Id', ['trk']),
  musicBrainz('MUSICBRAINZ_WORKID', 'MusicBrainz Work Id', ['wrk']),
  row(
    'RELEASETYPE',
    ['album', 'live'],
    ['TXXX:MusicBrainz Album Type', 'RELEASETYPE', freeform('MusicBrainz Album Type')],
  ),
  row(
    'RELEASESTATUS',
    ['official'],
    ['TXXX:MusicBrainz Album Status', 'RELEASESTATUS', freeform('MusicBrainz Album Status')],
  ),
  row(
    'RELEASECOUNTRY',
    ['XW'],
    [
      'TXXX:MusicBrainz Album Release Country',
      'RELEASECOUNTRY',
      freeform('MusicBrainz Album Release Country'),
    ],
  ),
  row('ACOUSTID_ID', ['acoustid'], ['TXXX:Acoustid Id', 'ACOUSTID_ID', freeform('ACOUSTID_ID')]),
  row(
    'REPLAYGAIN_TRACK_GAIN',
    ['-6.20 dB'],
    ['TXXX:REPLAYGAIN_TRACK_GAIN', 'REPLAYGAIN_TRACK_GAIN', freeform('REPLAYGAIN_TRACK_GAIN')],
  ),
  row('HARMONI_ID', ['song'], ['TXXX:HARMONI_ID', 'HARMONI_ID', freeform('HARMONI_ID')]),
  row(
    'HARMONI_PROOF',
    ['proven by deezer at 0.041'],
    ['TXXX:HARMONI_PROOF', 'HARMONI_PROOF', freeform('HARMONI_PROOF')],
  ),
];

export const propertiesOfRows = Object.fromEntries(tagRows.map(({ property, values }) => [property, values]));

type Kind = 'id3' | 'vorbis' | 'mp4';
export const kindOf = (extension: string): Kind =>
  extension === 'm4a' ? 'mp4' : extension === 'mp3' || extension === 'wav' ? 'id3' : 'vorbis';

/** What a file of the extension should hold, by the names of its kind. */
export function expectedTags(extension: string): Record<string, readonly string[]> {
  const kind = kindOf(extension);
  return Object.fromEntries(
    tagRows.map((one) => [
      one[kind],
      { id3: one.inId3, vorbis: one.inVorbis, mp4: one.inMp4 }[kind] ?? one.values,
    ]),
  );
}
