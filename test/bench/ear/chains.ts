import { voiceBand } from './look.ts';

/** What a chain makes of a recording. */
export type Kind =
  /** The same, as stores and uploaders encode it. */
  | 'ordinary'
  /** The same, badly treated. */
  | 'rough'
  /** The same at another speed or pitch. */
  | 'retuned'
  /** With something else in it. */
  | 'mixed';

export interface Chain {
  readonly name: string;
  readonly kind: Kind;
  /** Filters of ffmpeg's. */
  readonly filter?: string;
  /** Encoders, one after the other, each with its file type. */
  readonly encode?: readonly { readonly type: string; readonly options: readonly string[] }[];
  /** How fast and how high it is, where that differs. */
  readonly speed?: number;
  readonly pitch?: number;
}

const encoder = (type: string, codec: string, kbps: number) => ({
  type,
  options: ['-c:a', codec, '-b:a', `${kbps}k`],
});
const opus = (kbps: number) => encoder('opus', 'libopus', kbps);
const mp3 = (kbps: number) => encoder('mp3', 'libmp3lame', kbps);
const aac = (kbps: number) => encoder('m4a', 'aac', kbps);
/** As a telephone network carries it. */
const telephone = { type: 'wav', options: ['-c:a', 'pcm_mulaw', '-ar', '8000', '-ac', '1'] };

const ordinary: readonly Chain[] = [
  { name: 'Opus 50k', kind: 'ordinary', encode: [opus(50)] },
  { name: 'Opus 96k', kind: 'ordinary', encode: [opus(96)] },
  { name: 'Opus 160k', kind: 'ordinary', encode: [opus(160)] },
  { name: 'MP3 96k', kind: 'ordinary', encode: [mp3(96)] },
  { name: 'MP3 128k', kind: 'ordinary', encode: [mp3(128)] },
  { name: 'MP3 320k', kind: 'ordinary', encode: [mp3(320)] },
  { name: 'AAC 96k', kind: 'ordinary', encode: [aac(96)] },
  { name: 'AAC 256k', kind: 'ordinary', encode: [aac(256)] },
  { name: 'AAC 128k, then Opus 128k', kind: 'ordinary', encode: [aac(128), opus(128)] },
];

const rough: readonly Chain[] = [
  { name: 'mono', kind: 'rough', filter: 'aformat=channel_layouts=mono' },
  { name: 'left channel alone', kind: 'rough', filter: 'pan=mono|c0=c0' },
  { name: '30 dB quieter, 16 bits', kind: 'rough', filter: 'volume=-30dB,aformat=s16' },
  {
    name: 'remaster: 3 dB more bass and treble, compressed',
    kind: 'rough',
    filter:
      'bass=g=3,treble=g=3,acompressor=threshold=-18dB:ratio=3:attack=10:release=150:makeup=2,alimiter=limit=0.95',
  },
  {
    name: 'heavy remaster: 8 dB more bass, strongly compressed',
    kind: 'rough',
    filter:
      'bass=g=8,treble=g=4,acompressor=threshold=-30dB:ratio=8:attack=5:release=80:makeup=8,alimiter=limit=0.9',
  },
  { name: 'clipped: 12 dB too loud', kind: 'rough', filter: 'aformat=s16,volume=12dB,aformat=s16' },
  { name: 'reverb', kind: 'rough', filter: 'aecho=0.8:0.7:40|63|97:0.4|0.3|0.25' },
  {
    name: 'telephone: 8 kHz, 300 to 3,400 Hz, mu-law',
    kind: 'rough',
    filter: voiceBand,
    encode: [telephone],
  },
  // Its second input.
  { name: 'pink noise, 20 dB below', kind: 'rough', filter: 'noise' },
];

const record = (speed: number): Chain => ({
  name: `${percent(speed)}, as a record`,
  kind: 'retuned',
  filter: `asetrate=${Math.round(44_100 * speed)},aresample=44100`,
  speed,
  pitch: speed,
});
const tempo = (speed: number): Chain => ({
  name: `${percent(speed)} at its own pitch`,
  kind: 'retuned',
  filter: `atempo=${speed}`,
  speed,
  pitch: 1,
});
const pitched = (name: string, pitch: number): Chain => ({
  name,
  kind: 'retuned',
  filter: `asetrate=${Math.round(44_100 * pitch)},aresample=44100,atempo=${(1 / pitch).toFixed(6)}`,
  speed: 1,
  pitch,
});
const semitone = 2 ** (1 / 12);

const retuned: readonly Chain[] = [
  ...[0.8, 0.85, 0.9, 0.96, 0.99, 1.01, 1.02, 1.0427, 1.15, 1.25, 1.35].map(record),
  ...[0.9, 0.98, 0.99, 1.01, 1.02, 1.0427, 1.1].map(tempo),
  pitched('2 semitones lower', semitone ** -2),
  pitched('1 semitone lower', semitone ** -1),
  pitched('tuned to 432 Hz', 432 / 440),
  pitched('1 semitone higher', semitone),
  pitched('2 semitones higher', semitone ** 2),
];

const mixed: readonly Chain[] = [
  { name: 'a voice on top, as loud as the music', kind: 'mixed', filter: 'voice 0' },
  { name: 'a voice on top, 6 dB below it', kind: 'mixed', filter: 'voice -6' },
  { name: 'a voice on top, 12 dB below it', kind: 'mixed', filter: 'voice -12' },
  { name: 'medley: 10 s of the clip in 180 s', kind: 'mixed', filter: 'medley' },
  { name: 'a loop of 8 s of it', kind: 'mixed', filter: 'loop' },
];

export const chains: readonly Chain[] = [...ordinary, ...rough, ...retuned, ...mixed];

function percent(speed: number): string {
  const much = Math.abs(speed - 1) * 100;
  return `${much.toFixed(much % 1 < 0.01 || much % 1 > 0.99 ? 0 : 1)} % ${speed > 1 ? 'faster' : 'slower'}`;
}
