// Opens a database at the word, writes rows in transactions of their own, and says how it went.
import { openDatabase, transaction } from '../../../src/system/database.ts';
import { toHarmoniError } from '../../../src/errors.ts';

const [path = '', count = '0'] = process.argv.slice(2);
console.log('ready');
process.stdin.once('data', () => {
  try {
    const database = openDatabase(path, ['CREATE TABLE rows (writer INTEGER, number INTEGER)']);
    const insert = database.prepare('INSERT INTO rows VALUES (?, ?)');
    const read = database.prepare('SELECT count(*) FROM rows');
    for (let number = 0; number < Number(count); number += 1) {
      transaction(database, () => {
        read.get();
        insert.run(process.pid, number);
      });
    }
    database.close();
    console.log('done');
  } catch (error) {
    const { code, message } = toHarmoniError(error);
    console.log(`${code}: ${message}`);
  }
  process.stdin.destroy();
});
