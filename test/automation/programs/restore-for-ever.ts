// A HARMONI that restores one backup after the other until it is killed: FOLDER BACKUP...
import { createBackupBench } from '../backup-bench.ts';

const [folder = '', ...backups] = process.argv.slice(2);
const bench = createBackupBench(folder);
console.log('ready');
for (;;) for (const path of backups) await bench.restore(path);
