import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { hearTone } from '../stand-ins/hear-tone.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type Run, type World } from '../helpers/world.ts';
import { makeSoundCloudCatalogue, type SoundCloudTrack } from '../stand-ins/soundcloud-catalogue.ts';
import { setUrl, trackUrl } from '../stand-ins/soundcloud-json.ts';
import { shortUrl, startSoundCloudStandIn, type SoundCloudStandIn } from '../stand-ins/soundcloud.ts';

const { ffmpeg, ytDlpVersion } = await realTools();
// Older ones have no extractor for what a search of SoundCloud's gives.
const isOlder = ytDlpVersion < '2026.08';
if (isOlder) sayLeftOut('songs from SoundCloud', `yt-dlp ${ytDlpVersion} is too old for it`);
const testToday = test.skipIf(isOlder);
const tracks = makeTracks(7, { fromMs: 31_000, stepMs: 700 });
/** YouTube does not have the last four; SoundCloud has the fourth on the artist's account and the fifth on a fan's. */
const onlyThere = 3;
const byFan = 4;
const protectedOne = 5;
const nowhere = 6;
let world: World;
let soundcloud: SoundCloudStandIn;

beforeAll(async () => {
  world = await createWorld({
    tracks,
    catalogue: { decoys: [], missing: (_, index) => index >= onlyThere },
    config: { providers: ['youtube', 'soundcloud'] },
  });
  soundcloud = await startSoundCloudStandIn({
    catalogue: makeSoundCloudCatalogue(tracks, {
      uploader: (_, index) => (index === byFan ? 'fan' : 'artist'),
      missing: (_, index) => index === nowhere,
    }),
    ffmpegPath: ffmpeg,
    cacheDir: join(world.folder, '..', 'harmoni-test-sounds'),
  });
  soundcloud.setState(upload(protectedOne), 'drm');
  const config = join(world.folder, 'config.json');
  const settings = JSON.parse(readFileSync(config, 'utf8')) as Record<string, unknown>; // written by createWorld
  const args = [...world.youTube.ytdlpArgs(), ...soundcloud.ytdlpArgs()];
  writeFileSync(config, JSON.stringify({ ...settings, ytdlp_extra_args: args }));
  writeFileSync(join(world.folder, 'Evening.csv'), exportifyCsv(tracks));
  writeFileSync(join(world.folder, 'Only there.csv'), exportifyCsv(tracks.slice(onlyThere, onlyThere + 1)));
});
afterAll(async () => {
  await soundcloud.close();
  await world.close();
});
beforeEach(() => soundcloud.requests.clear());

function upload(index: number): SoundCloudTrack {
  const found = soundcloud.catalogue.shelves[index]?.right;
  if (found === undefined) throw new Error(`Song ${index} is not on SoundCloud.`);
  return found;
}
const idOf = (track: SoundCloudTrack): string => `${track.user.permalink}/${track.permalink}`;
const mediaOf = (index: number) => ({ provider: 'soundcloud', id: idOf(upload(index)) });

const report = z.object({
  lists: z.array(
    z.object({
      name: z.string(),
      tracks: z.array(
        z.object({
          status: z.string(),
          path: z.string().optional(),
          videoId: z.string().optional(),
          media: z.object({ provider: z.string(), id: z.string() }).optional(),
          place: z.string().optional(),
          failure: z.object({ code: z.string(), message: z.string() }).optional(),
        }),
      ),
    }),
  ),
});
const songsOf = (run: Run) => report.parse(run.json()).lists[0]?.tracks ?? [];

testToday(
  'a song that only SoundCloud has comes from there and is told so; who has it for sure keeps SoundCloud from being asked',
  async () => {
    const run = await world.run(['download', 'Evening.csv', '--yes', '--json']);
    const songs = songsOf(run);
    expect(songs.map(({ status }) => status)).toEqual([
      ...['done', 'done', 'done', 'done', 'unsure', 'failed', 'none'],
    ]);
    expect(songs[0]).toMatchObject({ media: { provider: 'youtube', id: songs[0]?.videoId } });
    expect(songs[onlyThere]).toMatchObject({ media: mediaOf(onlyThere), place: 'SoundCloud' });
    expect(songs[onlyThere]?.videoId).toBeUndefined();
    expect(await hearTone(songs[onlyThere]?.path ?? '', ffmpeg)).toBe(upload(onlyThere).toneHz);
    expect(run.stderr).toContain('(1 from SoundCloud)');
    // One search for each song that YouTube does not have, none for the others.
    const searched = soundcloud.requests.all.flatMap(({ query }) => query ?? []);
    expect(searched.toSorted()).toEqual(
      tracks
        .slice(onlyThere)
        .map(({ artist, track }) => `${artist} ${track}`)
        .toSorted(),
    );
    expect(songs[byFan]?.failure?.message).toContain("on SoundCloud, and not on the artist's own account");
    expect(songs[byFan]?.media).toEqual(mediaOf(byFan));
    expect(songs[protectedOne]?.failure?.message).toBe(
      "The track is copy-protected, so it can't be downloaded.",
    );
  },
);

testToday('the user may choose the upload, by its link, for a song that waits', async () => {
  const name = `${tracks[byFan]?.artist} - ${tracks[byFan]?.track}`;
  const listed = await world.run(['review', '--json']);
  expect(listed.stdout).toContain(trackUrl(upload(byFan)));
  const run = await world.run(['review', 'redo', name, `${trackUrl(upload(byFan))}?si=1`, '--json']);
  expect(songsOf(run)).toMatchObject([{ status: 'done', media: mediaOf(byFan) }]);
  expect(await hearTone(songsOf(run)[0]?.path ?? '', ffmpeg)).toBe(upload(byFan).toneHz);
  expect((await world.run(['review', 'list', '--json'])).json()).toMatchObject({
    choices: [{ videoId: null, media: mediaOf(byFan), url: trackUrl(upload(byFan)) }],
  });
});

testToday('its file is known again by its tags alone', async () => {
  for (const end of ['', '-wal', '-shm']) rmSync(join(world.data, `harmoni.db${end}`), { force: true });
  const again = songsOf(await world.run(['download', 'Evening.csv', '--yes', '--limit', '4', '--json']));
  expect(again[onlyThere]).toMatchObject({ status: 'present', media: mediaOf(onlyThere) });
  expect(soundcloud.requests.all).toEqual([]);
});

testToday('a link to a track is downloaded without a search', async () => {
  const single = await world.run([
    'download',
    shortUrl(upload(0)),
    '--yes',
    '--json',
    '--output',
    join(world.folder, 'one'),
  ]);
  expect(songsOf(single)).toMatchObject([{ status: 'done', media: mediaOf(0) }]);
  expect(soundcloud.requests.count('search')).toBe(0);
});

testToday('a link to a set is downloaded without a search', async () => {
  const [set] = soundcloud.catalogue.sets;
  if (set === undefined) throw new Error('There is no set.');
  const output = join(world.folder, 'set');
  const run = await world.run(['download', setUrl(set), '--yes', '--json', '--output', output]);
  expect(report.parse(run.json()).lists[0]?.name).toBe(set.title);
  expect(songsOf(run).map(({ status }) => status)).toEqual([
    'done',
    'done',
    'done',
    'done',
    'done',
    'failed',
  ]);
  expect(soundcloud.requests.count('search')).toBe(0);
});

test('without it in the setting, it is not asked', async () => {
  await world.run(['config', 'set', 'providers', 'youtube']);
  const output = join(world.folder, 'without');
  const args = ['download', 'Only there.csv', '--yes', '--json', '--output', output];
  expect(songsOf(await world.run(args)).map(({ status }) => status)).toEqual(['none']);
  expect(soundcloud.requests.all).toEqual([]);

  const message = 'providers can\'t include "nowhere". It takes youtube, soundcloud.';
  const refused = await world.run(['config', 'set', 'providers', 'youtube nowhere', '--json']);
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(refused.json()).toMatchObject({ error: { code: 'config-invalid', message } });
  const path = join(world.folder, 'config.json');
  const settings = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...settings, providers: ['nowhere'] }));
  for (const wrong of [await world.run(args), await world.run(['config', 'validate', '--json'])]) {
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stdout).toContain(JSON.stringify(message).slice(1, -1));
  }
});
