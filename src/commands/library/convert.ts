import type { Command } from 'commander';
import { audioFormats, type AudioFormat, type Config } from '../../config/schema.ts';
import { HarmoniError } from '../../errors.ts';
import type { ConvertViewParts } from '../../views/convert.ts';
import { oneOf, quality } from '../options.ts';
import { addQueryVerb, type LibraryFlags, type WithParts } from './verb.ts';

export interface ConvertFlags extends LibraryFlags {
  readonly format?: AudioFormat;
  readonly quality?: Config['audio_quality'];
  readonly smaller?: boolean;
  readonly all?: boolean;
  readonly lossyToLossless?: boolean;
}

const formats = audioFormats.filter((one) => one !== 'best');

/** library convert */
export function addConvertCommand(
  library: Command,
  withParts: WithParts<ConvertViewParts, ConvertFlags>,
): void {
  addQueryVerb(library, 'convert', 'convert songs to another format, with all their tags')
    .option('--format <format>', `the new format: ${formats.join(', ')}`, oneOf(formats))
    .option('--quality <quality>', 'best, high, medium, low or kbit/s (default: high)', quality)
    .option('--smaller', 'also compress songs that are in this format at a higher quality')
    .option('--all', "include files that HARMONI didn't make")
    .option('--lossy-to-lossless', 'also convert lossy songs to flac or wav, which only makes them larger')
    .option('--dry-run', 'show what would be converted')
    .option('--yes', 'convert without asking')
    .action(
      withParts(async (parts, flags, query) => {
        const { format, quality: wanted = 'high' } = flags;
        if (format === undefined || format === 'best') {
          throw new HarmoniError('usage', 'Which format?', {
            fix: `Add --format with one of ${formats.join(', ')}.`,
          });
        }
        const { convertLibrary } = await import('../../views/convert.ts');
        return convertLibrary(parts, query, {
          wish: { format, quality: wanted, isSmaller: flags.smaller === true, isOwnToo: flags.all === true },
          isDryRun: flags.dryRun === true,
          isYes: flags.yes === true,
          isLossyAllowed: flags.lossyToLossless === true,
        });
      }),
    );
}
