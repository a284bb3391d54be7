import { readTrash } from '../engine/trash.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { emptyOnYes, restoreItems, showTrash, whyText, type TrashViewParts } from '../views/trash.ts';
import { openMenuLoop } from './menu.ts';

export type TrashMenuParts = TrashViewParts & { readonly prompter: Prompter };

/** Tools → Trash. */
export async function openTrashMenu(parts: TrashMenuParts): Promise<void> {
  await openMenuLoop(parts.prompter, 'Trash', () => [
    {
      name: 'Show the trash',
      description: 'Songs that were replaced, removed or undone.',
      run: () => showTrash(parts),
    },
    {
      name: 'Restore songs',
      description: 'Choose songs to bring back to their places. Nothing is overwritten.',
      run: () => chooseAndRestore(parts),
    },
    {
      name: 'Empty the trash',
      description: 'Deletes everything in it for good. It asks first.',
      run: () => emptyOnYes(parts, { olderThanDays: undefined, yes: false }),
    },
  ]);
}

async function chooseAndRestore(parts: TrashMenuParts): Promise<void> {
  const items = await readTrash(parts);
  if (items.length === 0) {
    parts.prompter.say('The trash is empty.');
    return;
  }
  const rows = items.map((item) => {
    const why = whyText(item);
    return {
      value: item,
      name: `${item.day}  ${item.name}`,
      checked: false,
      ...(why === '' ? {} : { mark: why }),
    };
  });
  const chosen = await parts.prompter.pick({ message: 'Which files should come back?', rows });
  if (chosen === back || chosen.length === 0) return;
  await restoreItems(parts, chosen);
}
