import { HarmoniError } from '../errors.ts';
import { downloadLists, type DownloadOptions, type DownloadParts } from '../views/download-lists.ts';
import { pendingInputs, type PendingSettings } from '../views/pending-lists.ts';
import { readLists, type ReadListsParts } from '../views/read-lists.ts';

/** harmoni download [SOURCE...], without any what is pending. Returns the exit code. */
export async function runDownload(
  parts: DownloadParts & ReadListsParts & { readonly config: PendingSettings },
  inputs: readonly string[],
  options: DownloadOptions,
): Promise<number> {
  const lists = await (inputs.length === 0 ? readPending(parts) : readLists(parts, inputs));
  return downloadLists(parts, lists, options);
}

async function readPending(parts: ReadListsParts & { readonly config: PendingSettings }) {
  const inputs = pendingInputs(parts.config);
  try {
    return await readLists(parts, inputs);
  } catch (error) {
    if (!(error instanceof HarmoniError) || !error.code.startsWith('source-')) throw error;
    throw new HarmoniError(error.code, error.message, {
      fix: `Name what to download, put playlist files in ${parts.config.exportify_watch_folder}, or set pending_lists.`,
      cause: error,
    });
  }
}
