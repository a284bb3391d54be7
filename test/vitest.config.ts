import { configDefaults, defineConfig } from 'vitest/config';
import { LongFirst } from './helpers/long-first.ts';
import { areLongLeftOut } from './helpers/long-tests.ts';
import { seedVariable, testSeed } from './helpers/random.ts';

// The workers inherit it: all random tests of a run have one seed, which the reporter prints.
process.env[seedVariable] = String(testSeed);

/** What runs programs, changes its own process or measures it has a process for each file. */
const alone = [
  'auth-server',
  'downloads',
  'e2e',
  'formats',
  'pack',
  'pictures',
  'providers',
  'screens',
  'stand-ins',
  'start',
  'system',
];
const aloneFiles = alone.map((folder) => `test/${folder}/**/*.test.ts`);
const exclude = [...configDefaults.exclude, ...(areLongLeftOut ? ['**/*.long.test.ts'] : [])];

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    projects: [
      { extends: true, test: { name: 'alone', include: aloneFiles, exclude } },
      // Half of the time of a small file is the start of its process.
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, ...aloneFiles],
          isolate: false,
        },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    // A test that asserts nothing fails.
    expect: { requireAssertions: true },
    // CommonJS packages are imported as Node does it, and not as a bundler would.
    deps: { interopDefault: false },
  },
});
