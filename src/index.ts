import { enableCompileCache } from 'node:module';
import { readFileSync } from 'node:fs';

// Only the compiled form of what is imported later can be cached, so this file stays tiny.
enableCompileCache();

const { watchInterrupts } = await import('./system/work-signal.ts');
const { surviveLostOutput } = await import('./ui/lost-output.ts');
watchInterrupts();
surviveLostOutput();

if (process.argv.length === 3 && /^(--version|-V)$/.test(process.argv[2] ?? '')) {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  process.stdout.write(`${String(version)}\n`);
} else {
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
