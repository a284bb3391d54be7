import { z } from 'zod';
import { HarmoniError } from '../errors.ts';
import type { PublishedFile } from './fetch-verified.ts';
import { fetchChecksums, type Publisher } from './publisher.ts';

/** A file of a Python package as the index lists it. */
export interface IndexFile extends PublishedFile {
  /** Such as ">=3.11"; empty when any Python will do. */
  readonly requiresPython: string;
}

const jsonType = 'application/vnd.pypi.simple.v1+json';

const pageSchema = z.object({
  files: z.array(
    z.object({
      filename: z.string(),
      url: z.string(),
      hashes: z.record(z.string(), z.string()),
      'requires-python': z.string().nullish(),
      yanked: z.union([z.boolean(), z.string()]).optional(),
    }),
  ),
});

/**
 * The files of a package on a Python index (PyPI or a mirror): by PEP 691 as JSON, where the index knows that, else by
 * PEP 503 as HTML. Without those that were withdrawn or have no SHA-256.
 * @throws HarmoniError as fetchChecksums
 */
export async function listIndexFiles(
  publisher: Publisher,
  indexUrl: string,
  packageName: string,
): Promise<IndexFile[]> {
  const page = `${indexUrl.replace(/\/+$/, '')}/${packageName}/`;
  const accept = `${jsonType}, text/html;q=0.1`;
  const { text, contentType } = await fetchChecksums(publisher, page, { name: packageName, accept });
  const files = contentType.includes('json') ? parseJsonPage(text, page) : parseHtmlPage(text, page);
  if (files.length > 0) return files;
  throw new HarmoniError(
    'response-not-understood',
    `${new URL(page).host} lists no files of ${packageName}.`,
  );
}

/** Pure, as the next one is. `page` is where relative addresses begin, and where its user and password are good for. */
export function parseJsonPage(text: string, page: string): IndexFile[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [];
  }
  const parsed = pageSchema.safeParse(json);
  if (!parsed.success) return [];
  return parsed.data.files.flatMap((file) => {
    const sha256 = file.hashes['sha256'];
    if (sha256 === undefined || (file.yanked ?? false) !== false) return [];
    const requiresPython = file['requires-python'] ?? '';
    return [{ fileName: file.filename, url: addressOf(file.url, page), sha256, requiresPython }];
  });
}

export function parseHtmlPage(text: string, page: string): IndexFile[] {
  return Array.from(text.matchAll(/<a\s([^>]*)>\s*([^<]+?)\s*<\/a>/gi)).flatMap(
    ([, attributes = '', fileName = '']) => {
      const of = (name: string): string | undefined => {
        const [, double, single] =
          new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes) ?? [];
        const value = double ?? single;
        return value === undefined ? undefined : decodeEntities(value);
      };
      const [url = '', sha256] = (of('href') ?? '').split('#sha256=');
      if (sha256 === undefined || of('data-yanked') !== undefined) return [];
      const requiresPython = of('data-requires-python') ?? '';
      return [{ fileName, url: addressOf(url, page), sha256: sha256.toLowerCase(), requiresPython }];
    },
  );
}

function addressOf(url: string, page: string): string {
  const base = new URL(page);
  const address = new URL(url, base);
  if (address.host === base.host && address.username === '') {
    address.username = base.username;
    address.password = base.password;
  }
  return address.href;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
};

function decodeEntities(text: string): string {
  return text.replaceAll(/&([#\w]+);/g, (whole, name: string) => entities[name] ?? whole);
}
