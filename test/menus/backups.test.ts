import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runBackup } from '../../src/commands/backup.ts';
import { configSchema } from '../../src/config/schema.ts';
import { openConfig } from '../../src/config/store.ts';
import { openStore, type Store } from '../../src/history/store.ts';
import { openBackupsMenu } from '../../src/menus/backups.ts';
import { back } from '../../src/ui/prompter.ts';
import { createBackupBench } from '../automation/backup-bench.ts';
import { createTestClock } from '../helpers/clock.ts';
import { createScriptedPrompter, type ScriptedAnswer } from '../helpers/scripted-prompter.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** A HARMONI whose everything says "one", and the user's answers. */
function partsWith(answers: readonly ScriptedAnswer[] = []) {
  const clock = createTestClock();
  const bench = createBackupBench(tempFolder(), clock);
  bench.say('one');
  const prompter = createScriptedPrompter(answers);
  const printed: string[] = [];
  const documents: unknown[] = [];
  let store: Store | undefined;
  const closeStore = (): void => {
    store?.close();
    store = undefined;
  };
  onTestFinished(() => {
    closeStore();
    prompter.finish();
  });
  const output = {
    say: (text: string) => void printed.push(text),
    lines: (lines: readonly { text: string }[]) => void printed.push(...lines.map(({ text }) => text)),
    document: (document: object) => void documents.push(document),
    json: false,
  };
  const parts = {
    paths: { data: bench.data, config: bench.config },
    configStore: openConfig(bench.config),
    config: { ...configSchema.parse({}), ...bench.parts().inputs },
    readSettings: () => undefined,
    clock,
    output,
    prompter,
    closeStore,
    get store() {
      return (store ??= openStore(bench.data, clock));
    },
  };
  return { bench, parts, prompter, printed, documents, backups: join(bench.data, 'backups') };
}

test('the menu backs up, and restores a backup on a yes while its own store is open', async () => {
  const name = 'harmoni-20261121-120000-000';
  const row = /^\S+ .* made by you: 1 followed playlist$/;
  const { bench, parts, printed, backups } = partsWith([
    { select: 'Back up now' },
    { select: 'Show backups' },
    { select: back },
  ]);
  await openBackupsMenu(parts);
  expect(printed.some((line) => row.test(line))).toBe(true);
  expect(readdirSync(backups)).toEqual([name]);
  bench.say('two');
  const line = printed.find((one) => row.test(one)) ?? '';
  const prompter = createScriptedPrompter([
    { select: 'Restore a backup' },
    // The list for people has no names.
    { select: line.replace(/^\S+ +/, '') },
    { confirm: true },
    { select: back },
  ]);
  parts.clock.pass(1_000);
  expect(parts.store.followed.all('/music')).toMatchObject([{ name: 'two' }]);
  await openBackupsMenu(Object.defineProperty({ ...parts, prompter }, 'store', { get: () => parts.store }));
  expect(parts.store.followed.all('/music')).toMatchObject([{ name: 'one' }]);
  expect(readFileSync(bench.tracks, 'utf8')).toBe('one');
  expect(printed).toContain('  Settings that change: spotify_client_id');
});

test('the commands tell as documents what they did, and a no changes nothing', async () => {
  const { bench, parts, documents, backups } = partsWith([{ confirm: false }]);
  expect(await runBackup(parts, 'create', undefined, {})).toBe(0);
  bench.say('two');
  expect(await runBackup(parts, 'restore', 'latest', { dryRun: true })).toBe(0);
  expect(await runBackup(parts, 'restore', 'latest', {})).toBe(130);
  expect(bench.words()).toEqual(['two', 'two', 'two']);
  expect(await runBackup(parts, 'restore', 'latest', { yes: true })).toBe(0);
  const [made] = readdirSync(backups);
  writeFileSync(join(backups, made ?? '', 'config.json'), '{}');
  expect(await runBackup(parts, 'verify', undefined, {})).toBe(1);
  expect(documents).toMatchObject([
    { name: made, ok: true, reason: 'asked' },
    { restored: false, savedAs: null, files: [{}, { action: 'replace' }, { action: 'replace' }] },
    { restored: true, savedAs: expect.stringMatching(/^harmoni-/) as string },
    { backups: [{ ok: true }, { name: made, ok: false, faults: [expect.stringMatching(/^config.json/)] }] },
  ]);
  await expect(runBackup(parts, 'restore', 'harmoni-1', { yes: true })).rejects.toThrow(/There's no backup/);
  await expect(runBackup(parts, 'restore', undefined, {})).rejects.toMatchObject({ code: 'usage' });
});
