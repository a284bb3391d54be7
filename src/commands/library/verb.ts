import type { Command } from 'commander';
import { HarmoniError } from '../../errors.ts';

/** The options that verbs of the library have in common. */
export interface LibraryFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** Of verbs that change songs. */
export interface OwnFlags {
  readonly all?: boolean;
}

/** Makes the parts, runs a verb with them and keeps its exit code. */
export type WithParts<P, F = LibraryFlags> = (
  run: (parts: P, flags: F, args: readonly string[]) => Promise<number>,
) => (...given: unknown[]) => Promise<void>;

const queryHelp =
  'which songs: artist:NAME album:NAME year:1997..2003 format:mp3|m4a missing:cover is:broken proven:no list:NAME, -format:mp3 for all others, or any words (without a query: all songs)';

/** A verb that takes a query. `-format:mp3` is a part of it, no option. */
export function addQueryVerb(library: Command, name: string, description: string): Command {
  return library
    .command(name)
    .argument('[query...]', queryHelp)
    .description(description)
    .allowUnknownOption()
    .hook('preAction', ({ args }) => {
      const option = args.find((arg) => arg.startsWith('--'));
      if (option === undefined) return;
      throw new HarmoniError('usage', `There is no option ${option}.`, {
        fix: `Run harmoni library ${name} --help to see what it takes.`,
      });
    });
}

/** What a verb changes is what HARMONI downloaded, unless the user asks for more. */
export function addOwnOption(command: Command): Command {
  return command.option('--all', "also files that HARMONI didn't download");
}

/** Whether the user's own files are meant: by the option, or by a query that asks for them. Pure. */
export function includesOwn({ all }: OwnFlags, words: readonly string[]): boolean {
  return all === true || words.some((word) => /(?:^|\s)is:(?:\w+\|)*own\b/i.test(word));
}
