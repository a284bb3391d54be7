import { enableCompileCache } from 'node:module';
import { readFileSync, writeSync } from 'node:fs';

// Only the compiled form of what is imported later can be cached, so this file stays tiny.
enableCompileCache();

const args = process.argv.slice(2);
const isVersionAsked = args.length === 1 && /^(?:--version|-V)$/.test(args[0] ?? '');
if (!isVersionAsked || !saysVersion()) {
  const { main } = await import('./main.ts');
  process.exitCode = await main(args);
}

/** To the file itself: to make process.stdout costs a fifth of a start. False where that failed, and main says why. */
function saysVersion(): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return false;
    writeSync(1, `${String(manifest.version)}\n`);
    return true;
  } catch {
    return false;
  }
}
