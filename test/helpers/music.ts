import { createRandom } from './random.ts';

/** Samples per second of what is played here. */
export const musicRate = 22_050;

/** How a piece is played. The notes are those of its seed, whatever is chosen here. */
export interface Playing {
  readonly seconds: number;
  /** Without the voice. */
  readonly isInstrumental?: boolean;
  /** Another take of the same band: the tempo, the timing, the loudness of the notes and the fills differ. */
  readonly take?: number;
}

interface Note {
  readonly at: number;
  readonly seconds: number;
  readonly hertz: number;
  readonly level: number;
  /** The levels of its overtones. */
  readonly overtones: readonly number[];
}

const scales = [
  [0, 2, 4, 5, 7, 9, 11],
  [0, 2, 3, 5, 7, 8, 10],
  [0, 2, 3, 5, 7, 9, 10],
];
const piano = [1, 0.5, 0.25, 0.12];
const bass = [1, 0.3];
const voice = [1, 0.8, 0.9, 0.5, 0.3, 0.15];

/** A song that nobody knows: chords, bass, drums and a voice by a seed. 16-bit samples, one channel, `musicRate`. */
export function playMusic(seed: number, { seconds, isInstrumental = false, take = 0 }: Playing): Buffer {
  const notes = notesOf(seed, seconds, take).filter(
    ({ overtones }) => !isInstrumental || overtones !== voice,
  );
  const samples = new Float32Array(seconds * musicRate);
  for (const note of notes) addNote(samples, note);
  addDrums(samples, seed, take);
  const pcm = Buffer.alloc(samples.length * 2);
  samples.forEach((value, at) => pcm.writeInt16LE(Math.round(32_000 * Math.tanh(value * 0.5)), at * 2));
  return pcm;
}

function tempoOf(seed: number, take: number): number {
  const random = drawing(seed);
  // Seconds of a beat; nobody plays it twice alike.
  return (0.42 + random() * 0.3) * (take === 0 ? 1 : 1 + (drawing(seed * 7 + take)() - 0.5) * 0.06);
}

function notesOf(seed: number, seconds: number, take: number): readonly Note[] {
  const random = drawing(seed + 1);
  const human = drawing(seed * 13 + take);
  const beat = tempoOf(seed, take);
  const scale = scales[Math.floor(random() * scales.length)] ?? [];
  const root = 40 + Math.floor(random() * 12);
  const pitch = (degree: number): number =>
    440 * 2 ** ((root + (scale[degree % 7] ?? 0) + 12 * Math.floor(degree / 7) - 69) / 12);
  const verse = Array.from({ length: 4 }, () => Math.floor(random() * 7));
  const chorus = Array.from({ length: 4 }, () => Math.floor(random() * 7));
  const notes: Note[] = [];
  const late = (): number => (take === 0 ? 0 : Math.max(0, (human() - 0.5) * 0.05));
  for (let bar = 0; bar * 4 * beat < seconds; bar += 1) {
    const chords = Math.floor(bar / 8) % 2 === 0 ? verse : chorus;
    const chord = chords[bar % 4] ?? 0;
    const at = bar * 4 * beat;
    const level = take === 0 ? 1 : 0.7 + human() * 0.6;
    for (const step of [0, 2, 4])
      notes.push({
        at: at + late(),
        seconds: 4 * beat,
        hertz: pitch(chord + step + 7),
        level: 0.12 * level,
        overtones: piano,
      });
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const start = at + quarter * beat;
      notes.push({ at: start + late(), seconds: beat, hertz: pitch(chord), level: 0.25, overtones: bass });
      // The melody: two notes to a beat, now and then a rest.
      for (const half of [0, 0.5]) {
        const degree = chord + 14 + Math.floor(random() * 5) - 2;
        if (random() < 0.2) continue;
        const sung = { at: start + half * beat + late(), seconds: beat / 2, hertz: pitch(degree) };
        notes.push({ ...sung, level: 0.2 * (take === 0 ? 1 : 0.8 + human() * 0.4), overtones: voice });
      }
    }
  }
  return notes;
}

function addNote(samples: Float32Array, { at, seconds, hertz, level, overtones }: Note): void {
  const from = Math.round(at * musicRate);
  const to = Math.min(samples.length, from + Math.round(seconds * musicRate));
  for (const [number, strength] of overtones.entries()) {
    const step = (2 * Math.PI * hertz * (number + 1)) / musicRate;
    for (let index = from; index < to; index += 1) {
      const time = (index - from) / musicRate;
      const envelope = Math.min(1, time / 0.02) * Math.exp(-time * 1.5);
      samples[index] = (samples[index] ?? 0) + level * strength * envelope * Math.sin(step * (index - from));
    }
  }
}

function addDrums(samples: Float32Array, seed: number, take: number): void {
  const random = drawing(seed + 2 + take * 31);
  const beat = tempoOf(seed, take);
  for (let hit = 0; hit * beat * musicRate < samples.length; hit += 1) {
    const from = Math.round(hit * beat * musicRate);
    const isSnare = hit % 2 === 1;
    for (let index = from; index < Math.min(samples.length, from + musicRate / 6); index += 1) {
      const time = (index - from) / musicRate;
      const sound = isSnare ? random() - 0.5 : Math.sin(2 * Math.PI * 60 * time);
      samples[index] = (samples[index] ?? 0) + 0.35 * Math.exp(-time * 25) * sound;
    }
  }
}

/** 0 up to, but without, 1, again and again. */
function drawing(seed: number): () => number {
  const random = createRandom(seed);
  return () => random.next();
}
