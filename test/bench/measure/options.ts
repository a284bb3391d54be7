import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly tracks: number;
  /** Of each song. */
  readonly seconds: number;
  readonly formats: readonly string[];
  /** Of the stand-in, before each answer, in ms. */
  readonly latencyMs: number | undefined;
  /** Of the stand-in, for each connection that sends sound. */
  readonly bytesPerSecond: number | undefined;
  readonly rounds: number;
  readonly timeline: boolean;
  readonly seed: string;
  /** Numbers of songs, when it's about how cost and memory grow. */
  readonly sizes: readonly number[];
  /** The peer that is left out: the slow one takes ten times as long as HARMONI. */
  readonly without: string | undefined;
}

export type BenchDefaults = Pick<BenchOptions, 'tracks' | 'seconds' | 'formats' | 'rounds'>;

/**
 * `[TRACKS] [SECONDS] [FORMATS]` and the options of the same names; the options win.
 * @throws on an unknown option, on a number that is none, and on options that do not go together
 */
export function readBenchOptions(args: readonly string[], defaults: BenchDefaults): BenchOptions {
  const string = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      tracks: string,
      seconds: string,
      formats: string,
      latency: string,
      bandwidth: string,
      rounds: string,
      seed: string,
      sizes: string,
      without: string,
      timeline: { type: 'boolean' },
    },
  });
  const [tracks, seconds, formats] = positionals;
  const sizes = values.sizes?.split(',').map((text) => numberOf('sizes', text)) ?? [];
  const isSized = sizes.length > 0;
  if (isSized && (values.tracks !== undefined || values.timeline === true))
    throw new Error('--sizes says how many songs, and makes no timeline: leave out --tracks and --timeline.');
  return {
    tracks: numberOf('tracks', values.tracks ?? tracks) ?? defaults.tracks,
    // Memory and the cost of a song do not ask for long ones.
    seconds: numberOf('seconds', values.seconds ?? seconds) ?? (isSized ? 5 : defaults.seconds),
    formats: (values.formats ?? formats)?.split(',') ?? (isSized ? ['best'] : defaults.formats),
    latencyMs: numberOf('latency', values.latency),
    bytesPerSecond: numberOf('bandwidth', values.bandwidth),
    rounds: numberOf('rounds', values.rounds) ?? defaults.rounds,
    timeline: values.timeline ?? false,
    seed: values.seed ?? String(Date.now() % 1_000_000),
    sizes,
    without: values.without,
  };
}

function numberOf(name: string, text: string): number;
function numberOf(name: string, text: string | undefined): number | undefined;
function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) throw new Error(`${name}: "${text}" is not a number above 0.`);
  return number;
}
