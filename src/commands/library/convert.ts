import { Option, type Command } from 'commander';
import { audioFormats, type AudioFormat } from '../../config/audio-formats.ts';
import type { Config } from '../../config/schema.ts';
import { HarmoniError } from '../../errors.ts';
import type { ConvertViewParts } from '../../views/convert.ts';
import { oneOf } from '../one-of.ts';
import { quality } from '../options.ts';
import {
  addOwnOption,
  addQueryVerb,
  includesOwn,
  type LibraryFlags,
  type OwnFlags,
  type WithParts,
} from './verb.ts';

export interface ConvertFlags extends LibraryFlags, OwnFlags {
  readonly format?: AudioFormat;
  readonly quality?: Config['audio_quality'];
  readonly smaller?: boolean;
  readonly lossyToLossless?: boolean;
  readonly to?: string;
  readonly list?: readonly string[];
  readonly template?: string;
  readonly loudness?: 'apply' | 'tag';
  readonly preset?: 'car';
}

const formats = audioFormats.filter((one) => one !== 'best');
/** What the preset stands for. */
const car = { format: 'mp3', loudness: 'apply' } as const;

/** library convert */
export function addConvertCommand(
  library: Command,
  withParts: WithParts<ConvertViewParts, ConvertFlags>,
): void {
  addOwnOption(
    addQueryVerb(
      library,
      'convert',
      'convert songs to another format, in place or as a copy, with all their tags',
    ),
  )
    .option('--format <format>', `the new format: ${formats.join(', ')}`, oneOf(formats))
    .option('--quality <quality>', 'best, high, medium, low or kbit/s (default: high)', quality)
    .option('--smaller', 'also compress songs that are in this format at a higher quality')
    .option('--lossy-to-lossless', 'also convert lossy songs to flac or wav, which only makes them larger')
    .option('--to <folder>', 'copy the songs there instead, and leave your library as it is')
    .option('--list <name>', 'with --to: this playlist, as a folder (more than once: several)', collect)
    .option('--template <template>', 'with --to: where songs without a playlist go', '{artist} - {track}')
    .addOption(
      new Option('--loudness <how>', 'with --to: make all songs equally loud, or only tag them').choices([
        'apply',
        'tag',
      ]),
    )
    .addOption(new Option('--preset <name>', 'with --to: car means mp3, equally loud').choices(['car']))
    .option('--dry-run', 'show what would be converted')
    .option('--yes', 'convert without asking')
    .action(withParts(runConvert));
}

const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

async function runConvert(
  parts: ConvertViewParts,
  flags: ConvertFlags,
  query: readonly string[],
): Promise<number> {
  const preset = flags.preset === 'car' ? car : undefined;
  const { format = preset?.format, loudness = preset?.loudness, to, list = [] } = flags;
  if (format === undefined || format === 'best') {
    throw new HarmoniError('usage', 'Which format?', {
      fix: `Add --format with one of ${formats.join(', ')}.`,
    });
  }
  const wish = {
    format,
    quality: flags.quality ?? 'high',
    isSmaller: flags.smaller === true,
    isOwnToo: includesOwn(flags, query),
  };
  const options = {
    isDryRun: flags.dryRun === true,
    isYes: flags.yes === true,
    isLossyAllowed: flags.lossyToLossless === true,
  };
  if (to === undefined) {
    if (list.length > 0 || loudness !== undefined) {
      throw new HarmoniError('usage', '--list, --loudness and --preset need a folder to copy to.', {
        fix: 'Add --to FOLDER, or choose songs of a playlist with list:NAME.',
      });
    }
    const { convertLibrary } = await import('../../views/convert.ts');
    return convertLibrary(parts, query, { wish, ...options });
  }
  // An empty variable in a script would be the current folder.
  if (to.trim() === '') {
    throw new HarmoniError('usage', '--to has no folder.', { fix: 'Add the folder to copy to.' });
  }
  const { copyLibrary } = await import('../../views/export-copy.ts');
  const { template = '' } = flags;
  return copyLibrary(parts, query, {
    wish: { ...wish, loudness },
    target: to,
    lists: list,
    template,
    ...options,
  });
}
