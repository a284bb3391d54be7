/**
 * Tests in files called *.long.test.ts, which take long and seldom find what the others don't: they run in CI and with
 * npm run check:long.
 */
export const areLongLeftOut = process.env['HARMONI_TEST_LONG'] !== '1';
