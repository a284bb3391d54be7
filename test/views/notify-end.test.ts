import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { notifyEnd } from '../../src/views/notify-end.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const text = 'Downloaded 300 songs in 62 min; $(touch x) -h';

/** What is told where `notify-send` is this script; without one there is none. */
async function told(
  script: string | undefined,
  given: { notify?: 'none' | 'desktop'; seconds?: number; display?: string },
) {
  const bin = join(tempFolder(), 'bin');
  mkdirSync(bin);
  const said = join(bin, 'said');
  if (script !== undefined)
    writeFileSync(join(bin, 'notify-send'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const alerts: string[] = [];
  const { notify = 'desktop', seconds = 301, display = ':0' } = given;
  const parts = {
    config: { notify },
    env: { PATH: bin, DISPLAY: display },
    progress: { alert: (alert: string) => void alerts.push(alert) },
  };
  await notifyEnd(parts, text, seconds);
  return { alerts, said: existsSync(said) ? readFileSync(said, 'utf8').trimEnd().split('\n') : [] };
}
const works = 'printf "%s\\n" "$@" > "$(dirname "$0")/said"';

test("tells it by the desktop's own program, as one argument", async () => {
  expect(await told(works, {})).toEqual({ alerts: [], said: ['HARMONI', text] });
});

test.each([
  ['there is no such program', undefined, {}],
  ['it fails', 'exit 1', {}],
  ['there is no desktop', works, { display: '' }],
] as const)('leaves it to the terminal where %s', async (_what, script, given) => {
  expect(await told(script, given)).toEqual({ alerts: [text], said: [] });
});

test.each([
  ['nobody asked for it', { notify: 'none' }],
  ['the run was short', { seconds: 299 }],
] as const)('says nothing where %s', async (_what, given) => {
  expect(await told(works, given)).toEqual({ alerts: [], said: [] });
});
