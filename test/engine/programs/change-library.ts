// A HARMONI that changes a library, or takes a run of it back, and may be killed at any moment: make|undo DATA LIBRARY RUN.
import { planUndo, undo } from '../../../src/engine/undo.ts';
import { createChanges } from '../../../src/history/changes.ts';
import { settleLost } from '../../../src/history/settle.ts';
import { openStore } from '../../../src/history/store.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { createChanger } from '../changer.ts';

const [verb = '', data = '', library = '', run = ''] = process.argv.slice(2);
const store = openStore(data, systemClock);
console.log('ready');
if (verb === 'undo') {
  const config = { trash_days: 30, file_name_template: '{list}/{artist} - {track}' };
  const parts = { store, clock: systemClock, config, log: { write: () => undefined } };
  const plan = await planUndo(parts, Number(run));
  const { signal } = new AbortController();
  await undo(parts, plan, { signal, onProgress: () => undefined });
} else {
  await settleLost(store);
  const changes = createChanges(store, { kind: 'download', title: 'Second', library });
  const change = createChanger(store, library, changes);
  for (let number = 0; number < 30; number += 1) {
    if (number % 3 === 0) await change.replace(`Mix/${number}`, `better ${number}`);
    else if (number % 3 === 1) await change.trash(`Mix/${number}`);
    await change.publish(`New/${number}`, `new ${number}`);
    await change.playlist('Mix/Mix.m3u8', `as of ${number}`);
  }
  await changes.end();
}
store.close();
