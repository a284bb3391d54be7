import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  audioFormats,
  formatNamed,
  processRange,
  qualityKbps,
  qualityNames,
} from '../config/audio-formats.ts';
import type { Config } from '../config/schema.ts';
import type { Wish } from '../engine/wish.ts';

/** The options that several verbs have in common. */
export interface DownloadFlags {
  readonly format?: Config['audio_format'];
  readonly quality?: Config['audio_quality'];
  readonly output?: string;
  readonly concurrency?: number;
  readonly accept?: Wish['accept'];
  readonly yes?: boolean;
}

/** Adds the options of a verb that downloads. */
export function addDownloadOptions(command: Command): Command {
  return command
    .option(
      '--format <format>',
      `the audio format: ${audioFormats.join(', ')}`,
      offering(format, audioFormats),
    )
    .option(
      '--quality <quality>',
      'best, high, medium, low or kbit/s (mp3 and ogg)',
      offering(quality, qualityNames),
    )
    .option('--output <folder>', 'the library folder')
    .option('--concurrency <number>', 'yt-dlp processes at the same time (1 to 8)', concurrency)
    .addOption(
      new Option('--accept <decision>', 'accept certain matches only, or uncertain ones too').choices([
        'sure',
        'unsure',
      ]),
    )
    .option('--yes', 'download everything without asking');
}

/** The settings that the options stand above. */
export function overridesOf(flags: DownloadFlags): Partial<Config> {
  return {
    ...(flags.format === undefined ? {} : { audio_format: flags.format }),
    ...(flags.quality === undefined ? {} : { audio_quality: flags.quality }),
    ...(flags.output === undefined ? {} : { output_dir: resolve(flags.output) }),
    ...(flags.concurrency === undefined ? {} : { max_concurrent_downloads: flags.concurrency }),
  };
}

/** Reads a count. @throws InvalidArgumentError, which commander shows */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  return Number(text);
}

/** A parser with the words that completion offers. */
const offering = <T>(parse: (text: string) => T, choices: readonly string[]) => {
  return Object.assign((text: string) => parse(text), { choices });
};

/** Also by the names of HARMONI's first version. */
function format(text: string): Config['audio_format'] {
  const found = audioFormats.find((one) => one === formatNamed(text));
  if (found === undefined) throw new InvalidArgumentError(`It must be one of ${audioFormats.join(', ')}.`);
  return found;
}

/** Reads a quality. @throws InvalidArgumentError, which commander shows */
export function quality(text: string): Config['audio_quality'] {
  const found = qualityNames.find((one) => one === text) ?? numberIn(text, qualityKbps);
  if (found !== undefined) return found;
  throw new InvalidArgumentError('It must be best, high, medium, low or 64 to 320.');
}

function concurrency(text: string): number {
  const found = numberIn(text, processRange);
  if (found === undefined) throw new InvalidArgumentError('It must be 1 to 8.');
  return found;
}

function numberIn(text: string, [least, most]: readonly [number, number]): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}
