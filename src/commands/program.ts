import { Command, CommanderError } from 'commander';
import { createApp, type App, type AppOptions } from '../app.ts';
import { addAccountCommands } from './account-commands.ts';
import { addAuthServerCommand, type AuthServerCommandFlags } from './auth-server.ts';
import { configVerbs } from './config-verbs.ts';
import { harmoniVersion } from '../config/edition.ts';
import { reviewVerbs } from './review-verbs.ts';
import { programName } from '../ui/theme.ts';
import { addDownloadOptions, oneOf, overridesOf, wholeNumber, type DownloadFlags } from './options.ts';

interface Flags extends AuthServerCommandFlags, DownloadFlags {
  readonly with?: string;
  readonly json?: boolean;
  readonly limit?: number;
  readonly dryRun?: boolean;
  readonly reformat?: boolean;
  readonly fix?: boolean;
}

/** Makes the app, runs a verb with it and keeps its exit code. */
type WithApp = (
  run: (app: App, flags: Flags, inputs: readonly string[]) => Promise<number>,
) => (...given: unknown[]) => Promise<void>;

/**
 * Reads the command line and runs its command. Returns the exit code; 2 for a wrong command line. `limits` are other
 * than the user's where tests cannot wait.
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
      const app = createApp({
        env: process.env,
        json: flags.json === true,
        yes: flags.yes === true,
        overrides: overridesOf(flags),
        ...limits,
      });
      try {
        const renewed = await app.configStore.renew();
        if (renewed !== undefined) app.progress.print(renewed, 'warn');
        exitCode = await run(app, flags, command.args);
      } finally {
        await app.close();
      }
    };

  const name = programName(process.env);
  const program = new Command(name)
    .description(
      'Turns your playlists into a music library of your own. Without a command it opens the menu.',
    )
    .version(harmoniVersion())
    .option('--json', 'one JSON document on stdout, texts on stderr')
    .exitOverride()
    .showHelpAfterError(`Run ${name} --help to see the commands and options.`);

  addSongCommands(program, withApp);
  addOpenSongCommands(program, withApp);
  addAccountCommands(program, withApp);
  addAuthServerCommand(program, withApp);
  addToolCommands(program, withApp);

  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

/** download, match. */
function addSongCommands(program: Command, withApp: WithApp): void {
  addDownloadOptions(program.command('download'))
    .argument(
      '<source...>',
      'a Spotify, YouTube or SoundCloud link, "liked", a file with songs (CSV, text, m3u, JSON, Apple XML), a folder or .zip of them, "-" for standard input, or "artist - title"',
    )
    .description('download songs')
    .option('--limit <number>', 'at most so many songs of each list', wholeNumber)
    .option('--reformat', 'fetch songs again that HARMONI downloaded in another format')
    .option('--dry-run', 'say what would be downloaded')
    .action(
      withApp(async (app, flags, inputs) => {
        const { runDownload } = await import('./download.ts');
        return runDownload(app, inputs, {
          limit: flags.limit,
          yes: flags.yes === true || !app.interactive,
          dryRun: flags.dryRun === true,
          accept: flags.accept ?? 'sure',
          reformat: flags.reformat === true,
        });
      }),
    );

  program
    .command('match')
    .argument('<source...>', 'as for download')
    .description('show which video each song would be taken from, and why')
    .option('--limit <number>', 'at most so many songs of each list', wholeNumber)
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
    .argument('[verb]', `${reviewVerbs.join(', ')}; without: decide what waits`, oneOf(reviewVerbs))
    .argument(
      '[args...]',
      'remove NAME, export FILE, import FILE, redo NAME [LINK]; NAME is "artist - title"',
    )
    .description('decide the unsure ones, and choose other videos')
    .action(
      withApp(async (app, _flags, [verb, ...args]) => {
        const { runReviewCommand } = await import('./review.ts');
        return runReviewCommand(app, verb === undefined ? undefined : oneOf(reviewVerbs)(verb), args);
      }),
    );

  addDownloadOptions(program.command('retry'))
    .description('try again what failed')
    .action(
      withApp(async (app, flags) => {
        const { runRetry } = await import('./retry.ts');
        return runRetry(app, flags.accept ?? 'sure');
      }),
    );

  program
    .command('resume')
    .argument('[job]', 'the number of the job; else the newest', wholeNumber)
    .description('go on with an interrupted download')
    .action(
      withApp(async (app, _flags, [id]) => {
        const { runResume } = await import('./resume.ts');
        return runResume(app, id === undefined ? undefined : wholeNumber(id));
      }),
    );
}

/** doctor, update, config, demo. */
function addToolCommands(program: Command, withApp: WithApp): void {
  program
    .command('doctor')
    .description('check what HARMONI needs on this machine')
    .option('--fix', 'get what is missing, and a current yt-dlp')
    .action(
      withApp(async (app, flags) => {
        const { runDoctorCommand } = await import('./doctor.ts');
        return runDoctorCommand(app, flags.fix === true);
      }),
    );

  program
    .command('update')
    .description('get the newest HARMONI, or say how')
    .option('--yes', 'update without asking')
    .action(withApp(async (app, flags) => (await import('./update.ts')).runUpdate(app, flags.yes === true)));

  program
    .command('config')
    .argument('<verb>', configVerbs.join(', '), oneOf(configVerbs))
    .argument('[args...]', 'set KEY VALUE, get KEY, profile NAME')
    .description('see, change and check the settings')
    .option('--yes', 'reset without asking')
    .action(
      withApp(async (app, flags, [verb = '', ...args]) => {
        const { runConfigCommand } = await import('./config.ts');
        return runConfigCommand(app, oneOf(configVerbs)(verb), args, flags.yes === true);
      }),
    );

  program
    .command('demo')
    .description('try everything against stand-ins: no account, no internet')
    .option('--yes', 'ask nothing')
    .action(
      withApp(async (app, flags) => {
        const { runDemo } = await import('./demo.ts');
        const options = { yes: flags.yes === true || !app.interactive, json: flags.json === true };
        return runDemo(app, options, createApp);
      }),
    );
}
