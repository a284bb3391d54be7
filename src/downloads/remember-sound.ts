import type { Store } from '../history/store.ts';
import type { Measurement } from '../sound/measurement.ts';
import { soundKeyOf } from '../sound/sound-key.ts';
import { factsAt } from '../system/file-facts.ts';
import { transaction } from '../system/database.ts';

/**
 * Stores what was heard in a file of the library, so that nobody has to listen again. That it can't be stored is no failure:
 * it can be heard again.
 * @param commit writes to the store
 */
export async function rememberSound(
  { sounds, database }: Pick<Store, 'sounds' | 'database'>,
  path: string,
  measurement: Measurement,
  commit: (write: () => void) => void,
): Promise<void> {
  const key = await soundKeyOf(path).catch(() => undefined);
  const facts = await factsAt(path);
  if (key === undefined || facts === undefined) return;
  commit(() =>
    transaction(database, () => {
      sounds.put(key, measurement);
      sounds.setKey({ path, ...facts }, key);
    }),
  );
}
