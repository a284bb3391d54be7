import type { AudioFormat } from '../../config/audio-formats.ts';
import type { Config } from '../../config/schema.ts';
import {
  nominalKbps,
  planConversion,
  type ConversionPlan,
  type SourceCodec,
} from '../../downloads/conversion-plan.ts';
import type { LibrarySong } from '../songs.ts';

/** What songs are to become. */
export interface ConvertWish {
  readonly format: Exclude<AudioFormat, 'best'>;
  readonly quality: Config['audio_quality'];
  /** Also songs of this format that take more than the quality needs are encoded again. */
  readonly isSmaller: boolean;
  /** Also files that HARMONI didn't make. */
  readonly isOwnToo: boolean;
}

/**
 * Why a song stays as it is. `lower`: it's in the format already, at less than was asked for, and nothing makes it better.
 * `linked`: a link of the library leads to it.
 */
export type StayReason = 'already' | 'lower' | 'own' | 'broken' | 'link' | 'linked';

export interface Conversion {
  readonly song: LibrarySong;
  readonly plan: ConversionPlan;
  /** What was lost stays lost: the file is only larger. */
  readonly isLossyToLossless: boolean;
  /** A lossy song gets a higher bitrate than it has, which makes it larger and not better. */
  readonly isUp: boolean;
  /** Of the new file; undefined where nothing is known of it. */
  readonly bytes: number | undefined;
}

export interface ConvertPlan {
  readonly conversions: readonly Conversion[];
  readonly staying: readonly { readonly song: LibrarySong; readonly reason: StayReason }[];
}

/** What is to be converted, and what isn't with the reason. Pure. */
export function planConversions(songs: readonly LibrarySong[], wish: ConvertWish): ConvertPlan {
  const conversions: Conversion[] = [];
  const staying: { song: LibrarySong; reason: StayReason }[] = [];
  for (const song of songs) {
    const reason = reasonToStay(song, wish);
    if (reason === undefined) conversions.push(conversionOf(song, wish));
    else staying.push({ song, reason });
  }
  return { conversions, staying };
}

/** How a song becomes what is wished, also where it is that already. Pure. */
export function conversionOf(song: LibrarySong, wish: ConvertWish): Conversion {
  const { file } = song;
  const source = soundIn(song);
  const isLossy = source !== 'lossless';
  const kbps = nominalKbps(wish.format, wish.quality);
  // What takes less already is only put into another container.
  const isEncoded = wish.isSmaller && isTooLarge(file.bitrateKbps, kbps);
  const codec = !isLossy || isEncoded ? 'other' : source;
  const plan = planOf(wish, codec, !isLossy);
  const isCopy = plan.codec === 'copy';
  return {
    song,
    plan,
    isLossyToLossless: isLossy && kbps === undefined,
    isUp: isLossy && !isCopy && kbps !== undefined && kbps > (file.bitrateKbps ?? kbps) * 1.1,
    bytes: isCopy ? file.sizeBytes : bytesOf(kbps, file.durationMs),
  };
}

function planOf({ format, quality }: ConvertWish, codec: SourceCodec, isLossless: boolean): ConversionPlan {
  const plan = planConversion(format, codec, quality);
  // A lossless song keeps all its bits.
  return format === 'flac' && isLossless ? { ...plan, options: [] } : plan;
}

function reasonToStay(song: LibrarySong, wish: ConvertWish): StayReason | undefined {
  const { file } = song;
  if (file.fault !== undefined) return 'broken';
  if (!file.downloaded && !wish.isOwnToo) return 'own';
  if (file.format !== wish.format || soundIn(song) !== codecs[wish.format]) return undefined;
  const kbps = nominalKbps(wish.format, wish.quality);
  if (wish.isSmaller && isTooLarge(file.bitrateKbps, kbps)) return undefined;
  return kbps !== undefined && (file.bitrateKbps ?? kbps) < kbps * leastShare ? 'lower' : 'already';
}

/** The rate of a quality is a mean over all music: a single song may lie so far below, and so far above. */
const leastShare = 0.8;
const mostShare = 4 / 3;

function isTooLarge(kbps: number | undefined, wanted: number | undefined): boolean {
  return kbps !== undefined && wanted !== undefined && kbps > wanted * mostShare;
}

function bytesOf(kbps: number | undefined, durationMs: number | undefined): number | undefined {
  return kbps === undefined || durationMs === undefined ? undefined : Math.round((kbps * durationMs) / 8);
}

const codecs: Readonly<Record<ConvertWish['format'], Sound>> = {
  mp3: 'mp3',
  m4a: 'aac',
  opus: 'opus',
  ogg: 'vorbis',
  flac: 'lossless',
  wav: 'lossless',
};

type Sound = SourceCodec | 'lossless';

const codecWords: readonly (readonly [RegExp, Sound])[] = [
  [/opus/i, 'opus'],
  [/vorbis/i, 'vorbis'],
  [/flac|alac|pcm/i, 'lossless'],
  [/aac/i, 'aac'],
  [/layer 3|^mp3/i, 'mp3'],
];

/** What is in a file, by its codec, else by its name. Pure. */
function soundIn({ file, facts }: LibrarySong): Sound {
  if (facts.isLossless === true) return 'lossless';
  const said = facts.codec ?? '';
  const byCodec = codecWords.find(([words]) => words.test(said))?.[1];
  if (byCodec !== undefined || said !== '') return byCodec ?? 'other';
  const byName = Object.entries(codecs).find(([format]) => format === file.format)?.[1];
  return byName ?? 'other';
}
