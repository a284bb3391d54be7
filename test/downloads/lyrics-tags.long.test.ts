import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProcess } from '../../src/system/process.ts';
import { installMutagen } from '../bench/tags/readers.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { projectDir } from '../helpers/world.ts';
import { formats, lyrics, songsWithLyrics } from './lyrics-tags.ts';
import { ffmpeg } from './sounds.ts';

const script = `
import json, sys, mutagen
for path in sys.argv[1:]:
    found = []
    for key, value in mutagen.File(path).tags.items():
        if key.startswith('USLT'): found.append([value.lang, value.desc, value.text])
        elif key.lower() in ('lyrics', '\\u00a9lyr', 'unsyncedlyrics'): found.append([key.lower(), '', *value])
    print(json.dumps(found))
`;

const mutagen = await installMutagen(
  join(process.env['HARMONI_DATA_DIR'] ?? join(projectDir, 'data'), 'tools'),
);
if (mutagen === undefined) sayLeftOut('lyrics as mutagen reads them', 'there is no mutagen to be had');

test.runIf(mutagen !== undefined)('mutagen finds the lyrics once in every format', async () => {
  const songs = await songsWithLyrics();
  const paths = formats.map((format) => songs[format]);
  const { stdout } = await runProcess('python3', ['-c', script, ...paths], {
    env: { ...process.env, PYTHONPATH: mutagen ?? '', PYTHONIOENCODING: 'utf-8' },
  });
  const found = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  const [id3, mp4, vorbis] = [
    ['XXX', '', lyrics],
    ['©lyr', '', lyrics],
    ['lyrics', '', lyrics],
  ];
  expect(found).toEqual([[id3], [mp4], [vorbis], [vorbis], [vorbis], [id3]]);
});

test('ffmpeg, as ffprobe does, finds the lyrics in every format it reads them in', async () => {
  const songs = await songsWithLyrics();
  // It escapes these, and has no words for the lyrics of WAV.
  const escaped = lyrics.replaceAll(/[=;#\\\n]/g, (letter) => `\\${letter}`);
  for (const format of formats.filter((one) => one !== 'wav')) {
    // In Ogg they are the stream's.
    const from = ['opus', 'ogg'].includes(format) ? ['-map_metadata', '0:s:0'] : [];
    const said = (await ffmpeg(['-i', songs[format], ...from, '-f', 'ffmetadata', '-'])).toString();
    expect(said, format).toContain(`=${escaped}\n`);
  }
});
