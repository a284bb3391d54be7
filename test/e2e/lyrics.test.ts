import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { expect, test } from 'vitest';
import { createWorld, exportifyCsv, makeTracks } from '../helpers/world.ts';
import { lrclibRecord, startLrclib } from '../stand-ins/lrclib.ts';

test('a download with lyrics: in the tags, beside the song, in the history, and gone with an undo', async () => {
  const tracks = makeTracks(1);
  const [{ artist, track, album = '', durationMs = 0 } = { artist: '', track: '' }] = tracks;
  const lrclib = await startLrclib([
    lrclibRecord({ artistName: artist, trackName: track, albumName: album, duration: durationMs / 1000 }),
  ]);
  const config = { lyrics: true, lyrics_url: lrclib.url, audio_format: 'm4a' };
  const world = await createWorld({ tracks, catalogue: { decoys: [] }, config });
  try {
    const csv = join(world.folder, 'Evening.csv');
    writeFileSync(csv, exportifyCsv(tracks));
    const run = await world.run(['download', csv, '--yes', '--json']);
    expect(run.json()).toMatchObject({ summary: { done: 1 } });
    const song = join(world.music, 'Evening', `${artist} - ${track}.m4a`);
    const lrc = song.replace(/m4a$/, 'lrc');
    expect(readFileSync(lrc, 'utf8')).toContain(`] Line 1 of ${track}\n`);
    expect((await parseFile(song)).common.lyrics?.[0]?.text).toContain(`Line 2 of ${track}`);
    expect(lrclib.requests.map(({ userAgent }) => userAgent)).toEqual([
      expect.stringMatching(/^HARMONI\/\d/),
    ]);
    const history = await world.run(['history']);
    expect(history.stdout).toContain('1 new, 1 playlist, lyrics of 1 song');
    await world.run(['undo', '--yes']);
    expect([song, lrc].map(existsSync)).toEqual([false, false]);
  } finally {
    await world.close();
    await lrclib.close();
  }
});
