import type { Command } from 'commander';
import { layoutPresets } from '../../config/layouts.ts';
import { HarmoniError } from '../../errors.ts';
import type { OrganiseViewParts } from '../../views/organise.ts';
import {
  addOwnOption,
  addQueryVerb,
  includesOwn,
  type LibraryFlags,
  type OwnFlags,
  type WithParts,
} from './verb.ts';

interface OrganiseFlags extends LibraryFlags, OwnFlags {
  readonly template?: string;
}

const templateHelp = `
Templates (also for file_name_template):
${layoutPresets.map(({ name, template }) => `  ${name.padEnd(20)}${template}`).join('\n')}
  {album|'Singles'}   the first that is known
  {number:03}         with three digits
  {artist:the}        functions, one after the other: first, lower, upper, ascii, the, left(1)
  [ - {year}]         left out when the year isn't known

Without a query, all songs that HARMONI downloaded are organized. With is:own in the query,
or --all, your own files are included.`;

/** library organise */
export function addOrganiseCommand(
  library: Command,
  withParts: WithParts<OrganiseViewParts, OrganiseFlags>,
): void {
  addOwnOption(addQueryVerb(library, 'organise', 'move songs to where a template has them; can be undone'))
    .alias('organize')
    .option('--template <template>', 'a template or the name of one (default: file_name_template)')
    .option('--dry-run', 'show what would be moved')
    .option('--yes', 'move without asking')
    .addHelpText('after', templateHelp)
    .action(
      withParts(async (parts, flags, words) => {
        const { organiseFiles } = await import('../../views/organise.ts');
        const template = (await readTemplate(flags.template)) ?? parts.config.file_name_template;
        const includeOwn = includesOwn(flags, words);
        return organiseFiles(
          parts,
          { words, includeOwn, template },
          { yes: flags.yes === true, dryRun: flags.dryRun === true },
        );
      }),
    );
}

async function readTemplate(text: string | undefined): Promise<string | undefined> {
  if (text === undefined) return undefined;
  const { parseTyped } = await import('../../config/parse-value.ts');
  const read = parseTyped('file_name_template', text);
  if (read.ok) return String(read.value);
  throw new HarmoniError('usage', read.message.replace('file_name_template', 'The template'), {
    fix: 'Run harmoni library organise --help to see how templates are written.',
  });
}
