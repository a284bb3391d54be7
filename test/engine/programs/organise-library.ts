import { join } from 'node:path';
import { lookAtOrder, organise, prepareOrder } from '../../../src/engine/organise.ts';
import { planUndo, undo } from '../../../src/engine/undo.ts';
import { openStore } from '../../../src/history/store.ts';
import { systemClock } from '../../../src/system/clock.ts';

/** Organizes a library by a template, or takes a run back: what a test kills in the middle. */
const [verb, data = '', library = '', what = ''] = process.argv.slice(2);
const store = openStore(data, systemClock);
const config = {
  output_dir: library,
  trash_days: 30,
  file_name_template: '{list}/{artist} - {track}',
  same_track_in_second_list: 'link',
} as const;
const parts = { store, clock: systemClock, config, log: { write: () => undefined } };
const how = { signal: new AbortController().signal, onProgress: () => undefined };
process.stdout.write(`${join(library)}\n`);
if (verb === 'organise') {
  await prepareOrder(parts);
  const view = await lookAtOrder(parts, { words: [], includeOwn: false, template: what });
  await organise(parts, view, how);
} else {
  await undo(parts, await planUndo(parts, Number(what)), how);
}
store.close();
