import { enableCompileCache } from 'node:module';
import { sep } from 'node:path';
import { compileCacheDirOf } from '../config/config-path.ts';

// Node's own place for it is the shared temporary folder, where an uninstall would leave it behind.
enableCompileCache(compileCacheDirOf(process.env));

// npx keeps what it runs in a cache of its own, and nothing called harmoni is on the PATH.
if (import.meta.dirname.split(sep).includes('_npx')) process.env['HARMONI_PROGRAM'] ??= 'npx harmoni';

// harmoni.cjs requires this file, which rules out a top-level await.
void import('../main.ts').then(async ({ main }) => {
  process.exitCode = await main(process.argv.slice(2));
});
