// A HARMONI that adds metadata to a library, or takes that back, and may be killed at any moment: enrich|undo DATA LIBRARY RUN.
import { planUndo, undo } from '../../../src/engine/undo.ts';
import { settleLost } from '../../../src/history/settle.ts';
import { openStore } from '../../../src/history/store.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { enrichAll } from '../enrich/bench.ts';

const [verb = '', data = '', library = '', run = ''] = process.argv.slice(2);
const store = openStore(data, systemClock);
const { signal } = new AbortController();
console.log('ready');
if (verb === 'undo') {
  const config = { trash_days: 30, file_name_template: '{list}/{artist} - {track}' };
  const parts = { store, clock: systemClock, config, log: { write: () => undefined } };
  await undo(parts, await planUndo(parts, Number(run)), { signal, onProgress: () => undefined });
} else {
  await settleLost(store);
  await enrichAll(store, library);
}
store.close();
