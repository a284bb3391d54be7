import type { Argument, Command, Option } from 'commander';
import type { TypedLine } from './line.ts';

/** Something that may stand at the cursor. */
export interface Offer {
  readonly value: string;
  readonly text?: string;
}

/** What the shell offers for the word at the cursor. */
export interface Offers {
  readonly offers: readonly Offer[];
  /** Whether the shell adds names of its own. */
  readonly paths: 'none' | 'files' | 'folders';
}

/** Names that only a look at the disk can tell. */
export interface Names {
  /** The playlists that are followed, and those that were downloaded. */
  followed(): readonly string[];
  lists(): readonly string[];
  backups(): readonly string[];
  ownProfiles(): readonly string[];
  /** What `harmoni config` and queries know, which is loaded when it's needed. */
  settings(): Promise<readonly Offer[]>;
  valuesOf(setting: string): Promise<readonly string[]>;
  queryTerms(current: string, lists: () => readonly string[]): Promise<readonly Offer[]>;
  readonly profiles: readonly string[];
}

const nothing: Offers = { offers: [], paths: 'none' };
const values = (texts: readonly string[]): Offers => ({
  ...nothing,
  offers: texts.map((value) => ({ value })),
});

/** What fits at the cursor, by commander's tree of the commands. */
export async function offersFor(
  program: Command,
  { words, current }: TypedLine,
  names: Names,
): Promise<Offers> {
  const { command, given, pending } = walk(program, words);
  if (pending !== undefined) return startingWith(current, forOption(pending));
  const [name = '', ...rest] = current.split('=');
  const isLong = name.startsWith('--') && rest.length > 0;
  const option = isLong ? optionsOf(command).find(({ long }) => long === name) : undefined;
  if (isLong) {
    if (option === undefined) return nothing;
    const offered = forOption(option);
    return startingWith(current, {
      ...offered,
      offers: offered.offers.map((offer) => ({ ...offer, value: `${name}=${offer.value}` })),
    });
  }
  const isQuery = command.registeredArguments.some((argument) => argument.name() === 'query');
  if (current.startsWith('-') && !(isQuery && !current.startsWith('--') && current.length > 1)) {
    return startingWith(current, { ...nothing, offers: optionsOf(command).map(optionOffer) });
  }
  const argument = command.registeredArguments[given.length] ?? command.registeredArguments.at(-1);
  const fitting =
    argument === undefined || (given.length >= command.registeredArguments.length && !argument.variadic)
      ? nothing
      : await forArgument(command, argument, { given, current }, names);
  const commands = given.length === 0 ? visible(command).map(commandOffer) : [];
  return startingWith(current, { ...fitting, offers: [...commands, ...fitting.offers] });
}

/** Goes through the finished words: which command they lead to, what it has got, and the option that waits for its value. */
function walk(program: Command, words: readonly string[]) {
  let command = program;
  let pending: Option | undefined;
  let isRest = false;
  const given: string[] = [];
  for (const word of words) {
    if (pending !== undefined) pending = undefined;
    else if (word === '--') isRest = true;
    else if (!isRest && word.startsWith('-')) {
      const option = optionsOf(command).find(({ long, short }) => long === word || short === word);
      pending = option?.required === true ? option : undefined;
    } else {
      const next = given.length === 0 ? command.commands.find((one) => one.name() === word) : undefined;
      if (next === undefined) given.push(word);
      else command = next;
    }
  }
  return { command, given, pending };
}

/** Its own options, and those of all commands above it. */
function optionsOf(command: Command): readonly Option[] {
  const own = command.createHelp().visibleOptions(command);
  const above: Option[] = [];
  for (let at = command.parent; at !== null; at = at.parent) {
    above.push(...at.options.filter((option) => !option.hidden));
  }
  return [...own, ...above];
}

const visible = (command: Command): readonly Command[] =>
  command.commands.length === 0 ? [] : command.createHelp().visibleCommands(command);
const commandOffer = (command: Command): Offer => ({ value: command.name(), text: command.description() });
const optionOffer = ({ long, short, description }: Option): Offer => ({
  value: long ?? short ?? '',
  text: description,
});

function startingWith(current: string, { offers, paths }: Offers): Offers {
  return { offers: offers.filter(({ value }) => value.startsWith(current)), paths };
}

/** The words that a parser of ours takes (`oneOf`), or that commander knows. */
function choicesOf(taker: {
  readonly argChoices?: string[];
  readonly parseArg?: unknown;
}): readonly string[] {
  if (taker.argChoices !== undefined) return taker.argChoices;
  const parse: unknown = taker.parseArg;
  if (typeof parse !== 'function' || !('choices' in parse) || !Array.isArray(parse.choices)) return [];
  return parse.choices.map(String);
}

function forOption(option: Option): Offers {
  const choices = choicesOf(option);
  if (choices.length > 0) return values(choices);
  return { ...nothing, paths: /<folder>/.test(option.flags) ? 'folders' : 'none' };
}

async function forArgument(
  command: Command,
  argument: Argument,
  { given, current }: { readonly given: readonly string[]; readonly current: string },
  names: Names,
): Promise<Offers> {
  const choices = choicesOf(argument);
  if (choices.length > 0) return values(choices);
  const first = given[0] ?? '';
  switch (`${command.name()} ${argument.name()}`) {
    case 'sync name':
    case 'unfollow name':
      // One that looks like an option can't be given as a word.
      return values(names.followed().filter((name) => !given.includes(name) && !name.startsWith('-')));
    case 'backup name':
      return values(['create', 'list'].includes(first) ? [] : ['latest', ...names.backups()]);
    case 'review args':
      return { ...nothing, paths: ['export', 'import'].includes(first) ? 'files' : 'none' };
    case 'config args':
      return forConfig(given, names);
  }
  if (argument.name() === 'query')
    return { ...nothing, offers: await names.queryTerms(current, () => names.lists()) };
  if (argument.name() === 'source')
    return { offers: [{ value: 'liked', text: 'your liked songs' }], paths: 'files' };
  return { ...nothing, paths: /file|path/.test(argument.name()) ? 'files' : 'none' };
}

/** get KEY, set KEY VALUE, profile [NAME | save NAME | delete NAME]. */
async function forConfig([verb = '', ...args]: readonly string[], names: Names): Promise<Offers> {
  const [first = ''] = args;
  if (verb === 'profile') {
    if (args.length === 0) {
      return values([...names.ownProfiles(), ...names.profiles, 'list', 'save', 'delete']);
    }
    return values(['save', 'delete'].includes(first) && args.length === 1 ? names.ownProfiles() : []);
  }
  if (!['get', 'set'].includes(verb)) return nothing;
  if (args.length === 0) return { ...nothing, offers: await names.settings() };
  if (verb === 'get' || args.length > 1) return nothing;
  const isPath = /_(?:dir|folder|file|path)$/.exec(first)?.[0];
  if (isPath !== undefined) return { ...nothing, paths: /dir|folder/.test(isPath) ? 'folders' : 'files' };
  return values(await names.valuesOf(first));
}
