import { errorInJson, type HarmoniError } from '../errors.ts';
import { remedyOf } from './remedy.ts';
import { paragraph } from './safe-text.ts';
import type { Tone } from './prompter.ts';
import { themeFor } from './theme.ts';

/** What happened and what to do, on stderr; with --json as the one document on stdout. A stack only for our own faults. */
export function showError(error: HarmoniError, json: boolean): void {
  const { code, message } = error;
  const fix = remedyOf(error);
  if (json) {
    process.stdout.write(`${JSON.stringify({ error: errorInJson({ code, message, fix }) }, null, 2)}\n`);
    return;
  }
  const theme = themeFor(process.stderr, process.env);
  // A pipe or a file gets whole lines.
  const columns = process.stderr.isTTY ? process.stderr.columns : Number.POSITIVE_INFINITY;
  const print = (text: string, tone?: Tone): void =>
    void process.stderr.write(`${theme.paint(paragraph(theme.local(text), columns), tone)}\n`);
  print(`${theme.symbols.cross} ${message}`, 'fail');
  print(`  Fix: ${fix}`);
  if (code === 'internal' && error.cause instanceof Error)
    process.stderr.write(`${error.cause.stack ?? ''}\n`);
}
