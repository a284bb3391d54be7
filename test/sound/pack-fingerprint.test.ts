import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprintFile } from '../../src/sound/measure-file.ts';
import { packFingerprint } from '../../src/sound/pack-fingerprint.ts';
import { runProcess } from '../../src/system/process.ts';
import { playMusic } from '../helpers/music.ts';
import { encodeSound } from '../helpers/sounds.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';

test('a fingerprint is packed as ffmpeg packs it', async () => {
  const { ffmpeg: ffmpegPath } = await realTools();
  const path = join(tempFolder(), 'clip.mp3');
  writeFileSync(path, await encodeSound(ffmpegPath, playMusic(7, { seconds: 30 }), { format: 'mp3' }));
  const args = ['-v', 'error', '-i', path, '-ac', '1', '-ar', '11025', '-f', 'chromaprint', '-'];
  const { stdout } = await runProcess(ffmpegPath, args);
  const values = await fingerprintFile(path, { ffmpegPath, signal: new AbortController().signal });
  expect(packFingerprint(values ?? new Uint32Array())).toBe(stdout.trim());
});
