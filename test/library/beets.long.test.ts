import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTagger } from '../../src/downloads/tag.ts';
import { migrations } from '../../src/history/schema.ts';
import { createServices } from '../../src/history/services.ts';
import { connectFacts } from '../../src/engine/facts.ts';
import { openDatabase } from '../../src/system/database.ts';
import { createHttp } from '../../src/system/http.ts';
import { runProcess } from '../../src/system/process.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createTestClock } from '../helpers/clock.ts';
import { createJobBench, listOf } from '../helpers/job.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { createWorld, makeTracks, projectDir, type World } from '../helpers/world.ts';
import { startMusicBrainz } from '../stand-ins/musicbrainz.ts';
import { uuid, type MbCatalogue } from '../stand-ins/musicbrainz-catalogue.ts';

const toolsDir = join(process.env['HARMONI_DATA_DIR'] ?? join(projectDir, 'data'), 'tools');
const beet = await findBeets();
if (beet === undefined) sayLeftOut('a library as beets imports it', 'pip cannot install beets');

/** beets in an environment of its own, made at the first use; undefined where Python or pip is missing. */
async function findBeets(): Promise<string | undefined> {
  const folder = join(toolsDir, 'beets');
  const found = join(folder, 'bin', 'beet');
  if (existsSync(found)) return found;
  const runs = async (program: string, args: readonly string[]): Promise<boolean> =>
    (await runProcess(program, args).catch(() => undefined))?.exitCode === 0;
  if (!(await runs('python3', ['-m', 'venv', folder]))) return undefined;
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'beets'];
  return (await runs(join(folder, 'bin', 'python'), pip)) ? found : undefined;
}

describe.skipIf(beet === undefined)('beets', () => {
  const formats = ['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const;
  const [one, two] = [makeTracks(3), makeTracks(6).slice(3)];
  const isrc = (at: number): string => `ZZTST000000${at}`;
  const tracks: readonly Track[] = [...one, ...two].map((track, at) => ({
    ...track,
    album: at < 3 ? 'First Album' : 'Second Album',
    albumArtists: ['The Collectors'],
    artists: track.artists.slice(0, 1),
    artist: track.artists[0] ?? '',
    trackNumber: (at % 3) + 1,
    trackTotal: 3,
    releaseDate: at < 3 ? '2019-05-31' : '2021-02-03',
    isrc: isrc(at),
  }));
  const catalogue: MbCatalogue = {
    recordings: tracks.map((track, at) => ({
      id: uuid(100 + at),
      title: track.track,
      artists: [{ id: uuid(10 + at), name: track.artist }],
      length: track.durationMs ?? 0,
      isrcs: [isrc(at)],
    })),
    releases: [0, 3].map((from) => ({
      id: uuid(1_000 + from),
      title: from === 0 ? 'First Album' : 'Second Album',
      artists: [{ id: uuid(1), name: 'The Collectors' }],
      date: from === 0 ? '2019-05-31' : '2021-02-03',
      status: 'Official',
      labels: [{ name: 'Example Records', number: `EX-${from}` }],
      group: { id: uuid(2_000 + from), first: '2018-03-02' },
      media: [{ format: 'Digital Media', tracks: [0, 1, 2].map((at) => uuid(100 + from + at)) }],
    })),
  };
  let world: World;
  beforeAll(async () => {
    world = await createWorld({ tracks, catalogue: { decoys: [] } });
  });
  afterAll(() => world.close());

  /** Downloads all songs in a format, and writes what MusicBrainz knows. */
  async function makeLibrary(format: (typeof formats)[number]): Promise<string> {
    const output = join(world.folder, format);
    const bench = await createJobBench(world, `data-${format}`, { isFetchedOnce: true });
    const settings = {
      outputDir: output,
      format,
      fileNameTemplate: '{albumArtist}/{album}/{number} - {track}',
    };
    const { report } = await bench.run([listOf('Mix', tracks)], { settings });
    await bench.close();
    const paths = (report.lists[0]?.tracks ?? []).map(({ path }) => path ?? '');
    const clock = createTestClock();
    const service = await startMusicBrainz({ catalogue, now: () => clock.now() });
    const database = openDatabase(':memory:', migrations);
    const http = createHttp();
    const config = { musicbrainz: true, musicbrainz_url: service.url, cover_art_archive_url: service.url };
    const store = { services: createServices(database, clock) };
    const tagger = createTagger();
    const songs = await Promise.all(
      paths.map(async (key, at) => ({
        ...(await tagger.read(key)),
        key,
        durationMs: tracks[at]?.durationMs,
      })),
    );
    const result = await connectFacts({ http, clock, store, config })?.factsFor(
      songs,
      new AbortController().signal,
    );
    for (const { key, properties } of result?.found.values() ?? [])
      await tagger.update(key, format, { properties }, undefined);
    expect(result?.found.size).toBe(6);
    await http.close();
    database.close();
    await service.close();
    return output;
  }

  test.each(formats)('imports a library in %s as two whole albums with everything in it', async (format) => {
    const library = await makeLibrary(format);
    const home = join(world.folder, `beets-${format}`);
    mkdirSync(home);
    const config = `directory: ${library}\nlibrary: ${home}/library.db\nimport:\n  copy: no\n  write: no\nplugins: []\n`;
    writeFileSync(join(home, 'config.yaml'), config);
    const run = async (...args: string[]): Promise<readonly string[]> => {
      const env = { ...process.env, BEETSDIR: home, HOME: home, PYTHONIOENCODING: 'utf-8' };
      const { stdout, stderr, exitCode } = await runProcess(beet ?? '', args, { env });
      expect({ args, exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({
        args,
        exitCode: 0,
        stderr: '',
      });
      return stdout.split('\n').filter((line) => line !== '');
    };
    await run('import', '-A', '-q', library);
    expect(
      (
        await run('ls', '-a', '-f', '$album|$year-$month-$day|$original_year|$albumtotal|$mb_albumid|$label')
      ).toSorted(),
    ).toEqual([
      `First Album|2019-05-31|2018|3|${uuid(1_000)}|Example Records`,
      `Second Album|2021-02-03|2018|3|${uuid(1_003)}|Example Records`,
    ]);
    const shown =
      '$title|$artist|$albumartist|$track|$tracktotal|$isrc|$mb_trackid|$mb_releasegroupid|$catalognum|$albumtype|$media';
    expect((await run('ls', '-f', shown)).toSorted()).toEqual(
      tracks
        .map(({ track, artist }, at) => {
          const from = at < 3 ? 0 : 3;
          const ids = [isrc(at), uuid(100 + at), uuid(2_000 + from), `EX-${from}`];
          return [
            track,
            artist,
            'The Collectors',
            `0${at - from + 1}`,
            '03',
            ...ids,
            'album',
            'Digital Media',
          ].join('|');
        })
        .toSorted(),
    );
    expect(
      await run('ls', '-f', '$title', 'original_year:2018', 'albumtype:album', 'mb_albumid::.'),
    ).toHaveLength(6);
    expect(await run('ls', '-f', '$title', 'mb_trackid::^$')).toEqual([]);
  });
});
