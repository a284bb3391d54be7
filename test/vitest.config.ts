import { configDefaults, defineConfig } from 'vitest/config';
import { LongFirst } from './helpers/long-first.ts';
import { areLongLeftOut } from './helpers/long-tests.ts';
import { seedVariable, testSeed } from './helpers/random.ts';

// The workers inherit it: all random tests of a run have one seed, which the reporter prints.
process.env[seedVariable] = String(testSeed);

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(areLongLeftOut ? ['**/*.long.test.ts'] : [])],
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
