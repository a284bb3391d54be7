import type { IAudioMetadata } from 'music-metadata';
import type { Heard } from '../tracks/heard.ts';
import { isrcCode } from '../tracks/isrc.ts';
import type { SongFacts } from '../tracks/song-facts.ts';

/**
 * What music-metadata found in a file, in HARMONI's words. Pure.
 * @param own what HARMONI's own tags say
 * @param hasCover where the pictures were not read
 */
export function factsOfTags(
  { common, format, native }: Pick<IAudioMetadata, 'common' | 'format' | 'native'>,
  own: { readonly spotifyUri: string | undefined; readonly heard?: Heard | undefined },
  hasCover = (common.picture?.length ?? 0) > 0,
): SongFacts {
  const { artist, artists = [], genre = [], isrc = [], label = [], composer } = common;
  const date = common.date ?? common.year?.toString();
  const originalDate = common.originaldate ?? common.originalyear?.toString();
  const isExplicit = advisoryIn(native);
  return filled({
    title: common.title,
    artist,
    artists: artists.length > 0 ? artists : artist === undefined ? [] : [artist],
    albumArtist: common.albumartist,
    album: common.album,
    date,
    originalDate,
    trackNumber: common.track.no ?? undefined,
    trackTotal: common.track.of ?? undefined,
    discNumber: common.disk.no ?? undefined,
    discTotal: common.disk.of ?? undefined,
    genres: genre,
    label: label[0],
    composers: composer,
    isrcs: isrc.map(isrcCode),
    spotifyUri: own.spotifyUri,
    recordingId: common.musicbrainz_recordingid,
    releaseId: common.musicbrainz_albumid,
    isExplicit,
    isCompilation: common.compilation,
    hasCover,
    heard: own.heard,
    lyrics: lyricsIn(common.lyrics),
    trackGainDb: common.replaygain_track_gain?.dB,
    albumGainDb: common.replaygain_album_gain?.dB,
    codec: format.codec,
    isLossless: format.lossless,
  });
}

const stamped = /^\[\d+:\d+/m;

/** Of plain words in an ID3 tag `syncText` is missing, whatever the types say (music-metadata 12.1.0). */
type Lyrics = readonly { readonly text?: string; readonly syncText?: readonly unknown[] }[];

function lyricsIn(lyrics: Lyrics = []): SongFacts['lyrics'] {
  if (lyrics.length === 0) return undefined;
  // Most programs keep synced words as plain text with their stamps.
  const isSynced = lyrics.some(({ text = '', syncText = [] }) => syncText.length > 0 || stamped.test(text));
  return isSynced ? 'synced' : 'plain';
}

/** HARMONI's own tag, and those of Apple and MP3Tag, where 1 and 4 stand for explicit and 2 for the clean version. */
function advisoryIn(native: IAudioMetadata['native']): boolean | undefined {
  for (const { id, value } of Object.values(native).flat()) {
    const text = Array.isArray(value) ? String(value[0]) : String(value);
    if (/(?:^|:)(?:ITUNESADVISORY|rtng)$/i.test(id) && /^[0124]$/.test(text)) {
      if (text !== '0') return text !== '2';
    } else if (/(?:^|:)EXPLICIT$/i.test(id)) return text === '1';
  }
  return undefined;
}

function filled(facts: { readonly [K in keyof SongFacts]: SongFacts[K] | undefined }): SongFacts {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(known) as unknown as SongFacts; // every field that has to be there has a value above
}
