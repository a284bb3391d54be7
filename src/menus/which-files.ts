import type { Back, Prompter } from '../ui/prompter.ts';

/**
 * Asks whether a change is for HARMONI's songs only, or for the user's own files, too.
 * @param ofOwn what happens to those
 */
export function askWhichFiles(prompter: Pick<Prompter, 'select'>, ofOwn: string): Promise<boolean | Back> {
  return prompter.select({
    message: 'Which files?',
    choices: [
      { value: false, name: 'Songs that HARMONI downloaded' },
      { value: true, name: 'All songs, also your own', description: ofOwn },
    ],
  });
}
