import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layoutPresets } from '../../src/config/layouts.ts';
import { placeLists } from '../../src/downloads/list-places.ts';
import { list, track } from '../history/set-up.ts';
import { createPlaylistBench } from './playlist-bench.ts';

const songs = [track('A', 'One')];
const templates = layoutPresets.map(({ template }): string => template);
const withList = '{list}/{artist} - {track}';

/** A library where lists are given their places, and their playlist files. */
function createLabelBench() {
  const bench = createPlaylistBench();
  return {
    ...bench,
    /** The labels that these lists have in the library; their playlist files are written. */
    labels: async (template: string, lists: Parameters<typeof bench.write>[1]) => {
      const settings = { outputDir: bench.library, fileNameTemplate: template };
      const places = await placeLists(lists, settings, bench.store.lists);
      await bench.write(template, lists, { One: 'One.mp3' });
      return places.map(({ label }) => label);
    },
  };
}

test.each(templates)(
  'a list keeps its label for ever (%s), also under another template',
  async (template) => {
    const { labels } = createLabelBench();
    const [one, two] = ['a', 'b'].map((origin) => list('Mix', songs, { origin }));
    if (one === undefined || two === undefined) throw new Error('two lists');
    expect(await labels(template, [one, two])).toEqual(['Mix', 'Mix (2)']);
    for (const other of templates) {
      expect(await labels(other, [{ ...two, name: 'Winter' }, one])).toEqual(['Mix (2)', 'Mix']);
    }
  },
);

test.each(templates)(
  'lists are told apart by their playlist files where the data folder was lost (%s)',
  async (template) => {
    const { labels, store } = createLabelBench();
    const lists = ['a', 'b', 'c'].map((origin) => list('Mix', songs, { origin }));
    expect(await labels(template, lists)).toEqual(['Mix', 'Mix (2)', 'Mix (3)']);
    for (const other of templates) {
      store.database.exec('DELETE FROM lists');
      expect(await labels(other, lists.toReversed())).toEqual(['Mix (3)', 'Mix (2)', 'Mix']);
    }
  },
);

test('lists of HARMONI 2.0, which knew them by their names, are those that come from files of these names', async () => {
  const { labels } = createLabelBench();
  expect(await labels(withList, [list('Mix', songs), list('Mix', songs)])).toEqual(['Mix', 'Mix (2)']);
  const fromFiles = ['file:a', 'file:b'].map((origin) => list('Mix', songs, { origin }));
  expect(await labels(withList, fromFiles)).toEqual(['Mix', 'Mix (2)']);
  expect(await labels(withList, fromFiles.toReversed())).toEqual(['Mix (2)', 'Mix']);
});

test('a list whose file was moved is still the same list; a copy is another', async () => {
  const { labels, read, library } = createLabelBench();
  const [from, to] = ['a.csv', 'b.csv'].map((name) => join(library, '..', name));
  if (from === undefined || to === undefined) throw new Error('two places');
  const at = (origin: string, sourceFile: string) => list('Mix', songs, { origin, sourceFile });
  writeFileSync(from, 'x');
  expect(await labels(withList, [at('file:a', from)])).toEqual(['Mix']);
  writeFileSync(to, 'x');
  expect(await labels(withList, [at('file:b', to)])).toEqual(['Mix (2)']);
  rmSync(to);
  renameSync(from, to);
  expect(await labels(withList, [at('file:c', to)])).toEqual(['Mix']);
  expect(read('Mix/Mix.m3u8')).toContain('#HARMONI:file:c\n');
});

test('a folder of the user can be shared, a playlist file cannot', async () => {
  const { labels, put } = createLabelBench();
  put('Mix/mine.mp3', 'x');
  put('Playlists/Rock.m3u8', '#EXTM3U\n');
  expect(await labels(withList, [list('Mix', songs)])).toEqual(['Mix']);
  expect(await labels('{artist}/{track}', [list('Rock', songs)])).toEqual(['Rock (2)']);
});

test('songs that belong to no list have no label', async () => {
  const { labels } = createLabelBench();
  expect(await labels(withList, [list('A - One', songs, { folder: 'library' })])).toEqual([undefined]);
});
