import type { Alignment } from './align.ts';

/** How a song differs from its reference, where only that makes them differ. */
export interface OtherSpeed {
  /** How fast it is: 1.04 is 4 % too fast. */
  readonly speed: number;
  /** How much higher it sounds, as a factor, whatever its speed: 1.06 is a semitone. Records that turn too fast have both. */
  readonly pitch: number;
  /** Of the reference, made as fast and as high as the song. */
  readonly alignment: Alignment;
}

const semitone = 2 ** (1 / 12);
/** Less isn't heard as a wrong speed, and 432 Hz is 1.8 % below 440. */
const tolerance = 0.008;
const tuned432 = 432 / 440;

/** Whether a factor is heard as another one than 1. Pure. */
export function isOff(factor: number): boolean {
  return Math.abs(factor - 1) > tolerance;
}

/** "it's the right song, 4 % too fast": the end of a sentence. Pure. */
export function tellSpeed({ speed, pitch }: Pick<OtherSpeed, 'speed' | 'pitch'>): string {
  const right = "it's the right song";
  if (!isOff(speed)) return isOff(pitch) ? `${right}, ${tellPitch(pitch)}` : right;
  const percent = `${Math.max(1, Math.round(Math.abs(speed - 1) * 100))} % too ${speed > 1 ? 'fast' : 'slow'}`;
  // Both as a record does that turns too fast.
  if (!isOff(pitch / speed)) return `${right}, ${percent}`;
  return `${right}, ${percent} ${isOff(pitch) ? `and ${tellPitch(pitch)}` : 'at the right pitch'}`;
}

function tellPitch(pitch: number): string {
  if (Math.abs(pitch / tuned432 - 1) <= tolerance / 2) return 'tuned to 432 Hz';
  const semitones = Math.log(pitch) / Math.log(semitone);
  const many = Math.round(Math.abs(semitones));
  const where = semitones > 0 ? 'too high' : 'too low';
  if (many === 0) return `a little ${where}`;
  return many === 1 ? `a semitone ${where}` : `${many} semitones ${where}`;
}
