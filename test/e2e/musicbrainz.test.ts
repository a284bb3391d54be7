import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { expect, test } from 'vitest';
import { peek } from '../../src/system/database.ts';
import { createWorld, exportifyCsv, makeTracks } from '../helpers/world.ts';
import { startMusicBrainz } from '../stand-ins/musicbrainz.ts';
import { uuid } from '../stand-ins/musicbrainz-catalogue.ts';

test('with `musicbrainz`, the songs of a download are looked up after it, as a run that can be undone', async () => {
  const [song] = makeTracks(1, { fromMs: 4_000 });
  if (song === undefined) throw new Error('There is no song.');
  const { track: title, album = '', isrc = '', durationMs = 0 } = song;
  const artists = [{ id: uuid(1), name: song.artist }];
  const service = await startMusicBrainz({
    catalogue: {
      recordings: [{ id: uuid(2), title, artists, length: durationMs, isrcs: [isrc] }],
      releases: [
        {
          ...{ id: uuid(3), title: album, artists, date: '2019-05-31', country: 'XW', status: 'Official' },
          labels: [{ name: 'Tall Records' }],
          group: { id: uuid(4), first: '2018-03-02' },
          media: [{ format: 'Digital Media', tracks: [uuid(2)] }],
        },
      ],
    },
  });
  const config = {
    musicbrainz: true,
    musicbrainz_url: service.url,
    cover_art_archive_url: 'http://127.0.0.1:9',
  };
  const world = await createWorld({ tracks: [song], catalogue: { decoys: [] }, config });
  try {
    const csv = join(world.folder, 'Evening.csv');
    writeFileSync(csv, exportifyCsv([song]));
    const { exitCode, stdout, stderr } = await world.run(['download', csv, '--yes']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(`${stdout}${stderr}`).toContain('Looking up at MusicBrainz: 1 song.');
    expect(stdout).toContain('Added tags from MusicBrainz to 1 song (run 2).');
    const path = join(world.music, 'Evening', `${song.artist} - ${title}.opus`);
    const { common } = await parseFile(path);
    expect(common).toMatchObject({
      ...{ title, label: ['Tall Records'], originaldate: '2018-03-02' },
      ...{ musicbrainz_recordingid: uuid(2), musicbrainz_albumid: uuid(3) },
    });
    expect([service.tooEarly(), [...service.userAgents][0]?.split('/')[0]]).toEqual([0, 'HARMONI']);
    const last = peek(join(world.data, 'harmoni.db'), 'SELECT id, kind, title FROM runs ORDER BY id DESC');
    expect(last).toMatchObject({ id: 2, kind: 'enrich', title: 'Evening' });
    expect((await world.run(['undo', '2', '--yes'])).exitCode).toBe(0);
    expect((await parseFile(path)).common.label).toBeUndefined();
    expect(readFileSync(path).includes('Tall Records')).toBe(false);
  } finally {
    await Promise.all([service.close(), world.close()]);
  }
});
