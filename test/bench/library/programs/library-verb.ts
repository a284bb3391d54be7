/**
 * One verb of the library in a process of its own: `library-verb.ts fill|duplicates|organise ROOT DATA`. Prints its
 * milliseconds, without the start of the process, and the most memory it had. `fill` gives each file a sound of its own.
 */
import { findDuplicates } from '../../../../src/engine/duplicates.ts';
import { lookAtOrder } from '../../../../src/engine/organise.ts';
import { configSchema } from '../../../../src/config/schema.ts';
import { openStore } from '../../../../src/history/store.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { createRandom } from '../../../helpers/random.ts';

const [kind = '', root = '', data = ''] = process.argv.slice(2);
const store = openStore(data, systemClock);
const config = configSchema.parse({ output_dir: root });

/** Chromaprint's values: eight a second, of the whole song. */
const valuesPerMs = 8 / 1000;

function fill(): number {
  const random = createRandom(11);
  const files = store.files.filesBelow(root);
  store.together(() => {
    for (const [number, file] of files.entries()) {
      const lengthMs = random.between(120_000, 400_000);
      const length = Math.round(lengthMs * valuesPerMs);
      const fingerprint = Uint32Array.from({ length }, () => random.between(0, 2 ** 32 - 1));
      store.sounds.setKey(file, `bench-${number}`);
      store.sounds.put(`bench-${number}`, { loudness: undefined, fault: undefined, fingerprint, lengthMs });
    }
  });
  return files.length;
}

async function duplicates(): Promise<number> {
  const found = await findDuplicates({ store, config }, [], new AbortController().signal);
  if (found.heard === 0) throw new Error('No sound is known.');
  return found.heard;
}

async function organise(): Promise<number> {
  const wish = { words: [], includeOwn: true, template: '{artist}/{album}/{artist} - {track}' };
  const { plan } = await lookAtOrder({ store, config }, wish);
  if (plan.songs.length === 0) throw new Error('Nothing would move.');
  return plan.songs.length;
}

const began = performance.now();
const many = kind === 'fill' ? fill() : kind === 'duplicates' ? await duplicates() : await organise();
const ms = performance.now() - began;
store.close();
console.log(JSON.stringify({ ms, many, megabytes: Math.round(process.resourceUsage().maxRSS / 1000) }));
