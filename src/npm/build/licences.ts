import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]).default('MIT'),
});

/** The licence texts of every package that one of these modules belongs to, as their licences ask for. */
export async function licenceTexts(moduleIds: readonly string[]): Promise<string> {
  const folders = new Set(moduleIds.flatMap((id) => packageFolderOf(id) ?? []));
  const entries = await Promise.all([...folders].map(licenceOf));
  const head =
    'HARMONI is published under the MIT licence. It contains these packages, each under its own:\n';
  return [head, ...entries.toSorted()].join(`\n${'-'.repeat(80)}\n\n`);
}

/** ".../node_modules/@scope/name/lib/file.js" lies in ".../node_modules/@scope/name". Pure. */
export function packageFolderOf(moduleId: string): string | undefined {
  return /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/.exec(moduleId.replace(/^\0+/, ''))?.[0];
}

async function licenceOf(folder: string): Promise<string> {
  const { name, version, license } = manifestSchema.parse(
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  const texts = await Promise.all(files.toSorted().map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n') + '\n';
}
