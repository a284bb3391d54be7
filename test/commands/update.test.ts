import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { runUpdate } from '../../src/commands/update.ts';
import { createOutput } from '../../src/ui/output.ts';
import { createTheme } from '../../src/ui/theme.ts';
import type { Installation } from '../../src/update/installation.ts';
import { createScriptedPrompter } from '../helpers/scripted-prompter.ts';

async function update(installation: Installation, json = false) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const prompter = createScriptedPrompter([]);
  const output = createOutput({ stdout, stderr }, createTheme({ colour: false, unicode: true }), json);
  const beginWork = () => ({ signal: new AbortController().signal, done: () => undefined });
  const code = await runUpdate(
    { env: {}, prompter, output, interactive: false, beginWork },
    false,
    installation,
  );
  prompter.finish();
  return { code, text: String(stdout.read() ?? '') };
}

test('in a container it says the two commands and asks nothing', async () => {
  const { code, text } = await update({ kind: 'docker' });
  expect(code).toBe(0);
  expect(text).toMatch(
    /^HARMONI \d+\.\d+\.\d+, from Docker\n.*\n {2}git pull\n {2}docker compose build --pull\n$/s,
  );
});

test('--json is one document', async () => {
  const { text } = await update({ kind: 'npx' }, true);
  expect(JSON.parse(text)).toMatchObject({
    from: 'npx',
    news: null,
    updated: false,
    commands: ['npx harmoni@latest'],
  });
});
