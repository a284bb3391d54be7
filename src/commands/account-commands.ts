import { Option, type Command } from 'commander';
import type { App } from '../app.ts';
import { signInMethods } from '../auth/methods.ts';

type Run = (app: App, flags: { readonly with?: string }) => Promise<number>;

/** The verbs around the Spotify account. `withApp` makes the app, runs the verb and keeps its exit code. */
export function addAccountCommands(
  program: Command,
  withApp: (run: Run) => (...given: unknown[]) => Promise<void>,
): void {
  program
    .command('login')
    .addOption(new Option('--with <method>', 'how to sign in').choices(signInMethods.map(({ kind }) => kind)))
    .description('sign in to Spotify')
    .action(
      withApp(async (app, flags) => {
        const { runLogin } = await import('./login.ts');
        return runLogin(app, flags.with);
      }),
    );
  program
    .command('logout')
    .description('forget the sign-in')
    .action(withApp(async (app) => (await import('./login.ts')).runLogout(app)));
  program
    .command('status')
    .description('who is signed in to Spotify, and until when')
    .action(withApp(async (app) => (await import('./status.ts')).runStatus(app)));
  program
    .command('playlists')
    .description('list the playlists of the Spotify account')
    .action(withApp(async (app) => (await import('./playlists.ts')).runPlaylists(app)));
}
