import type { Command, CommanderError } from 'commander';
import { nearestName } from '../tracks/nearest-name.ts';
import { HarmoniError } from '../errors.ts';

/**
 * What is wrong with a command line, as every other failure is told: a sentence with a remedy, and a JSON document for
 * --json. commander's own words are for programmers.
 */
export function usageError(
  { message }: Pick<CommanderError, 'message'>,
  program: string,
  command?: string,
): HarmoniError {
  const fix =
    command === undefined ? helpOf(program) : `Run ${program} ${command} --help to see what it takes.`;
  return new HarmoniError('usage', sentenceOf(message), { fix });
}

/** The command that these words name, with its verb ("library convert"); undefined when they name none. Pure. */
export function commandOf(program: Command, args: readonly string[]): string | undefined {
  let command = program;
  const names: string[] = [];
  for (const arg of args) {
    const next = command.commands.find((one) => one.name() === arg || one.aliases().includes(arg));
    if (next === undefined) continue;
    names.push(next.name());
    command = next;
  }
  return names.length === 0 ? undefined : names.join(' ');
}

/** A first word that is no command: commander would answer `harmoni donwload --help` with the help of everything. */
export function unknownCommand(program: Command, args: readonly string[]): HarmoniError | undefined {
  const word = args.find((arg) => !arg.startsWith('-'));
  const names = program.commands.map((command) => command.name());
  if (word === undefined || word === 'help' || names.includes(word)) return undefined;
  const close = nearestName(word, names);
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  const message = `HARMONI has no command "${word}".${hint}`;
  return new HarmoniError('usage', message, { fix: helpOf(program.name()) });
}

const helpOf = (program: string): string => `Run ${program} --help to see the commands and options.`;

const wordings: readonly (readonly [RegExp, string])[] = [
  [/^unknown option '([^']*)'/, 'There is no option $1.'],
  [/^missing required argument 'action'/, 'The command needs to know what to do.'],
  // Commander has shown the help of a command that has others below it.
  [/^\(outputHelp\)$/, 'The command needs to know what to do.'],
  [/^unknown command '([^']*)'/, '"$1" isn\'t an action of this command.'],
  [/^missing required argument '([^']*)'/, 'The command needs a $1.'],
  [/^option '([^']*)' argument missing/, 'The option $1 needs a value.'],
  [
    /^option '([^']*)' argument '(.*)' is invalid\. Allowed choices are /s,
    '$1 can\'t be "$2". It must be one of ',
  ],
  [/^option '([^']*)' argument '(.*)' is invalid\. /s, '$1 can\'t be "$2". '],
  [
    /^command-argument value '(.*)' is invalid for argument 'action'\. /s,
    '"$1" isn\'t an action of this command. ',
  ],
  [/^command-argument value '(.*)' is invalid for argument '([^']*)'\. /s, 'The $2 can\'t be "$1". '],
  [/^too many arguments.*$/s, 'The command takes fewer words. Put a title with spaces in quotes.'],
];

function sentenceOf(said: string): string {
  // A suggestion stands in a second line.
  const text = said.replace(/^error: /, '').replace(/\n\((.*)\)$/, ' $1');
  const known = wordings.find(([pattern]) => pattern.test(text));
  return known === undefined ? text : text.replace(known[0], known[1]).trimEnd();
}
