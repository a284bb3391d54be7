import { downloadLists, type DownloadOptions, type DownloadParts } from '../views/download-lists.ts';
import { readLists, type ReadListsParts } from '../views/read-lists.ts';

/** harmoni download SOURCE... Returns the exit code. */
export async function runDownload(
  parts: DownloadParts & ReadListsParts,
  inputs: readonly string[],
  options: DownloadOptions,
): Promise<number> {
  return downloadLists(parts, await readLists(parts, inputs), options);
}
