import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withSecretsOf, withoutSecrets } from '../../src/config/secrets.ts';
import { backupName } from '../../src/automation/backup/manifest.ts';
import { createBackup } from '../../src/automation/backup/create.ts';
import { listBackups, openBackup } from '../../src/automation/backup/read.ts';
import { planRestore } from '../../src/automation/backup/restore-plan.ts';
import { restore } from '../../src/automation/backup/restore.ts';
import { backupsToRemove } from '../../src/automation/backup/rotation.ts';
import { openStoreSafely } from '../../src/automation/backup/before-update.ts';
import { renderM3u8 } from '../../src/downloads/m3u8.ts';
import { migrations } from '../../src/history/schema.ts';
import { openStore } from '../../src/history/store.ts';
import { openDatabase } from '../../src/system/database.ts';
import { sha256 } from '../../src/system/files.ts';
import { createTestClock } from '../helpers/clock.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore } from '../history/set-up.ts';
import { createBackupBench } from './backup-bench.ts';

const dayMs = 24 * 3_600_000;

/** A data folder in which everything says "one", with a backup of it. */
async function benchWithBackup() {
  const clock = createTestClock();
  const bench = createBackupBench(tempFolder(), clock);
  bench.say('one');
  const { backup } = await bench.backUp();
  clock.pass(1_000);
  const manifest = join(backup.path, 'manifest.json');
  return { bench, clock, backup, manifest, backups: dirname(backup.path) };
}

const editManifest = (path: string, change: Record<string, unknown>): void => {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>; // a backup's own
  writeFileSync(path, JSON.stringify({ ...manifest, ...change }));
};

describe('a backup that is broken', () => {
  test('says what is: a file that was changed or is gone, and a manifest that is torn', async () => {
    const { bench, backup, manifest } = await benchWithBackup();
    const config = join(backup.path, 'config.json');
    const text = readFileSync(config, 'utf8');
    writeFileSync(config, text.replace('one', 'two'));
    expect((await openBackup(backup.path)).faults).toEqual(['config.json was changed']);
    await expect(bench.restore(backup.path)).rejects.toMatchObject({ code: 'backup-broken' });
    rmSync(config);
    expect((await openBackup(backup.path)).faults).toEqual(['config.json is missing']);
    writeFileSync(manifest, readFileSync(manifest, 'utf8').slice(0, 200));
    expect((await openBackup(backup.path)).faults).toEqual(['manifest.json is damaged']);
    await expect(bench.restore(backup.path)).rejects.toThrow(/manifest.json is damaged/);
    expect(bench.words()).toEqual(['one', 'one', 'one']);
  });

  test('because its store is another one is told, and so is one of a newer HARMONI', async () => {
    const { bench, backup, manifest } = await benchWithBackup();
    editManifest(manifest, { counts: { followed: 7 } });
    expect((await openBackup(backup.path)).faults).toEqual(["the store in it isn't the one that was saved"]);
    const other = createBackupBench(tempFolder());
    openDatabase(join(other.data, 'harmoni.db'), [...migrations, 'CREATE TABLE later (a)']).close();
    const newer = await other.backUp();
    await expect(bench.restore(newer.backup.path)).rejects.toThrow(/made by a newer HARMONI/);
  });

  test('leads nowhere out of its folder, and brings back only what the settings name', async () => {
    const { bench, backup, manifest } = await benchWithBackup();
    const { files = [] } = (await openBackup(backup.path)).manifest ?? {};
    editManifest(manifest, { files: files.map((file) => ({ ...file, path: `../x/${file.path}` })) });
    expect((await openBackup(backup.path)).faults[0]).toMatch(/isn't a file of a backup$/);
    const target = join(bench.data, 'tools', 'yt-dlp');
    const stray = files.map((file) => (file.kind === 'input' ? { ...file, to: 'data/tools/yt-dlp' } : file));
    editManifest(manifest, { files: stray });
    const { steps } = await bench.restore(backup.path);
    expect(steps.find(({ to }) => to === target)).toMatchObject({ action: 'leave' });
    expect(existsSync(target)).toBe(false);
  });
});

describe('a backup', () => {
  test('is whole, and a restore brings back everything and saves what was there', async () => {
    const { bench, backup } = await benchWithBackup();
    bench.say('two');
    const { saved } = await bench.restore(backup.path);
    expect(bench.words()).toEqual(['one', 'one', 'one']);
    expect(saved.backup.manifest?.reason).toBe('before-restore');
    await bench.restore(saved.backup.path);
    expect(bench.words()).toEqual(['two', 'two', 'two']);
  });

  test('has no secrets, sign-in or cookies, and a restore keeps those that are there', async () => {
    const { bench, backup } = await benchWithBackup();
    const stored = {
      spotify_client_id: 'two',
      spotify_client_secret: 'S3CRET',
      proxy: 'http://a:S3CRET@b:1',
    };
    writeFileSync(bench.config, JSON.stringify(stored));
    writeFileSync(join(bench.data, 'spotify_tokens.json'), '{"refresh_token":"S3CRET"}');
    mkdirSync(join(bench.data, 'exportify'));
    writeFileSync(join(bench.data, 'exportify', 'cookies.txt'), '# Netscape HTTP Cookie File\nS3CRET');
    const made = await bench.backUp();
    expect(made.backup.manifest?.leftOut).toEqual(['spotify_client_secret', 'proxy']);
    expect(made.notSaved).toEqual([join(bench.data, 'exportify', 'cookies.txt')]);
    const all = readdirSync(made.backup.path, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name))
      .map((name) => readFileSync(join(made.backup.path, name), 'latin1'));
    expect(all.filter((text) => text.includes('S3CRET'))).toEqual([]);
    await bench.restore(backup.path);
    expect(JSON.parse(readFileSync(bench.config, 'utf8'))).toEqual({ ...stored, spotify_client_id: 'one' });
    // The folder with config.json is watched, too.
    for (const watched of [bench.folder, bench.data]) {
      symlinkSync(bench.config, join(watched, 'settings.json'));
      const inputs = { ...bench.parts().inputs, exportify_watch_folder: watched };
      const options = { reason: 'asked', withSecrets: false, mostBackups: 0 } as const;
      const watching = await createBackup({ ...bench.parts(), inputs }, options);
      const said = watching.backup.manifest?.files.map(({ path }) =>
        readFileSync(join(watching.backup.path, path), 'latin1'),
      );
      expect(said?.filter((one) => one.includes('S3CRET'))).toEqual([]);
    }
    const open = await bench.backUp({ withSecrets: true });
    expect(readFileSync(join(open.backup.path, 'config.json'), 'utf8')).toContain('S3CRET');
  });

  test('of a store that is broken is still made before a restore, and the store works again', async () => {
    const { bench, backup } = await benchWithBackup();
    writeFileSync(join(bench.data, 'harmoni.db'), 'no database '.repeat(1_000));
    await expect(bench.backUp()).rejects.toMatchObject({ code: 'store-broken' });
    const { saved } = await bench.restore(backup.path);
    expect(bench.words()).toEqual(['one', 'one', 'one']);
    expect(saved.backup.faults).toEqual([]);
    await expect(bench.restore(saved.backup.path)).rejects.toThrow(/was broken when it was saved/);
  });

  test('is not restored while another HARMONI is at work, which is named', async () => {
    const { bench, backup } = await benchWithBackup();
    const other = openStore(bench.data, createTestClock());
    await expect(bench.restore(backup.path)).rejects.toThrow(/^HARMONI is still running: .*process \d+/);
    other.close();
    await bench.restore(backup.path);
    expect(readdirSync(bench.data)).not.toContain('restoring');
  });

  test.runIf(mayMount)(
    'that finds no room leaves nothing of itself, and a restore then changes nothing',
    async () => {
      const bench = createBackupBench(tempFolder());
      bench.say('one');
      // One has room, and two haven't.
      const { backup: measured } = await bench.backUp();
      const storeKiB = statSync(join(measured.path, 'harmoni.db')).size / 1024;
      rmSync(measured.path, { recursive: true });
      using disk = mountDisk(join(bench.data, 'backups'), Math.ceil(1.6 * storeKiB));
      const { backup } = await bench.backUp();
      await expect(bench.backUp()).rejects.toMatchObject({ code: 'disk-full' });
      expect(readdirSync(disk.folder)).toEqual([backup.name]);
      bench.say('two');
      await expect(bench.restore(backup.path)).rejects.toMatchObject({ code: 'disk-full' });
      expect(bench.words()).toEqual(['two', 'two', 'two']);
    },
  );

  test('that cannot be written says so', async () => {
    const bench = createBackupBench(tempFolder());
    writeFileSync(join(bench.data, 'backups'), 'a file');
    await expect(bench.backUp()).rejects.toMatchObject({ code: 'output-not-writable' });
  });
});

describe('rotation', () => {
  const at = (day: number): string => backupName(Date.UTC(2026, 10, 21) - day * dayMs);

  test('keeps the newest, and one of each of the last weeks and months', () => {
    const daily = Array.from({ length: 300 }, (_, day) => at(day));
    const removed = new Set(backupsToRemove(daily, 3));
    expect(daily.filter((name) => !removed.has(name))).toEqual(
      // Saturday; Sundays end a week, and last days a month.
      [0, 1, 2, 6, 13, 20, 21, 52, 82, 113, 144].map(at),
    );
    expect(backupsToRemove(daily, 0)).toEqual([]);
    expect(backupsToRemove(['notes', 'harmoni-x', at(400)], 1)).toEqual([]);
  });

  test('removes only whole backups, and never the one just made', async () => {
    const { bench, clock, backup, backups } = await benchWithBackup();
    mkdirSync(join(backups, 'my own'));
    mkdirSync(join(backups, backupName(0)));
    writeFileSync(join(backups, 'harmoni-20200101-000000-000'), 'a file');
    for (let number = 0; number < 3; number += 1) {
      clock.pass(1_000);
      await bench.backUp({ mostBackups: 1 });
    }
    const left = readdirSync(backups);
    expect(left).toHaveLength(4);
    expect(left).not.toContain(backup.name);
    expect(left).toEqual(expect.arrayContaining(['my own', backupName(0), 'harmoni-20200101-000000-000']));
  });
});

test('a backup in which the user put something, or that is a link, is not rotated away', async () => {
  const { bench, clock, backup, backups } = await benchWithBackup();
  const { backup: second } = await bench.backUp();
  writeFileSync(join(backup.path, 'inputs-notes.txt'), 'mine');
  const elsewhere = join(bench.folder, 'another disk');
  renameSync(second.path, elsewhere);
  symlinkSync(elsewhere, second.path);
  clock.pass(1_000);
  await bench.backUp({ mostBackups: 1 });
  expect(readFileSync(join(backup.path, 'inputs-notes.txt'), 'utf8')).toBe('mine');
  expect(readdirSync(backups)).toContain(second.name);
  expect((await openBackup(backup.path)).faults).toEqual([]);
});

test('two HARMONIs that make room at the same moment both make their backup', async () => {
  const { bench, clock } = await benchWithBackup();
  for (let number = 0; number < 3; number += 1) {
    clock.pass(1_000);
    await bench.backUp();
  }
  clock.pass(1_000);
  const made = await Promise.all(
    [1, 2, 3].map(async (ms) => {
      const parts = { ...bench.parts(), clock: { now: () => clock.now() + ms } };
      return createBackup(parts, { reason: 'asked', withSecrets: false, mostBackups: 3 });
    }),
  );
  expect(made.map(({ backup }) => backup.faults)).toEqual([[], [], []]);
});

test('a manifest that never ends, or is huge, is damaged', async () => {
  const { backup, manifest, backups } = await benchWithBackup();
  rmSync(manifest);
  execFileSync('mkfifo', [manifest]);
  expect(await listBackups(backups, 'manifest')).toMatchObject([{ name: backup.name, manifest: undefined }]);
  rmSync(manifest);
  writeFileSync(manifest, '');
  truncateSync(manifest, 3 * 2 ** 30);
  expect(await listBackups(backups, 'all')).toMatchObject([{ name: backup.name, manifest: undefined }]);
});

describe('a store of an older version', () => {
  const openOld = (data: string): void =>
    openDatabase(join(data, 'harmoni.db'), migrations.slice(0, 3)).close();

  test('is backed up before it is changed, and the backup can be restored', async () => {
    const bench = createBackupBench(tempFolder());
    openOld(bench.data);
    openStoreSafely(bench.data, createTestClock(), () => undefined).close();
    const [made] = await listBackups(join(bench.data, 'backups'), 'all');
    expect(made).toMatchObject({ faults: [], manifest: { reason: 'before-update', schema: 3 } });
    await bench.restore(made?.path ?? '');
    expect(openTestStore(bench.data).followed.all('/music')).toEqual([]);
  });

  test('opens without a backup where that cannot be written, and says so', () => {
    const data = tempFolder();
    openOld(data);
    writeFileSync(join(data, 'backups'), 'a file');
    const told: string[] = [];
    openStoreSafely(data, createTestClock(), (text) => told.push(text)).close();
    expect(told).toEqual([expect.stringMatching(/^HARMONI updated its store without a backup/)]);
    openTestStore(data);
  });
});

test("a file of the user's is replaced only if it was saved, and a file of no backup is left alone", async () => {
  const { bench, backup } = await benchWithBackup();
  const csv = join(bench.data, 'exportify', 'New.csv');
  mkdirSync(dirname(csv));
  writeFileSync(csv, 'mine');
  writeFileSync(bench.tracks, 'edited since');
  const { saved } = await bench.restore(backup.path);
  expect(readFileSync(csv, 'utf8')).toBe('mine');
  const file = saved.backup.manifest?.files.find(({ to }) => to === 'data/tracks.json');
  copyFileSync(join(saved.backup.path, file?.path ?? ''), bench.tracks);
  expect(readFileSync(bench.tracks, 'utf8')).toBe('edited since');
});

test("playlist files that HARMONI wrote come back, the user's own and a library that is not there are left alone", async () => {
  const bench = createBackupBench(tempFolder(), createTestClock());
  const library = join(bench.folder, 'music');
  mkdirSync(library);
  const [one = '', two = ''] = ['One', 'Two'].map((name) => {
    const path = join(library, `${name}.m3u8`);
    writeFileSync(path, renderM3u8({ name, origin: `file:${name}` }, []));
    bench.change(({ lists }) => {
      lists.add({ library, origin: `file:${name}`, name, label: name });
      lists.setPlaylist(library, `file:${name}`, path, 'sha');
    });
    return path;
  });
  const { backup } = await bench.backUp();
  const before = readFileSync(one, 'utf8');
  rmSync(one);
  writeFileSync(two, "the user's own");
  const { steps } = await bench.restore(backup.path);
  expect([readFileSync(one, 'utf8'), readFileSync(two, 'utf8')]).toEqual([before, "the user's own"]);
  expect(steps.find(({ to }) => to === two)?.reason).toBe("HARMONI didn't create the file there now");
  rmSync(library, { recursive: true });
  expect((await bench.restore(backup.path)).steps.map(({ reason }) => reason)).toContain(
    "its library isn't there",
  );
  expect(existsSync(library)).toBe(false);
});

test('what may hold a secret is told by its name, its address or its arguments', () => {
  const stored = {
    ytdlp_extra_args: '--extractor-args "youtube:po_token=web+X"',
    my_api_key: 'x',
    spotify_cache_tokens: true,
    spotify_token_swap_url: 'https://swap.example/x',
    proxy: 'http://10.0.0.1:3128',
    cookies_file: '',
  };
  expect(withoutSecrets(stored).leftOut).toEqual(['ytdlp_extra_args', 'my_api_key']);
  expect(withSecretsOf(stored, { retry_delay: 1 })).toEqual({
    retry_delay: 1,
    ytdlp_extra_args: stored.ytdlp_extra_args,
    my_api_key: 'x',
  });
});

test('a restore that is finished after a kill leaves what was edited since as it is', async () => {
  const { bench } = await benchWithBackup();
  const restoring = join(bench.data, 'restoring');
  mkdirSync(restoring);
  const other = join(bench.data, 'playlists.json');
  const files = [bench.tracks, bench.config, other].map((to, number) => {
    writeFileSync(join(restoring, String(number)), 'restored');
    const was = existsSync(to) ? sha256(readFileSync(to)) : null;
    return { staged: String(number), to, mode: 0o600, kind: to === bench.config ? 'config' : 'other', was };
  });
  writeFileSync(join(restoring, 'journal.json'), JSON.stringify({ files }));
  writeFileSync(bench.tracks, 'edited after the kill');
  writeFileSync(other, 'made after the kill');
  openTestStore(bench.data);
  expect([bench.tracks, other].map((path) => readFileSync(path, 'utf8'))).toEqual([
    'edited after the kill',
    'made after the kill',
  ]);
  expect(readFileSync(bench.config, 'utf8')).toBe('restored');
  expect(existsSync(restoring)).toBe(false);
});

test('a config.json that changes while the question is open is left as it is', async () => {
  const { bench, backup } = await benchWithBackup();
  writeFileSync(bench.config, '{"spotify_client_id":"two"}');
  const parts = bench.parts();
  const plan = await planRestore(parts, backup);
  writeFileSync(bench.config, '{"spotify_client_id":"three"}');
  const { steps } = await restore(parts, plan);
  expect(bench.words()).toEqual(['one', 'three', 'one']);
  expect(steps.find(({ file }) => file.kind === 'config')?.reason).toBe('it changed meanwhile');
});

test.runIf(mayMount)('a config.json that is read-only keeps nobody from the rest of a restore', async () => {
  const bench = createBackupBench(tempFolder());
  using disk = mountDisk(join(bench.folder, 'settings'), 100);
  rmSync(bench.config, { force: true });
  const target = join(disk.folder, 'config.json');
  writeFileSync(target, '{}');
  symlinkSync(target, bench.config);
  bench.say('one');
  const { backup } = await bench.backUp();
  bench.say('two');
  disk.makeReadOnly();
  const { steps } = await bench.restore(backup.path);
  expect(bench.words()).toEqual(['one', 'two', 'one']);
  expect(steps.find(({ file }) => file.kind === 'config')?.reason).toBe("it can't be written");
});
