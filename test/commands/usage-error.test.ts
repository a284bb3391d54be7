import { expect, test } from 'vitest';
import { runProgram } from '../../src/commands/program.ts';

test.each([
  ['nonsense --help', 'HARMONI has no command "nonsense".'],
  ['--json donwload x', 'HARMONI has no command "donwload". Did you mean download?'],
  ['match', 'The command needs a source.'],
  ['download x --limit a', '--limit <number> can\'t be "a". It must be a whole number, 1 or more.'],
  [
    'download x --format ogp',
    '--format <format> can\'t be "ogp". It must be one of best, mp3, m4a, opus, flac, ogg, wav.',
  ],
  ['config', 'The command needs to know what to do.'],
  ['trash', 'The command needs to know what to do.'],
  ['library', 'The command needs to know what to do.'],
  ['library lits', '"lits" isn\'t an action of this command. Did you mean list?'],
  ['library list --nope', 'There is no option --nope.'],
  ['completion tcsh', 'The shell can\'t be "tcsh". It must be one of bash, zsh, fish, powershell.'],
  ['download x --format', 'The option --format <format> needs a value.'],
  [
    'review nonsense',
    '"nonsense" isn\'t an action of this command. It must be one of list, remove, export, import, redo.',
  ],
  ['status now', 'The command takes fewer words. Put a title with spaces in quotes.'],
  ['download x --nope', 'There is no option --nope.'],
])('harmoni %s is a failure like any other, with what to do', async (line, message) => {
  await expect(runProgram(line.split(' '))).rejects.toMatchObject({
    code: 'usage',
    message,
    fix: expect.stringMatching(
      /^Run .+ --help to see (?:the commands and options|what it takes)\.$/,
    ) as unknown,
  });
});

test.each([
  ['library verify --nope', 'library verify'],
  ['library organize --all --nope', 'library organise'],
  ['library convert --format mp5', 'library convert'],
  ['download x --nope', 'download'],
  ['--json library lits', 'library'],
])('harmoni %s leads to the help of the command itself', async (line, command) => {
  await expect(runProgram(line.split(' '))).rejects.toMatchObject({
    fix: expect.stringMatching(new RegExp(`^Run .+ ${command} --help to see what it takes\\.$`)) as unknown,
  });
});
