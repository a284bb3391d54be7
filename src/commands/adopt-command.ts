import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { AdoptViewParts } from '../views/adopt.ts';

export interface AdoptFlags {
  readonly link?: boolean;
  readonly copy?: boolean;
  readonly leave?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const help = `
Files in your library stay where they are. For files elsewhere HARMONI asks, and copies them with --yes.
Your own files are never changed, renamed or removed, and uncertain ones are only adopted if you select them.`;

/** adopt */
export function addAdoptCommand(
  program: Command,
  withApp: (
    run: (app: AdoptViewParts, flags: AdoptFlags, inputs: readonly string[]) => Promise<number>,
  ) => (...given: unknown[]) => Promise<void>,
): void {
  program
    .command('adopt')
    .argument('<folder>', 'the folder with your music')
    .argument('[source...]', 'same as for download (without one: playlists you follow, and pending ones)')
    .description('use music you already own for your playlists, and download only the rest')
    .addOption(new Option('--link', 'link files into your library').conflicts(['copy', 'leave']))
    .addOption(new Option('--copy', 'copy files into your library').conflicts('leave'))
    .option('--leave', 'leave files where they are')
    .option('--dry-run', 'show what would be adopted')
    .option('--yes', "adopt what is certain without asking, and don't download")
    .addHelpText('after', help)
    .action(
      withApp(async (app, flags, [folder = '', ...inputs]) => {
        const { adoptMusic } = await import('../views/adopt.ts');
        const way = (['link', 'copy', 'leave'] as const).find((name) => flags[name] === true);
        return adoptMusic(
          app,
          { folder: resolve(folder), inputs },
          {
            way,
            yes: flags.yes === true,
            dryRun: flags.dryRun === true,
            askedIn: app.interactive && flags.yes !== true ? 'terminal' : undefined,
          },
        );
      }),
    );
}
