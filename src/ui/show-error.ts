import type { HarmoniError } from '../errors.ts';
import { safeLines } from './safe-text.ts';
import { themeFor } from './theme.ts';

/** What happened and what to do, on stderr; with --json as the one document on stdout. A stack only for our own faults. */
export function showError(error: HarmoniError, json: boolean): void {
  const { code, message, fix } = error;
  if (json) {
    process.stdout.write(`${JSON.stringify({ error: { code, message, fix } }, null, 2)}\n`);
    return;
  }
  const theme = themeFor(process.stderr, process.env);
  process.stderr.write(`${theme.paint(`${theme.symbols.cross} ${safeLines(message)}`, 'fail')}\n`);
  process.stderr.write(`  What to do: ${safeLines(fix)}\n`);
  if (code === 'internal' && error.cause instanceof Error)
    process.stderr.write(`${error.cause.stack ?? ''}\n`);
}
