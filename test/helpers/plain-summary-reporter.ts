import type { Reporter, TestModule } from 'vitest/node';
import { leftOutMark } from './left-out.ts';
import { areLongLeftOut } from './long-tests.ts';
import { seedVariable } from './random.ts';

/** The folder whose tests run the real program with the real yt-dlp and ffmpeg. */
const endToEnd = '/test/e2e/';

/**
 * Ends the output with one line that any reader of logs understands. A file that could not be loaded and an error
 * outside of all tests count as failed, so that the line never looks better than the exit code. The tests end to end
 * are counted before it, so that nobody need wonder whether they ran, and what this machine left out is said with the
 * reason, once. The seed of the random tests comes first too, for a run that never ends.
 */
export default class PlainSummaryReporter implements Reporter {
  readonly #leftOut = new Set<string>();

  onUserConsoleLog(log: { readonly content: string }): void {
    for (const line of log.content.split('\n')) if (line.startsWith(leftOutMark)) this.#leftOut.add(line);
  }

  onTestRunStart(): void {
    console.log(seedLine());
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    let passedEndToEnd = 0;
    for (const module of modules) {
      if (module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        const { state } = result;
        count[state] += 1;
        if (result.state === 'skipped' && result.note !== undefined) {
          this.#leftOut.add(`${leftOutMark} ${test.name}: ${result.note}.`);
        }
        if (state === 'passed' && module.moduleId.includes(endToEnd)) passedEndToEnd += 1;
      }
    }
    // Tests that never came to their turn are no success.
    const failed = count.failed + count.pending;
    for (const line of this.#leftOut) console.log(line);
    if (areLongLeftOut)
      console.log('The long tests (*.long.test.ts) are a run of their own: npm run check:long.');
    console.log(seedLine());
    console.log(`End to end, with the real yt-dlp and ffmpeg: ${passedEndToEnd} tests`);
    console.log(`${count.passed} passed, ${failed} failed, ${count.skipped} skipped`);
  }
}

function seedLine(): string {
  const seed = process.env[seedVariable] ?? '';
  return `Random tests draw from seed ${seed}; ${seedVariable}=${seed} repeats them`;
}
