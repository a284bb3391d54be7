import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { listFile } from '../../src/sources/list-file.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const fixtures = new URL('../fixtures/sources/', import.meta.url).pathname;
const signal = new AbortController().signal;

const junipers = 'The Frozen Junipers';
const needle = 'Engine & Needle';
const tyler = 'Tyler, The Creator';
const rows = [[junipers, needle], ['Guest; Semi'], [tyler, 'Semi;Colon'], [tyler], [needle, junipers]];

/** Of each generation what stands between two artists, and how a comma in a name is written. */
const generations: readonly (readonly [name: string, separator: string, comma: string])[] = [
  ['net-2019-06-22', ',', ','],
  ['net-2019', ',', ','],
  ['net-2024-09-01', ',', ','],
  ['net-2024-09-05', ',', ','],
  ['net-2024-09-10', ',', ','],
  ['net-2025-04', ',', ','],
  ['net-2025-05-23', ',', ','],
  ['net-now', ';', ','],
  ['app-2020', ', ', ','],
  ['app-now', ', ', '\\,'],
  ['app-fr', ', ', '\\,'],
  ['app-de-all', ', ', '\\,'],
  ['app-ja-features', ', ', '\\,'],
];

test.each(generations)('%s keeps marks in names, and divides its artists', async (name, separator, comma) => {
  const text = (await readFile(`${fixtures}${name}.csv`, 'utf8')).replace(/^\ufeff/, '');
  const [header = [], , duet = []] = parse(text, { relax_column_count: true, to: 3 });
  const uris = duet.findIndex((cell) => /^(?:spotify:artist:)?[A-Za-z0-9]{22},/.test(cell));
  const names = duet.findIndex((cell) => /^Queen(?:,|;) ?David Bowie$/.test(cell));
  // A ";" between artists hides one in a name, and exportify.net has no ids of artists today.
  const used = separator === ';' ? rows.filter((artists) => !artists.includes('Semi;Colon')) : rows;
  const written = used.map((artists) =>
    duet.map((cell, index) => {
      if (index === uris) return artists.map((_, n) => `spotify:artist:${n}`).join(separator);
      if (index !== names) return cell;
      return artists.map((one) => one.replace(',', comma)).join(separator);
    }),
  );
  const file = join(tempFolder(), 'list.csv');
  const csv = [header, ...written].map((cells) => cells.map(quoted).join(',')).join('\n');
  await writeFile(file, `${csv}\n`);
  const [list] = await listFile.read(file, { signal });
  expect(list?.tracks.map(({ artists }) => artists)).toEqual(used);
});

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
