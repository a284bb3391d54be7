import { Option, type Command } from 'commander';
import { signInKinds } from '../auth/method-kinds.ts';
import type { LoginParts, LogoutParts } from './login.ts';
import type { PlaylistsCommandParts } from './playlists.ts';
import type { StatusCommandParts } from './status.ts';

export type AccountParts = LoginParts & LogoutParts & StatusCommandParts & PlaylistsCommandParts;

type Run = (parts: AccountParts, flags: { readonly with?: string }) => Promise<number>;

/** The verbs around the Spotify account. `withParts` makes what the verb needs, runs it and keeps its exit code. */
export function addAccountCommands(
  program: Command,
  withParts: (run: Run) => (...given: unknown[]) => Promise<void>,
): void {
  program
    .command('login')
    .addOption(new Option('--with <method>', 'how to sign in').choices(signInKinds))
    .description('sign in to Spotify')
    .action(
      withParts(async (parts, flags) => {
        const { runLogin } = await import('./login.ts');
        return runLogin(parts, flags.with);
      }),
    );
  program
    .command('logout')
    .description('sign out of Spotify')
    .action(withParts(async (parts) => (await import('./login.ts')).runLogout(parts)));
  program
    .command('status')
    .description('show who is signed in to Spotify, and until when')
    .action(withParts(async (parts) => (await import('./status.ts')).runStatus(parts)));
  program
    .command('playlists')
    .description('list your Spotify playlists')
    .action(withParts(async (parts) => (await import('./playlists.ts')).runPlaylists(parts)));
}
