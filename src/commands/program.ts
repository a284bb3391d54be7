import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { createApp, type App, type AppOptions } from '../app.ts';
import { addAccountCommands } from './account-commands.ts';
import { addAuthServerCommand, type AuthServerCommandFlags } from './auth-server.ts';
import { configVerbs } from './config-text.ts';
import { harmoniVersion } from '../config/edition.ts';
import { audioFormats, configSchema, type Config } from '../config/schema.ts';
import { reviewVerbs } from './review-verbs.ts';
import { programName } from '../ui/theme.ts';
import type { Accept } from './run-downloads.ts';

interface Flags extends AuthServerCommandFlags {
  readonly with?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly format?: Config['audio_format'];
  readonly quality?: Config['audio_quality'];
  readonly output?: string;
  readonly concurrency?: number;
  readonly limit?: number;
  readonly dryRun?: boolean;
  readonly reformat?: boolean;
  readonly accept?: Accept;
  readonly fix?: boolean;
}

/**
 * Reads the command line and runs its command. Returns the exit code; 2 for a wrong command line. `limits` are other
 * than the user's where tests cannot wait.
 */
export async function runProgram(
  args: readonly string[],
  limits: Pick<AppOptions, 'childSilenceMs'> = {},
): Promise<number> {
  let exitCode = 0;

  const withApp =
    (run: (app: App, flags: Flags, inputs: readonly string[]) => Promise<number>) =>
    async (...given: unknown[]): Promise<void> => {
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

  downloadOptions(program.command('download'))
    .argument(
      '<source...>',
      'a Spotify link or "liked", an Exportify .csv or folder, tracks.json, a YouTube link, or "artist - title"',
    )
    .description('download songs')
    .option('--limit <number>', 'at most so many songs of each list', wholeNumber)
    .option('--reformat', 'fetch songs again that HARMONI downloaded in another format')
    .option('--dry-run', 'say what would be downloaded')
    .action(
      withApp(async (app, flags, inputs) => {
        const { runDownload } = await import('./download.ts');
        return runDownload(app, {
          inputs,
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

  downloadOptions(program.command('retry'))
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

  addAccountCommands(program, withApp);
  addAuthServerCommand(program, withApp);

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
        return runDemo(app, { yes: flags.yes === true || !app.interactive, json: flags.json === true });
      }),
    );

  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function downloadOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'the audio format').choices([...audioFormats]))
    .option('--quality <quality>', 'best, high, medium, low or kbit/s (mp3 and ogg)', quality)
    .option('--output <folder>', 'the library folder')
    .option('--concurrency <number>', 'yt-dlp processes at the same time (1 to 8)', concurrency)
    .addOption(
      new Option('--accept <decision>', 'the least sure match that is taken').choices(['sure', 'unsure']),
    )
    .option('--yes', 'take every song and ask nothing');
}

function overridesOf(flags: Flags): Partial<Config> {
  return {
    ...(flags.format === undefined ? {} : { audio_format: flags.format }),
    ...(flags.quality === undefined ? {} : { audio_quality: flags.quality }),
    ...(flags.output === undefined ? {} : { output_dir: resolve(flags.output) }),
    ...(flags.concurrency === undefined ? {} : { max_concurrent_downloads: flags.concurrency }),
  };
}

function oneOf<T extends string>(allowed: readonly T[]): (text: string) => T {
  return (text) => {
    const found = allowed.find((one) => one === text);
    if (found === undefined) throw new InvalidArgumentError(`It must be one of ${allowed.join(', ')}.`);
    return found;
  };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}

function quality(text: string): Config['audio_quality'] {
  const parsed = configSchema.shape.audio_quality.safeParse(/^\d+$/.test(text) ? Number(text) : text);
  if (!parsed.success) throw new InvalidArgumentError('It must be best, high, medium, low or 64 to 320.');
  return parsed.data;
}

function concurrency(text: string): number {
  const parsed = configSchema.shape.max_concurrent_downloads.safeParse(Number(text));
  if (!parsed.success) throw new InvalidArgumentError('It must be 1 to 8.');
  return parsed.data;
}
