import { link, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runDoctor, type DoctorDeps, type DoctorReport } from '../../src/doctor/doctor.ts';
import { createToolBox, type ToolBox } from './tool-box.ts';

const good = { name: 'config', ok: true, message: 'config.json' };

async function examine(box: ToolBox, deps: Partial<DoctorDeps> = {}): Promise<DoctorReport> {
  return runDoctor({
    nodeVersion: '24.21.0',
    ytDlp: box.places,
    ffmpeg: box.places,
    outputDir: join(box.folder, 'music', 'new'),
    dataDir: join(box.folder, 'data'),
    trash: [join(box.folder, 'trash')],
    trashDays: 30,
    busy: { share: 0.254, cores: 2 },
    freeMemoryBytes: 2e9,
    nowMs: Date.parse('2026-11-21T12:00:00Z'),
    more: [good],
    ...deps,
  });
}

const checkOf = (report: DoctorReport, name: string) => report.checks.find((check) => check.name === name);

async function healthyBox(): Promise<ToolBox> {
  const box = await createToolBox();
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  await box.ffmpeg('bin/ffmpeg');
  return box;
}

const containing = (text: string): unknown => expect.stringContaining(text);

test('a machine with all that is needed has nothing to mend, and nothing is made', async () => {
  await using box = await healthyBox();
  const report = await examine(box);
  expect(report.ok).toBe(true);
  expect(report.checks.map((check) => check.name)).toEqual([
    ...[
      'node',
      'yt-dlp',
      'javascript',
      'ffmpeg',
      'output folder',
      'data folder',
      'disk',
      'processor',
      'memory',
    ],
    'config',
  ]);
  expect(report.checks.filter((check) => check.fix !== undefined)).toEqual([]);
  expect(checkOf(report, 'yt-dlp')?.version).toBe('2026.10.26');
  expect(await readdir(box.folder)).not.toContain('music');
});

test('the programs are asked anew, whatever the cache says', async () => {
  await using box = await healthyBox();
  await examine(box);
  const { length } = await box.log();
  await examine(box);
  expect(await box.log()).toHaveLength(2 * length);
});

test('every failed check says what to do', async () => {
  await using box = await createToolBox();
  await writeFile(join(box.folder, 'music'), 'a file in the place of the folder');
  const bad = { name: 'store', ok: false, message: 'broken', fix: 'move it elsewhere' };
  const report = await examine(box, { nodeVersion: '22.22.0', more: [bad] });
  expect(report.ok).toBe(false);
  const failed = report.checks.filter((check) => !check.ok);
  expect(failed.map((check) => check.name)).toEqual([
    ...['node', 'yt-dlp', 'javascript', 'ffmpeg', 'output folder', 'store'],
  ]);
  expect(failed.every((check) => check.fix !== undefined)).toBe(true);
});

test('a stale yt-dlp is a warning, one that cannot use JavaScript a failure', async () => {
  await using box = await healthyBox();
  await box.ytDlp('bin/yt-dlp', '2026.08.19');
  const stale = await examine(box);
  expect(stale.ok).toBe(true);
  expect(checkOf(stale, 'yt-dlp')).toMatchObject({
    message: containing('94 days old'),
    fix: 'Run harmoni doctor --fix to update yt-dlp.',
  });
  await box.ytDlp('bin/yt-dlp', '2023.03.04');
  expect(checkOf(await examine(box), 'javascript')).toMatchObject({ ok: false });
});

test('an explicit path that does not run is named', async () => {
  await using box = await healthyBox();
  const report = await examine(box, { ffmpeg: { ...box.places, configPath: '/nowhere/ffmpeg' } });
  expect(checkOf(report, 'ffmpeg')).toMatchObject({
    ok: false,
    message: "/nowhere/ffmpeg isn't a working ffmpeg.",
    fix: containing('ffmpeg_path'),
  });
});

test('an ffmpeg without an encoder is a warning that names it', async () => {
  await using box = await healthyBox();
  await box.ffmpeg('bin/ffmpeg', ['libmp3lame', 'libopus', 'flac', 'aac']);
  expect(checkOf(await examine(box), 'ffmpeg')).toMatchObject({
    ok: true,
    message: containing("can't encode with libvorbis"),
    fix: containing(''),
  });
});

test('an ffmpeg without Chromaprint is a warning that says what it is for, and how to get another one', async () => {
  await using box = await healthyBox();
  const ffmpeg = await box.ffmpeg('bin/ffmpeg', undefined, []);
  expect(checkOf(await examine(box), 'ffmpeg')).toMatchObject({
    ok: true,
    message: `${ffmpeg} has no Chromaprint, so songs can't be proven or compared by sound.`,
    fix: 'Run harmoni doctor --fix to get an ffmpeg that has it.',
  });
  const chosen = await examine(box, { ffmpeg: { ...box.places, configPath: ffmpeg } });
  expect(checkOf(chosen, 'ffmpeg')?.fix).toContain('by clearing ffmpeg_path');
});

test('how busy the machine is, is told and no fault', async () => {
  await using box = await healthyBox();
  const { checks } = await examine(box, { busy: { share: 1, cores: 1 } });
  expect(checks.find(({ name }) => name === 'processor')).toEqual({
    name: 'processor',
    ok: true,
    message: '1 core, 100 % in use',
  });
  expect(checkOf(await examine(box), 'processor')?.message).toBe('2 cores, 25 % in use');
});

test('little memory is a warning', async () => {
  await using box = await healthyBox();
  expect(checkOf(await examine(box, { freeMemoryBytes: 150e6 }), 'memory')).toMatchObject({
    ok: true,
    message: '150 MB free',
    fix: containing(''),
  });
});

test("a folder that can't be written is told apart from one that can", async (context) => {
  if (process.getuid?.() === 0) context.skip('root may write everywhere');
  await using box = await healthyBox();
  const outputDir = join(box.folder, 'locked');
  await mkdir(outputDir, { mode: 0o500 });
  expect(checkOf(await examine(box, { outputDir }), 'output folder')).toMatchObject({ ok: false });
});

test('the trash is shown with its size, where there is any', async () => {
  await using box = await healthyBox();
  const day = join(box.folder, 'trash', '2026-11-21');
  await mkdir(day, { recursive: true });
  await writeFile(join(day, 'song.opus'), Buffer.alloc(1_500_000));
  await link(join(day, 'song.opus'), join(day, 'the same song.opus'));
  expect(checkOf(await examine(box), 'trash')).toMatchObject({
    ok: true,
    message: `2 files, 1.5 MB in ${join(box.folder, 'trash')}, each kept for 30 days (trash_days). To empty it now, delete that folder.`,
  });
});
