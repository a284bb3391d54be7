import type { Config } from '../config/schema.ts';
import type { AudioFormat } from '../config/audio-formats.ts';
import type { StreamWish } from '../providers/ytdlp/arguments.ts';

/** What came from YouTube, by yt-dlp's name of the codec. */
export type SourceCodec = 'opus' | 'aac' | 'vorbis' | 'mp3' | 'other';

/** What ffmpeg is to do. `codec` copy means that the audio is not touched. */
export interface ConversionPlan {
  readonly extension: 'mp3' | 'm4a' | 'opus' | 'flac' | 'ogg' | 'wav';
  /** ffmpeg's name of the container, always named because work files have no telling extension. */
  readonly container: string;
  readonly codec:
    'copy' | 'libmp3lame' | 'aac' | 'libopus' | 'flac' | 'libvorbis' | 'pcm_s16le' | 'pcm_s24le';
  readonly options: readonly string[];
}

type Quality = Config['audio_quality'];

/** Which of YouTube's streams needs the least work for this format. */
export function streamWishOf(format: AudioFormat): StreamWish {
  if (format === 'm4a') return 'aac';
  return format === 'best' || format === 'opus' ? 'opus' : 'any';
}

/** yt-dlp's acodec ("opus", "mp4a.40.2" ...) as one of ours. */
export function sourceCodecOf(acodec: string | undefined, extension: string): SourceCodec {
  if (acodec?.startsWith('mp4a') === true || acodec === 'aac') return 'aac';
  if (acodec === 'opus' || acodec === 'vorbis' || acodec === 'mp3') return acodec;
  if (acodec !== undefined && acodec !== 'none') return 'other';
  return extension === 'm4a' ? 'aac' : extension === 'webm' || extension === 'opus' ? 'opus' : 'other';
}

/** LAME's V scale: V0 about 245 kbit/s, V2 190, V4 165, V6 115. */
const lameScale = { best: 0, high: 2, medium: 4, low: 6 } as const;
/** Vorbis' quality scale: 8 about 256 kbit/s, 6 192, 4 128, 2 96. */
const vorbisScale = { best: 8, high: 6, medium: 4, low: 2 } as const;
/** kbit/s of 44.1 kHz stereo at 0, 1, 2 ... of that scale. */
const vorbisRates = [64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
/** kbit/s for the encoders without a scale of their own, used only where YouTube lacks the stream asked for. */
const plainRates = { best: 256, high: 192, medium: 128, low: 96 } as const;

/** About what LAME's V scale comes to. */
const lameRates = { best: 245, high: 190, medium: 165, low: 115 } as const;
const vorbisNamedRates = { best: 256, high: 192, medium: 128, low: 96 } as const;

/** The kbit/s that a quality comes to in a format that is encoded; undefined for those that lose nothing. Pure. */
export function nominalKbps(format: Exclude<AudioFormat, 'best'>, quality: Quality): number | undefined {
  if (format === 'flac' || format === 'wav') return undefined;
  if (typeof quality === 'number') return quality;
  return { mp3: lameRates, ogg: vorbisNamedRates, m4a: plainRates, opus: plainRates }[format][quality];
}

/** Decides how the stream that came becomes the format that was asked for; nothing is encoded without need. Pure. */
export function planConversion(format: AudioFormat, source: SourceCodec, quality: Quality): ConversionPlan {
  switch (format) {
    case 'best':
      if (source === 'opus') return copies.opus;
      if (source === 'aac') return copies.m4a;
      if (source === 'vorbis') return copies.ogg;
      if (source === 'mp3') return copies.mp3;
      return encodeOpus(quality);
    case 'opus':
      return source === 'opus' ? copies.opus : encodeOpus(quality);
    case 'm4a':
      return source === 'aac'
        ? copies.m4a
        : { ...copies.m4a, codec: 'aac', options: [...m4aOptions, ...rate(quality)] };
    case 'ogg':
      return source === 'vorbis'
        ? copies.ogg
        : { ...copies.ogg, codec: 'libvorbis', options: ['-q:a', String(vorbisQuality(quality))] };
    case 'mp3':
      return source === 'mp3'
        ? copies.mp3
        : { ...copies.mp3, codec: 'libmp3lame', options: scale(quality, lameScale) };
    case 'flac':
      return { extension: 'flac', container: 'flac', codec: 'flac', options: ['-sample_fmt', 's16'] };
    case 'wav':
      return { extension: 'wav', container: 'wav', codec: 'pcm_s16le', options: [] };
  }
}

/** The index in front, so that players can start before the end has arrived. */
const m4aOptions = ['-movflags', '+faststart'];

const copies = {
  opus: { extension: 'opus', container: 'opus', codec: 'copy', options: [] },
  m4a: { extension: 'm4a', container: 'ipod', codec: 'copy', options: m4aOptions },
  ogg: { extension: 'ogg', container: 'ogg', codec: 'copy', options: [] },
  mp3: { extension: 'mp3', container: 'mp3', codec: 'copy', options: [] },
} as const satisfies Record<string, ConversionPlan>;

/** libvorbis refuses many a rate for mono or other sample rates, and its scale takes them all. */
function vorbisQuality(quality: Quality): number {
  if (typeof quality !== 'number') return vorbisScale[quality];
  const above = Math.max(
    1,
    vorbisRates.findIndex((rate) => rate >= quality),
  );
  const [low = 64, high = 320] = [vorbisRates[above - 1], vorbisRates[above]];
  return above - 1 + (quality - low) / (high - low);
}

function encodeOpus(quality: Quality): ConversionPlan {
  return { ...copies.opus, codec: 'libopus', options: rate(quality) };
}

function rate(quality: Quality): string[] {
  return ['-b:a', `${typeof quality === 'number' ? quality : plainRates[quality]}k`];
}

function scale(quality: Quality, steps: Readonly<Record<Exclude<Quality, number>, number>>): string[] {
  return typeof quality === 'number' ? rate(quality) : ['-q:a', String(steps[quality])];
}
