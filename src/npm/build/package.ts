/**
 * What `npm pack` runs before and after: `node src/npm/build/package.ts prepack` builds dist/ and takes out of package.json what
 * only a checkout needs, `postpack` puts package.json back. The libraries are in the bundle; were they still named as
 * dependencies, every installation would fetch them once more.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { buildBundle } from './bundle.ts';

const root = resolve(import.meta.dirname, '../../..');
const manifestPath = join(root, 'package.json');
/** The checkout's own package.json while npm packs; one that a killed `npm pack` left is put back by the next. */
const keptPath = join(root, 'package.json.kept');
const manifestSchema = z.looseObject({ name: z.string(), version: z.string() });

const onlyForCheckouts = ['scripts', 'dependencies', 'devDependencies', 'prettier', 'knip'];

async function prepack(): Promise<void> {
  await postpack();
  const text = await readFile(manifestPath, 'utf8');
  const manifest = manifestSchema.parse(JSON.parse(text));
  const { bytes, exports } = await buildBundle(root, join(root, 'dist'), manifest.version);
  const published = Object.entries({ ...manifest, exports }).filter(
    ([key]) => !onlyForCheckouts.includes(key),
  );
  await writeFile(keptPath, text);
  await writeFile(`${keptPath}.new`, `${JSON.stringify(Object.fromEntries(published), null, 2)}\n`);
  await rename(`${keptPath}.new`, manifestPath);
  console.error(`HARMONI ${manifest.version}: ${(bytes / 1e6).toFixed(1)} MB of JavaScript in dist/`);
}

async function postpack(): Promise<void> {
  if (existsSync(keptPath)) await rename(keptPath, manifestPath);
  await rm(`${keptPath}.new`, { force: true });
}

switch (process.argv[2]) {
  case 'prepack':
    await prepack();
    break;
  case 'postpack':
    await postpack();
    break;
  default:
    throw new Error('Usage: node src/npm/build/package.ts prepack, or postpack');
}
