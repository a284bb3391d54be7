import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Row {
  readonly id: string;
  readonly state: string;
  readonly was: string;
  readonly now: string;
  /** "test/a.test.ts › title", or the path of a script. */
  readonly tests: readonly string[];
}

const rows: readonly Row[] = read('test/parity.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:row|---) /.test(line))
  .map((line) => {
    const [id = '', was = '', state = '', now = '', tests = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { id, was, state, now, tests: tests.split('<br>').filter((one) => one !== '') };
  });

/** All that the first version had, by menus, and what came after it. */
const expected = {
  start: 'no-words without-config log ytdlp-update output-folder missing-input auto-sync command-line',
  menu: 'main',
  downloads: 'sequential batch single spotify exportify playlists-file youtube song-picker empty-choice',
  sources: 'primary tracks-json playlists-json exportify-csv artists state-files token-file',
  command: 'search options',
  naming: 'characters folders',
  present: 'playlist library folded',
  tags: 'templates comment musicbrainz cover formats lyrics',
  management: 'retry duplicates organise embed',
  automation: 'resume schedule-download sync-now schedule-sync cleanup backup backup-status clear-sync',
  tools: 'system-check library-cleanup track-list dependencies library-export compress format log help forks',
  config: 'view update profile automation reset validate profile-values',
  keys: 'paths primary format pace concurrency backup profile sync metadata tools spotify',
  packaging: 'image app queue',
  wish: 'quality library lyrics update notifications preview folders safety public-links other',
};
const named = Object.entries(expected).flatMap(([group, names]) =>
  names.split(' ').map((name) => `${group}-${name}`),
);
const faults = Array.from({ length: 39 }, (_, index) => `c${index + 1}`);
const threads = [11, 17, 24, 26, 27, 28, 34, 36, 37, 38, 40, 41, 42].map((number) => `d${number}`);

test('every item, fault and wish has its row, once', () => {
  expect(rows.map(({ id }) => id).toSorted()).toEqual([...named, ...faults, ...threads].toSorted());
});

test('every row says what HARMONI does and is proved, unless it is open', () => {
  const states = ['same', 'better', 'different', 'open'];
  const isWhole = ({ state, was, now, tests }: Row): boolean =>
    states.includes(state) &&
    was !== '' &&
    (state === 'open' ? tests.length === 0 : now !== '' && (tests.length > 0 || state === 'different'));
  expect(rows.filter((row) => !isWhole(row)).map(({ id }) => id)).toEqual([]);
  const open = rows.filter(({ state }) => state === 'open').map(({ id }) => id);
  if (open.length > 0) console.warn(`Open rows in test/parity.md: ${open.length} (${open.join(', ')})`);
});

/** The titles of tests in a file, each with how it is called: "test", "test.each", "it.runIf" ... */
function titlesIn(path: string): ReadonlyMap<string, string> {
  const text = read(path);
  const calls = text.matchAll(
    /\(\s*(?:(')((?:\\.|[^'\\\n])*)'|(")((?:\\.|[^"\\\n])*)"|(`)((?:\\.|[^`\\])*)`),\s*(?:\{[^}]*\},\s*)?(?:async\b|\(|function\b|\w+\s*=>|\w+\))/g,
  );
  return new Map(
    [...calls].map((call) => {
      const title = (call[2] ?? call[4] ?? call[6] ?? '').replaceAll(/\\(['"`])/g, '$1');
      return [title, /(?:test|it|describe)[\w.]*$/.exec(text.slice(0, call.index))?.[0] ?? ''];
    }),
  );
}

test('every test that is named exists, and none of them is left out by hand', () => {
  const wrong = rows.flatMap(({ id, tests }) =>
    tests.flatMap((one) => {
      const [path = '', title] = one.split(' › ');
      if (!existsSync(join(root, path))) return [`${id}: ${path} doesn't exist`];
      if (!path.endsWith('.ts')) return title === undefined ? [] : [`${id}: ${one}`];
      const call = title === undefined ? undefined : titlesIn(path).get(title);
      if (call === undefined) return [`${id}: ${path} has no test "${title ?? ''}"`];
      return /skip\b|todo|fails/.test(call) ? [`${id}: ${one} is left out`] : [];
    }),
  );
  expect(wrong).toEqual([]);
});

test('a title that is not there would be found', () => {
  const titles = titlesIn('test/parity.test.ts');
  expect(titles.get('a title that is not there would be found')).toBe('test');
  expect(titles.get('a title that nobody wrote')).toBeUndefined();
});
