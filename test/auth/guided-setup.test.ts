import { expect, test } from 'vitest';
import { guideToClientId } from '../../src/auth/guided-setup.ts';
import { back } from '../../src/ui/prompter.ts';
import { createScriptedPrompter, type ScriptedAnswer } from '../helpers/scripted-prompter.ts';

const clientId = '0123456789abcdef0123456789abcdef';

async function guide(answers: readonly ScriptedAnswer[], canOpen = true) {
  const prompter = createScriptedPrompter(answers);
  const opened: string[] = [];
  const result = await guideToClientId({
    redirectUri: 'http://127.0.0.1:8888/callback',
    exportifyFolder: 'data/exportify',
    prompter,
    openBrowser: async (url) => {
      opened.push(url);
      return canOpen;
    },
  });
  prompter.finish();
  return { result, opened, said: prompter.said.join('\n') };
}

test('the steps name the redirect URI, Premium and the five users, then the roads without an app', async () => {
  const { result, opened, said } = await guide([{ confirm: true }, { input: ` ${clientId} ` }]);
  expect(result).toBe(clientId);
  expect(opened).toEqual(['https://developer.spotify.com/dashboard']);
  for (const words of [
    '1. Open',
    'http://127.0.0.1:8888/callback',
    'Premium',
    'five people',
    'Exportify',
    'Account export',
  ]) {
    expect(said).toContain(words);
  }
});

test('without a browser the address is said', async () => {
  const { said } = await guide([{ confirm: true }, { input: clientId }], false);
  expect(said).toContain('Open it yourself: https://developer.spotify.com/dashboard');
});

test('no opens nothing and goes on', async () => {
  expect((await guide([{ confirm: false }, { input: clientId }])).opened).toEqual([]);
});

test.each<[readonly ScriptedAnswer[]]>([[[{ confirm: back }]], [[{ confirm: false }, { input: back }]]])(
  'Esc goes back',
  async (answers) => {
    expect((await guide(answers)).result).toBe(back);
  },
);

test('a redirect URI that cannot work is said before anybody registers it', async () => {
  const guided = guideToClientId({
    redirectUri: 'http://localhost:8888/callback',
    exportifyFolder: 'x',
    prompter: createScriptedPrompter([]),
    openBrowser: async () => true,
  });
  await expect(guided).rejects.toMatchObject({ code: 'redirect-uri-invalid' });
});
