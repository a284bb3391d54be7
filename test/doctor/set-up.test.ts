import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createToolBox } from './tool-box.ts';

const entry = join(import.meta.dirname, '..', '..', 'src', 'doctor', 'set-up.ts');

test('start.sh is told on stderr what is there, and a missing tool does not keep the menu shut', async () => {
  await using box = await createToolBox();
  const path = await box.ytDlp('mine', '2026.10.26');
  const config = join(box.folder, 'config.json');
  await writeFile(config, JSON.stringify({ ytdlp_path: path, ffmpeg_path: 7 }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, box.toolsDir], {
    encoding: 'utf8',
    env: { PATH: box.bin, HARMONI_CONFIG: config, PIP_INDEX_URL: 'http://127.0.0.1:9' },
  });
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: '',
    stderr: [
      `  yt-dlp 2026.10.26 (${path})`,
      '  ffmpeg from PyPI ...',
      "  ffmpeg from PyPI failed: 127.0.0.1:9 can't be reached (ECONNREFUSED).",
      '  ffmpeg is missing. Run harmoni doctor --fix to install ffmpeg.\n',
    ].join('\n'),
  });
});
