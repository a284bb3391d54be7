import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { back, type Back } from '../ui/prompter.ts';
import type { AdoptViewParts } from '../views/adopt.ts';
import { typedPath } from '../views/typed-path.ts';

/** Management → Adopt music you own: which folder, for which playlists, and then as the command does. */
export async function openAdopt(parts: AdoptViewParts): Promise<void> {
  const { prompter } = parts;
  const folder = await prompter.input({
    message: 'The folder with your music:',
    validate: (text) => {
      if (text.trim() === '') return 'Type or drop a folder.';
      const path = resolve(typedPath(text, homedir()));
      return isFolder(path) || `${path} isn't a folder.`;
    },
  });
  if (folder === back) return;
  const inputs = await askLists(parts);
  if (inputs === back) return;
  const { adoptMusic } = await import('../views/adopt.ts');
  await adoptMusic(
    parts,
    { folder: resolve(typedPath(folder, homedir())), inputs },
    { way: undefined, yes: false, dryRun: false, askedIn: 'menu' },
  );
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

async function askLists({ prompter }: AdoptViewParts): Promise<readonly string[] | Back> {
  const which = await prompter.select<'known' | 'liked' | 'other'>({
    message: 'For which playlists?',
    choices: [
      {
        value: 'known',
        name: 'Playlists you follow, and pending ones',
        description: 'Pending ones are what the setting pending_lists names.',
      },
      { value: 'liked', name: 'Liked songs', description: 'Needs a Spotify sign-in.' },
      { value: 'other', name: 'A link or a file', description: 'Whatever harmoni download takes.' },
    ],
  });
  if (which === back) return back;
  if (which !== 'other') return which === 'known' ? [] : ['liked'];
  const typed = await prompter.input({
    message: 'Link or file:',
    validate: (text) => (text.trim() === '' ? 'Type a link, or type or drop a file.' : true),
  });
  return typed === back ? back : [typedPath(typed, homedir())];
}
