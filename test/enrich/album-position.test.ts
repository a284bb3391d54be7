import { join, relative } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { positionIn } from '../../src/enrich/album-position.ts';
import { parseMusicAlbum } from '../../src/providers/youtube/music-album.ts';
import type { JobReport } from '../../src/tracks/outcome.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracksIn = ({ lists }: JobReport): JobReport['lists'][number]['tracks'] => lists[0]?.tracks ?? [];

const songs = [
  { id: 'aaaaaaaaaaa', title: 'One', number: 1 },
  { id: 'bbbbbbbbbbb', title: 'Two', number: 2 },
  { id: undefined, title: 'Three', number: 3 },
  { id: 'ddddddddddd', title: 'Two', number: 4 },
];

describe('where a song stands in an album', () => {
  test.each([
    ['by its id', { id: 'bbbbbbbbbbb', title: 'Two (Remastered)' }, { trackNumber: 2, trackTotal: 4 }],
    ['by its title', { id: 'xxxxxxxxxxx', title: 'three' }, { trackNumber: 3, trackTotal: 4 }],
    ['not by a title that is there twice', { id: 'xxxxxxxxxxx', title: 'Two' }, undefined],
    ['not without either', { id: 'xxxxxxxxxxx', title: 'Five' }, undefined],
  ])('%s', (_how, song, position) => {
    expect(positionIn(songs, song)).toEqual(position);
  });

  test('a page that lacks songs has no total', () => {
    expect(positionIn(songs.slice(1), { id: 'bbbbbbbbbbb', title: 'Two' })).toEqual({ trackNumber: 2 });
  });

  test('a row is a song of the album only with a number that one can have', () => {
    const rows = ['7', '0', '-1', '1.5', '1000', '../1', ''].map((number) => ({
      musicResponsiveListItemRenderer: {
        index: { runs: [{ text: number }] },
        flexColumns: [{ musicResponsiveListItemFlexColumnRenderer: { text: { runs: [{ text: number }] } } }],
      },
    }));
    const page = { contents: { musicShelfRenderer: { contents: rows } } };
    expect(parseMusicAlbum(page)).toEqual([{ id: undefined, title: '7', number: 7 }]);
  });

  test.each([undefined, null, 7, 'text', [], { contents: { musicShelfRenderer: { contents: [{}, null] } } }])(
    'an answer that is no album (%j) has no songs',
    (answer) => expect(parseMusicAlbum(answer)).toEqual([]),
  );
});

describe('songs whose list names the album without track numbers', () => {
  /** YouTube Music has them in this order. */
  const asListed = makeTracks(3);
  const tracks = asListed.map((track, index): Track => ({ ...track, trackNumber: 3 - index }));
  const settings = { fileNameTemplate: '{album}/{number} - {track}' };
  let world: World;
  let bench: JobBench;
  beforeAll(async () => {
    world = await createWorld({ tracks, catalogue: { decoys: [] } });
    bench = await createJobBench(world, 'data', { isFetchedOnce: true });
  });
  afterAll(async () => {
    await bench.close();
    await world.close();
  });

  test('have them in their tags and names, for one question an album', async () => {
    const output = join(world.folder, 'numbered');
    const { report } = await bench.run([listOf('Mix', asListed)], {
      settings: { ...settings, outputDir: output },
    });
    const paths = tracksIn(report).map(({ path }) => path ?? '');
    expect(paths.map((path) => relative(output, path).replace(/\.\w+$/, ''))).toEqual(
      tracks.map(({ trackNumber, track }) => join('Collected Tones', `0${String(trackNumber)} - ${track}`)),
    );
    const { common } = await parseFile(paths[0] ?? '');
    expect(common.track).toEqual({ no: 3, of: 3 });
    expect(world.youTube.requests.count('browse')).toBe(1);
  });

  test('are downloaded without them where YouTube Music refuses, and it is not asked again', async () => {
    const before = world.youTube.requests.count('browse');
    world.youTube.failures.add({ failure: 'too-many-requests', on: 'browse' });
    const output = join(world.folder, 'refused');
    const { report } = await bench.run([listOf('Mix', asListed)], {
      settings: { ...settings, outputDir: output },
    });
    expect(tracksIn(report).map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect((await parseFile(tracksIn(report)[0]?.path ?? '')).common.track.no).toBeNull();
    expect(world.youTube.requests.count('browse')).toBe(before + 1);
  });
});
