import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createAssumeYesPrompter } from '../../src/ui/assume-yes-prompter.ts';
import { back } from '../../src/ui/prompter.ts';
import { createTheme } from '../../src/ui/theme.ts';
import { createPrompterWithoutTerminal } from '../../src/ui/without-terminal-prompter.ts';
import { createScriptedPrompter } from '../helpers/scripted-prompter.ts';

const rows = [
  { value: 'a', name: 'A', checked: true },
  { value: 'b', name: 'B', checked: false },
  { value: 'c', name: 'C', checked: true, disabled: 'gone' },
];

describe('without a terminal', () => {
  const output = new PassThrough();
  const prompter = createPrompterWithoutTerminal(output, createTheme({ colour: false, unicode: true }));

  it.each([
    ['select', () => prompter.select({ message: 'Which?', choices: [] }), 'harmoni --help'],
    ['pick', () => prompter.pick({ message: 'Songs', rows }), '--yes'],
    ['confirm', () => prompter.confirm({ message: 'Sure?', default: true }), '--yes'],
    ['input', () => prompter.input({ message: 'Folder' }), 'harmoni --help'],
  ])('%s is a usage error that names the way out', async (_kind, ask, wayOut) => {
    await expect(ask()).rejects.toMatchObject({
      code: 'usage',
      fix: expect.stringContaining(wayOut) as unknown,
    });
  });

  it('says safe text', () => {
    prompter.say('Evil \u001b[2Jlist', 'warn');
    expect(String(output.read())).toBe('Evil list\n');
  });
});

it('--yes takes the ticked rows, agrees, and still asks the rest', async () => {
  const person = createScriptedPrompter([{ input: 'Queen' }]);
  const prompter = createAssumeYesPrompter(person);
  expect(await prompter.pick({ message: 'Songs', rows })).toEqual(['a']);
  expect(await prompter.confirm({ message: 'Sure?', default: false })).toBe(true);
  expect(await prompter.input({ message: 'Artist' })).toBe('Queen');
  person.finish();
});

describe('the scripted prompter of the tests', () => {
  it('fails on an unexpected question and on an unused answer', async () => {
    const prompter = createScriptedPrompter([{ confirm: back }]);
    await expect(prompter.input({ message: 'Folder' })).rejects.toThrow('was asked (input): Folder');
    await expect(prompter.input({ message: 'Folder' })).rejects.toThrow('Nobody expected');
    const other = createScriptedPrompter([{ confirm: true }]);
    expect(() => other.finish()).toThrow('Not asked');
  });

  it('fails on a choice that is not there or cannot be chosen', async () => {
    const prompter = createScriptedPrompter([{ select: 'D' }, { select: 'C' }]);
    await expect(prompter.select({ message: 'Which?', choices: rows })).rejects.toThrow('no "D"');
    await expect(prompter.select({ message: 'Which?', choices: rows })).rejects.toThrow('gone');
  });
});
