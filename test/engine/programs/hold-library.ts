// A HARMONI that changes a library and doesn't come to an end: DATA LIBRARY. Says "at it", or which error kept it from that.
import { changeLibrary } from '../../../src/engine/library-run.ts';
import { toHarmoniError } from '../../../src/errors.ts';
import { openStore } from '../../../src/history/store.ts';
import { systemClock } from '../../../src/system/clock.ts';

const [data = '', library = ''] = process.argv.slice(2);
const store = openStore(data, systemClock);
const parts = { store, clock: systemClock, config: { trash_days: 30 } };
await changeLibrary(parts, { kind: 'organise', title: 'Mix', library }, async () => {
  console.log('at it');
  await systemClock.sleep(3_600_000);
}).catch((error: unknown) => console.log(toHarmoniError(error).code));
store.close();
