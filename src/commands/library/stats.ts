import type { Command } from 'commander';
import type { StatisticsFlags, StatisticsParts } from '../../views/statistics.ts';
import { addQueryVerb, type LibraryFlags, type WithParts } from './verb.ts';

/** library stats */
export function addStatsCommand(
  library: Command,
  withParts: WithParts<StatisticsParts, LibraryFlags & StatisticsFlags>,
): void {
  addQueryVerb(library, 'stats', 'show what your library is made of, and what it lacks')
    .option('--all', 'show everything, not just what fits on a screen')
    .option('--html <file>', 'write a page to look at and to share (one file, no internet needed)')
    .action(
      withParts(async (parts, flags, query) =>
        (await import('../../views/statistics.ts')).showStatistics(parts, flags, query),
      ),
    );
}
