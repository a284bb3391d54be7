import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openConfig } from '../../src/config/store.ts';
import { openToolsMenu } from '../../src/menus/tools.ts';
import { createHttp } from '../../src/system/http.ts';
import { back } from '../../src/ui/prompter.ts';
import { createToolBox } from '../doctor/tool-box.ts';
import { createHouse } from '../helpers/house.ts';

type House = ReturnType<typeof createHouse>;

/** Opens the menu, chooses these items, and goes back. */
async function visit(items: readonly string[], log?: string, prepare?: (house: House) => void) {
  const house = createHouse({ answers: [...items.map((select) => ({ select })), { select: back }] });
  prepare?.(house);
  const box = await createToolBox();
  onTestFinished(() => box[Symbol.asyncDispose]());
  const http = createHttp();
  onTestFinished(() => http.close());
  if (log !== undefined) writeFileSync(house.paths.log, log);
  await openToolsMenu({
    ...house,
    paths: { ...house.paths, config: join(house.folder, 'config.json') },
    configStore: openConfig(join(house.folder, 'config.json')),
    http,
    tools: { ...house.tools, places: () => ({ ytDlp: box.places, ffmpeg: box.places }) },
  });
  return house;
}

test('the end of the log is shown, and lines that are no entries are left out', async () => {
  const entry = { time: '2026-11-21T10:00:00.000Z', level: 'warn', message: 'Refused.', track: 'Liar' };
  const { prompter, paths } = await visit(['Log'], `${JSON.stringify(entry)}\nbroken\n`);
  expect(prompter.said).toEqual(['2026-11-21 10:00 warn Refused. (Liar)', `Full log: ${paths.log}`]);
});

test('an empty log is no failure', async () => {
  const { prompter } = await visit(['Log', 'Help']);
  expect(prompter.said[0]).toMatch(/^The log is empty/);
  expect(prompter.said[1]).toMatch(/^To get music/);
});

test('the check names what is missing', async () => {
  const { documents, printed } = await visit(['Check for problems']);
  expect(documents).toMatchObject([{ ok: false }]);
  expect(printed.some((line) => /^error +yt-dlp/.test(line))).toBe(true);
  expect(printed.some((line) => /^ok +store/.test(line))).toBe(true);
});

test('the library is exported as JSON, and a playlist as a track list, there or not', async () => {
  const song = { artists: ['Air'], artist: 'Air', track: 'Alpha' };
  const gone = { artists: ['Cream'], artist: 'Cream', track: 'Gone' };
  const items = ['Library export as JSON', 'Playlist to track list', 'Mix "1|2"'];
  const { paths, printed } = await visit(items, undefined, (house) => {
    house.own(song);
    const library = house.config.output_dir;
    for (const [name, tracks] of [['Mix "1|2"', [gone, song]] as const, ['Other', [gone]] as const]) {
      const list = {
        library,
        origin: `spotify:playlist:${name}`,
        name,
        input: 'x',
        whenRemoved: 'keep',
      } as const;
      const { id } = house.store.followed.follow(list);
      const entries = tracks.map((track) => ({ track, isThere: track === song }));
      house.store.followed.setSynced(id, { name, snapshot: undefined }, entries);
    }
  });
  const files = readdirSync(join(paths.data, 'export')).toSorted();
  expect(files).toEqual([
    expect.stringMatching(/^harmoni_export_[\d-]{10}\.json$/),
    'playlist_tracklist.json',
  ]);
  const [library, playlist] = files.map(
    (file) => JSON.parse(readFileSync(join(paths.data, 'export', file), 'utf8')) as { tracks: object[] }, // just written
  );
  expect(library?.tracks).toMatchObject([{ track: 'Alpha', artist: 'Air' }]);
  expect(playlist?.tracks).toMatchObject([{ track: 'Gone' }, { track: 'Alpha' }]);
  expect(printed).toEqual([
    expect.stringMatching(/^Wrote 1 song to /),
    expect.stringMatching(/^Wrote 2 songs to /),
  ]);
});
