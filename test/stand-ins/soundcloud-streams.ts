import { createHash } from 'node:crypto';
import type { SoundCloudTrack, StreamFormat, TrackState } from './soundcloud-catalogue.ts';
import type { Sound, SoundCodec } from './soundcloud-sounds.ts';

/** Of a track that only payers may hear whole. */
const previewMs = 30_000;

/** One encoding of a track and the way in which it is sent. */
interface Transcoding {
  readonly preset: string;
  readonly protocol: string;
  readonly mimeType: string;
  /** mp3 and opus, which are on their way out. */
  readonly isLegacy: boolean;
}

const transcoding = (preset: string, protocol: string, mimeType: string, isLegacy = false): Transcoding => ({
  preset,
  protocol,
  mimeType,
  isLegacy,
});
const aac = 'audio/mp4; codecs="mp4a.40.2"';
const byFormat: Readonly<Record<StreamFormat, Transcoding>> = {
  'aac-hls': transcoding('aac_160k', 'hls', aac),
  'mp3-hls': transcoding('mp3_1_0', 'hls', 'audio/mpeg', true),
  'mp3-progressive': transcoding('mp3_1_0', 'progressive', 'audio/mpeg', true),
  'opus-hls': transcoding('opus_0_0', 'hls', 'audio/ogg; codecs="opus"', true),
};
const mp3s = [byFormat['mp3-hls'], byFormat['mp3-progressive']];
/** A list of lists: yt-dlp skips it, and visitors do not find it. */
const adaptive = transcoding('abr_sq', 'hls', 'audio/mpegurl');
const encrypted = ['ctr-encrypted-hls', 'cbc-encrypted-hls'].map((protocol) =>
  transcoding('aac_160k', protocol, aac),
);

/** What a track in this state says it has. A DRM track names its mp3 streams too, and they are not found. */
function transcodingsIn(track: SoundCloudTrack, state: TrackState): readonly Transcoding[] {
  switch (state) {
    case 'whole': {
      const own = track.formats.map((format) => byFormat[format]);
      return track.formats.includes('aac-hls') ? [...own, adaptive] : own;
    }
    case 'preview':
      return mp3s.map((each) => ({ ...each, preset: 'mp3_0_1' }));
    case 'drm':
      return [...mp3s, ...encrypted];
    case 'blocked':
    case 'gone':
      return [];
  }
}

/** How much of a track is heard. */
export function heardMs(track: SoundCloudTrack, state: TrackState): number {
  return state === 'preview' ? Math.min(previewMs, track.durationMs) : track.durationMs;
}

/** `media.transcodings` of a track; each address is asked for the address of the sound. */
export function transcodingsJson(track: SoundCloudTrack, state: TrackState): object[] {
  const isPreview = state === 'preview';
  return transcodingsIn(track, state).map(({ preset, protocol, mimeType, isLegacy }) => ({
    url: [
      'https://api-v2.soundcloud.com/media',
      `soundcloud:tracks:${track.id}`,
      uuidOf(track, preset),
      isPreview ? 'preview' : 'stream',
      protocol,
    ].join('/'),
    preset,
    duration: heardMs(track, state),
    snipped: isPreview,
    format: { protocol, mime_type: mimeType },
    quality: 'sq',
    is_legacy_transcoding: isLegacy,
  }));
}

/** Where the sound of a transcoding is, or undefined where SoundCloud answers 404. */
export function streamUrl(
  track: SoundCloudTrack,
  state: TrackState,
  uuid: string,
  protocol: string,
): string | undefined {
  const found = transcodingsIn(track, state).find(
    (each) => each.protocol === protocol && uuidOf(track, each.preset) === uuid,
  );
  const codec = codecs.find((each) => found?.preset.startsWith(each));
  if (found === undefined || codec === undefined || state === 'drm') return undefined;
  const snip = state === 'preview' ? '0/30/' : '';
  if (protocol === 'progressive') {
    return snip === ''
      ? signed(`https://cf-media.sndcdn.com/${track.id}.128.mp3`)
      : signed(`https://cf-preview-media.sndcdn.com/preview/${snip}${track.id}.128.mp3`);
  }
  return signed(
    {
      aac: `https://${aacHost}/${track.id}/aac_160k/${uuid}/playlist.m3u8`,
      mp3: `https://cf-hls-media.sndcdn.com/playlist/${snip}${track.id}.128.mp3/playlist.m3u8`,
      opus: `https://cf-hls-opus-media.sndcdn.com/playlist/${snip}${track.id}.64.opus/playlist.m3u8`,
    }[codec],
  );
}

const codecs: readonly SoundCodec[] = ['aac', 'mp3', 'opus'];
const aacHost = 'playback.media-streaming.soundcloud.cloud';

/** The HLS playlist of a sound. @param path that of the playlist's own address */
export function playlistText(path: string, sound: Sound, codec: SoundCodec): string {
  const segment = (index: number): string =>
    codec === 'aac'
      ? signed(
          `https://${aacHost}${path.replace('playlist.m3u8', `data${String(index).padStart(6, '0')}.m4s`)}`,
        )
      : signed(
          `https://cf-hls-${codec === 'mp3' ? '' : 'opus-'}media.sndcdn.com${path
            .replace('/playlist/', '/media/')
            .replace('playlist.m3u8', String(index))}`,
        );
  return [
    '#EXTM3U',
    `#EXT-X-VERSION:${codec === 'aac' ? 7 : 6}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-TARGETDURATION:10',
    '#EXT-X-MEDIA-SEQUENCE:0',
    ...(codec === 'aac'
      ? [`#EXT-X-MAP:URI="${signed(`https://${aacHost}${path.replace('playlist.m3u8', 'init.mp4')}`)}"`]
      : []),
    ...sound.segments.flatMap(({ seconds }, index) => [`#EXTINF:${seconds.toFixed(6)},`, segment(index)]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}

/** Every address of a sound is signed and lasts for some minutes. */
function signed(url: string): string {
  return `${url}?Policy=eyJTdGF0ZW1lbnQiOltdfQ__&Signature=stand-in__&Key-Pair-Id=APKASTANDIN`;
}

/** The same for each preset of a track, however it is sent. */
function uuidOf(track: SoundCloudTrack, preset: string): string {
  const hex = createHash('sha256').update(`${track.id} ${preset}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
