/** `read-store.ts DATA LIBRARY`: the least that a sync has to hold, what the store knows of the library and of its lists. */
import { openStore } from '../../../src/history/store.ts';
import { systemClock } from '../../../src/system/clock.ts';

const [data = '', library = ''] = process.argv.slice(2);
const store = openStore(data, systemClock);
const find = store.files.finderBelow(library);
let found = 0;
for (const { id } of store.followed.all(library)) {
  for (const { track } of store.followed.entries(id)) found += [...find(track)].length;
}
store.close();
console.log(found);
