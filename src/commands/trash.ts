import { findInTrash, readTrash, type TrashItem } from '../engine/trash.ts';
import { exitCodeOf, HarmoniError } from '../errors.ts';
import { sizeOf } from '../system/trash-folder.ts';
import { emptyOnYes, restoreItems, showTrash, whyText, type TrashViewParts } from '../views/trash.ts';
import type { trashVerbs } from './trash-verbs.ts';

export interface TrashFlags {
  readonly yes?: boolean;
  readonly olderThan?: number;
}

/** harmoni trash VERB [NAME...]. Returns the exit code: 1 when a file is still in the trash. */
export async function runTrash(
  parts: TrashViewParts,
  verb: (typeof trashVerbs)[number],
  names: readonly string[],
  { yes = false, olderThan }: TrashFlags,
): Promise<number> {
  const { output } = parts;
  if (verb === 'list') {
    const items = await showTrash(parts);
    output.document({ trash: items.map(documentOf), sizeBytes: sizeOf(items) });
    return 0;
  }
  if (verb === 'empty') {
    const gone = await emptyOnYes(parts, { olderThanDays: olderThan, yes });
    if (gone === undefined) return exitCodeOf('cancelled');
    output.document({ deleted: gone.map(documentOf), sizeBytes: sizeOf(gone) });
    return 0;
  }
  if (names.length === 0) {
    throw new HarmoniError('usage', 'Which files should be restored?', {
      fix: 'Run harmoni trash list, then harmoni trash restore NAME.',
    });
  }
  const items = await readTrash(parts);
  const wanted = [...new Set(names.map((name) => findInTrash(items, name)))];
  const end = await restoreItems(parts, wanted);
  output.document({
    run: end.id ?? null,
    files: end.items.map(({ item, obstacle }) => ({ ...documentOf(item), restored: obstacle === undefined })),
    playlists: end.playlists,
  });
  if (end.stoppedBy !== undefined) return exitCodeOf(end.stoppedBy.code);
  return end.items.every(({ obstacle }) => obstacle === undefined) ? 0 : 1;
}

function documentOf(item: TrashItem): Record<string, unknown> {
  const { name, day, path, to, sizeBytes, run } = item;
  return { name, day, path, to, sizeBytes, run: run?.id ?? null, why: whyText(item) };
}
