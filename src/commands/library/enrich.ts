import type { Command } from 'commander';
import { HarmoniError } from '../../errors.ts';
import { enrichKinds, type EnrichKind } from '../../tracks/enrich-kind.ts';
import type { EnrichViewParts } from '../../views/enrich-library.ts';
import {
  addOwnOption,
  addQueryVerb,
  includesOwn,
  type LibraryFlags,
  type OwnFlags,
  type WithParts,
} from './verb.ts';

export type EnrichFlags = LibraryFlags & OwnFlags & { readonly only?: string };

/** library enrich */
export function addEnrichCommand(library: Command, withParts: WithParts<EnrichViewParts, EnrichFlags>): void {
  addOwnOption(addQueryVerb(library, 'enrich', 'add the metadata that songs lack'))
    .option('--only <kinds>', `only these, with commas: ${enrichKinds.join(', ')}`)
    .option('--dry-run', 'show what would be added')
    .option('--yes', 'add it without asking')
    .action(
      withParts(async (parts, flags, query) => {
        const only = flags.only === undefined ? undefined : kindsIn(flags.only);
        const { addMetadata } = await import('../../views/enrich-library.ts');
        const includeOwn = includesOwn(flags, query);
        const { yes = false, dryRun = false } = flags;
        return addMetadata(parts, query, { only, includeOwn, yes, dryRun });
      }),
    );
}

function kindsIn(text: string): readonly EnrichKind[] {
  return text.split(',').map((word) => {
    const kind = enrichKinds.find((one) => one === word.trim().toLowerCase());
    if (kind !== undefined) return kind;
    throw new HarmoniError('usage', `--only knows ${enrichKinds.join(', ')}, not "${word}".`, {
      fix: 'Run harmoni library enrich --help to see what it takes.',
    });
  });
}
