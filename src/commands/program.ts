import { Command, CommanderError } from 'commander';
import type { App, AppOptions } from '../app.ts';
import { addAccountCommands } from './account-commands.ts';
import { addAdoptCommand, type AdoptFlags } from './adopt-command.ts';
import { addAuthServerCommand, type AuthServerCommandFlags } from './auth-server.ts';
import { addBackupCommands } from './backup-commands.ts';
import { addCompletionCommands } from './completion-commands.ts';
import { configVerbs } from './config-verbs.ts';
import { addHistoryCommands } from './history-commands.ts';
import { addSyncCommands, type SyncFlags } from './sync-commands.ts';
import { addLibraryCommands } from './library-commands.ts';
import { findOldFiles } from '../history/old-files.ts';
import { harmoniVersion } from '../config/edition.ts';
import { reviewVerbs } from './review-verbs.ts';
import { plainOption } from '../ui/plain.ts';
import { programName } from '../ui/theme.ts';
import { commandOf, unknownCommand, usageError } from './usage-error.ts';
import { addWatchCommands, type WatchFlags } from './watch-commands.ts';
import { oneOf } from './one-of.ts';
import { addDownloadOptions, overridesOf, wholeNumber, type DownloadFlags } from './options.ts';

interface Flags extends AdoptFlags, AuthServerCommandFlags, DownloadFlags, SyncFlags, WatchFlags {
  readonly with?: string;
  readonly json?: boolean;
  readonly limit?: number;
  readonly dryRun?: boolean;
  readonly reformat?: boolean;
  readonly fix?: boolean;
  readonly forget?: boolean;
}

/** Makes the app, runs a verb with it and keeps its exit code. */
type WithApp = (
  run: (app: App, flags: Flags, inputs: readonly string[]) => Promise<number>,
) => (...given: unknown[]) => Promise<void>;

/**
 * Reads the command line and runs its command. Returns the exit code. `limits` are other than the user's where tests
 * cannot wait. @throws HarmoniError usage for a wrong command line, and what the command throws
 */
export async function runProgram(
  args: readonly string[],
  limits: Pick<AppOptions, 'childSilenceMs'> = {},
): Promise<number> {
  let exitCode = 0;

  const withApp: WithApp =
    (run) =>
    async (...given) => {
      // Commander hands over the arguments, then the options, then the command itself.
      const command = given.at(-1) as Command;
      const flags = command.optsWithGlobals<Flags>();
      // What only completes words or shows help makes no app.
      const { createApp } = await import('../app.ts');
      const app = createApp({
        env: process.env,
        json: flags.json === true,
        yes: flags.yes === true,
        overrides: overridesOf(flags),
        ...limits,
      });
      try {
        await takeOverOld(app);
        exitCode = await run(app, flags, command.args);
      } finally {
        await app.close();
      }
    };

  const name = programName(process.env);
  const program = new Command(name)
    .description(
      'Turns your Spotify playlists into a music library you own. Without a command, it opens the menu.',
    )
    .version(harmoniVersion())
    .option('--json', 'print one JSON document on stdout, messages on stderr')
    .option(plainOption, 'write line by line, with numbered lists and typed answers (for screen readers)')
    .exitOverride()
    // main.ts tells them as it tells every other failure.
    .configureOutput({ outputError: () => undefined });

  addCommands(program, withApp);

  const unknown = unknownCommand(program, args);
  if (unknown !== undefined) throw unknown;
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw usageError(error, name, commandOf(program, args));
  }
}

function addCommands(program: Command, withApp: WithApp): void {
  addSongCommands(program, withApp);
  addOpenSongCommands(program, withApp);
  addAdoptCommand(program, withApp);
  addSyncCommands(program, withApp);
  addWatchCommands(program, withApp);
  addHistoryCommands(program, withApp);
  addAccountCommands(program, withApp);
  addAuthServerCommand(program, withApp);
  addToolCommands(program, withApp);
  addCompletionCommands(program);
}

/** Settings and files of older versions, which is told once. */
async function takeOverOld(app: App): Promise<void> {
  const { progress } = app;
  const renewed = await app.configStore.renew();
  if (renewed !== undefined) progress.print(renewed, 'warn');
  if (findOldFiles(app.paths.data).length === 0) return;
  const { takeOverOldFiles } = await import('../views/old-files.ts');
  await takeOverOldFiles(app, (text, tone) => progress.print(text, tone));
}

/** download, match. */
function addSongCommands(program: Command, withApp: WithApp): void {
  addDownloadOptions(program.command('download'))
    .argument(
      '[source...]',
      'a Spotify, YouTube or SoundCloud link, "liked", a file with songs (CSV, text, m3u, JSON, Apple XML), a folder or .zip of them, "-" for standard input, or "artist - title" (without one: all pending, as the setting pending_lists says)',
    )
    .description('download songs')
    .option('--limit <number>', 'the most songs to take from each playlist', wholeNumber)
    .option('--reformat', 'replace songs that HARMONI downloaded in another format')
    .option('--dry-run', 'show what would be downloaded')
    .action(
      withApp(async (app, flags, inputs) => {
        const { runDownload } = await import('./download.ts');
        return runDownload(app, inputs, {
          limit: flags.limit,
          yes: flags.yes === true || !app.interactive,
          dryRun: flags.dryRun === true,
          accept: flags.accept ?? 'sure',
          reformat: flags.reformat === true,
          askedIn: app.interactive && flags.yes !== true ? 'terminal' : undefined,
        });
      }),
    );

  program
    .command('match')
    .argument('<source...>', 'same as for download')
    .description('show how each song would be matched, and why')
    .option('--limit <number>', 'the most songs to take from each playlist', wholeNumber)
    .action(
      withApp(async (app, flags, inputs) => {
        const { runMatch } = await import('./match.ts');
        return runMatch(app, inputs, flags.limit);
      }),
    );
}

/** review, retry, resume: what a download left open. */
function addOpenSongCommands(program: Command, withApp: WithApp): void {
  program
    .command('review')
    .argument(
      '[action]',
      `${reviewVerbs.join(', ')} (without: choose matches one by one)`,
      oneOf(reviewVerbs),
    )
    .argument(
      '[args...]',
      'remove NAME, export FILE, import FILE, redo NAME [LINK]; NAME is "artist - title"',
    )
    .description('choose matches for uncertain songs, or fix wrong ones')
    .action(
      withApp(async (app, _flags, [verb, ...args]) => {
        const { runReviewCommand } = await import('./review.ts');
        return runReviewCommand(app, verb === undefined ? undefined : oneOf(reviewVerbs)(verb), args);
      }),
    );

  addDownloadOptions(program.command('retry'))
    .description('retry failed songs')
    .action(
      withApp(async (app, flags) => {
        const { runRetry } = await import('./retry.ts');
        return runRetry(app, flags.accept ?? 'sure', app.interactive && flags.yes !== true);
      }),
    );

  program
    .command('resume')
    .argument('[job]', 'the job number (default: the latest)', wholeNumber)
    .description('continue an interrupted download')
    .option('--forget', "don't continue it, and keep the songs it downloaded")
    .action(
      withApp(async (app, flags, [id]) => {
        const { runForget, runResume } = await import('./resume.ts');
        const job = id === undefined ? undefined : wholeNumber(id);
        return flags.forget === true ? runForget(app, job) : runResume(app, job);
      }),
    );
}

/** backup, library, doctor, update, config, demo. */
function addToolCommands(program: Command, withApp: WithApp): void {
  addBackupCommands(program, withApp);
  addLibraryCommands(program, withApp);
  program
    .command('doctor')
    .description('check this machine for problems')
    .option('--fix', "install what's missing and update yt-dlp")
    .action(
      withApp(async (app, flags) => {
        const { runDoctorCommand } = await import('./doctor.ts');
        return runDoctorCommand(app, flags.fix === true);
      }),
    );

  program
    .command('update')
    .description('update HARMONI, or show how')
    .option('--yes', 'update without asking')
    .action(withApp(async (app, flags) => (await import('./update.ts')).runUpdate(app, flags.yes === true)));

  program
    .command('config')
    .argument('<action>', configVerbs.join(', '), oneOf(configVerbs))
    .argument('[args...]', 'set KEY VALUE, get KEY, profile [NAME | save NAME | delete NAME]')
    .description('view, change and check your settings')
    .option('--yes', 'reset, or replace or delete a profile, without asking')
    .action(
      withApp(async (app, flags, [verb = '', ...args]) => {
        const { runConfigCommand } = await import('./config.ts');
        return runConfigCommand(app, oneOf(configVerbs)(verb), args, flags.yes === true);
      }),
    );

  program
    .command('demo')
    .description('try HARMONI without an account or internet access')
    .option('--yes', "don't ask anything")
    .action(
      withApp(async (app, flags) => {
        const { runDemo } = await import('./demo.ts');
        const { createApp } = await import('../app.ts');
        const options = { yes: flags.yes === true || !app.interactive, json: flags.json === true };
        return runDemo(app, options, createApp);
      }),
    );
}
