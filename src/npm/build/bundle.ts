import { chmod, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { rolldown, type Plugin } from 'rolldown';
import { writeDeclarations } from './declarations.ts';
import { licenceTexts } from './licences.ts';

/** Files that libraries read beside their code at run time. */
const assets = [
  'taglib-wasm/dist/taglib-wasi.wasm',
  'taglib-wasm/dist/taglib-web.wasm',
  // `open` starts its own copy where the system has none.
  'open/xdg-open',
];

/**
 * taglib-wasm looks for its two .wasm files relative to its own modules, at several depths; bundled, all of it lies in
 * one folder. They stay files of their own, so that TagLib (LGPL) can be replaced by another build.
 */
const findWasm: Plugin = {
  name: 'find-wasm',
  transform: {
    filter: { id: /[/\\]taglib-wasm[/\\]dist[/\\]/, code: /taglib-(?:web|wasi)\.wasm/ },
    handler: (code) => code.replaceAll(/(?:\.\.?\/)+(taglib-(?:web|wasi)\.wasm)/g, './$1'),
  },
};

/** What was built. */
export interface Bundle {
  /** The size of the code. */
  readonly bytes: number;
  /** The `exports` of the package: what other programs can import. */
  readonly exports: Readonly<Record<string, unknown>>;
}

/**
 * Builds the program of the npm package into `target`: compiled JavaScript with every library in it, one file for each
 * part that the sources import when it's needed, and the declarations of what other programs can import.
 */
export async function buildBundle(root: string, target: string, version: string): Promise<Bundle> {
  await rm(target, { recursive: true, force: true });
  const problems: string[] = [];
  const auth = join(root, 'src/auth/public.ts');
  const build = await rolldown({
    cwd: root,
    input: {
      main: join(root, 'src/npm/main.ts'),
      auth,
      // A program of its own.
      'open-page': join(root, 'src/auth/open-page.ts'),
    },
    platform: 'node',
    transform: {
      target: 'node24',
      define: {
        HARMONI_PACKAGED_VERSION: JSON.stringify(version),
        // CommonJS libraries become ES modules, which know these under other names.
        __dirname: 'import.meta.dirname',
        __filename: 'import.meta.filename',
      },
    },
    plugins: [findWasm],
    // Its variant for measuring test coverage isn't published.
    external: ['./lib-cov/fluent-ffmpeg'],
    onLog: (level, log) => level === 'warn' && problems.push(log.message),
  });
  const { output } = await build.write({
    dir: target,
    format: 'esm',
    chunkFileNames: '[name]-[hash].js',
    // The licence texts are in a file of their own.
    comments: { legal: false, annotation: false },
  });
  await build.close();
  if (problems.length > 0) throw new Error(`The bundle has problems:\n${problems.join('\n')}`);

  const chunks = output.filter((file) => file.type === 'chunk');
  const packages = join(root, 'node_modules');
  for (const asset of assets) await copyFile(join(packages, asset), join(target, asset.replace(/^.*\//, '')));
  await chmod(join(target, 'xdg-open'), 0o755);
  const entry = await readFile(join(root, 'src/npm/harmoni.cjs'), 'utf8');
  await writeFile(join(target, 'harmoni.cjs'), entry.replace('__VERSION__', version), { mode: 0o755 });
  const licences = await licenceTexts(chunks.flatMap(({ moduleIds }) => moduleIds));
  await writeFile(join(target, 'third-party-licences.txt'), licences);
  // Node must take the files for ES modules wherever they lie.
  await writeFile(join(target, 'package.json'), `${JSON.stringify({ type: 'module' })}\n`);
  const folder = basename(target);
  const types = await writeDeclarations(root, auth, join(target, 'types'));
  return {
    bytes: chunks.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0),
    exports: {
      './auth': { types: `./${folder}/types/${types}`, default: `./${folder}/auth.js` },
      './package.json': './package.json',
    },
  };
}
