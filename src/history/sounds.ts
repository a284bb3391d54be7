import {
  fingerprintBytes,
  readFingerprint,
  valuesOfBeginning,
  type Measurement,
} from '../sound/measurement.ts';
import { transaction, type Database, type Row } from '../system/database.ts';
import type { FileStamp } from './indexed-file.ts';

/** A file as it is now. */
export type Stamped = FileStamp & { readonly path: string };

/** What was heard in files, kept by their sound alone; see sound/sound-key.ts. */
export interface Sounds {
  /** The key of a file that hasn't changed since it was told, wherever it lies now; undefined where it has to be hashed. */
  keyOf(file: Stamped): string | undefined;
  setKey(file: Stamped, key: string): void;
  get(key: string): Measurement | undefined;
  /** The length of a sound that has a fingerprint, in ms. */
  fingerprintedMs(key: string): number | undefined;
  /** The fingerprint of the first two minutes, by which songs are compared with each other: thousands are in memory. */
  beginningOf(key: string): Uint32Array | undefined;
  /** A fingerprint that is known already stays where there is none this time: not every ffmpeg makes them. */
  put(key: string, measurement: Measurement): void;
  /** What was heard in a file that hasn't changed since. */
  ofFile(file: Stamped): Measurement | undefined;
  /** Forgets where files of the index that are gone had lain. What was heard is kept: they may come back. */
  forgetGone(): void;
}

export function createSounds(database: Database): Sounds {
  const { keyOf, setKey } = createSoundKeys(database);
  const get = database.prepare('SELECT * FROM sounds WHERE key = ?');
  const length = database.prepare('SELECT length_ms FROM sounds WHERE key = ? AND fingerprint IS NOT NULL');
  const beginning = database.prepare(
    'SELECT substr(fingerprint, 1, ?) AS beginning FROM sounds WHERE key = ?',
  );
  const put = database.prepare(`
    INSERT INTO sounds (key, length_ms, integrated_lufs, range_lu, peak_dbfs, fault, fingerprint)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET length_ms = excluded.length_ms, integrated_lufs = excluded.integrated_lufs,
      range_lu = excluded.range_lu, peak_dbfs = excluded.peak_dbfs, fault = excluded.fault,
      fingerprint = coalesce(excluded.fingerprint, fingerprint)`);
  const forget = database.prepare('DELETE FROM file_sounds WHERE path NOT IN (SELECT path FROM files)');
  const getByKey: Sounds['get'] = (key) => {
    const row = get.get(key);
    return row === undefined ? undefined : toMeasurement(row);
  };
  return {
    keyOf,
    setKey,
    get: getByKey,
    fingerprintedMs(key) {
      const ms = length.get(key)?.['length_ms'];
      return typeof ms === 'number' ? ms : undefined;
    },
    beginningOf(key) {
      const bytes = beginning.get(4 * valuesOfBeginning, key)?.['beginning'];
      return bytes instanceof Uint8Array ? readFingerprint(bytes) : undefined;
    },
    put(key, { loudness, fingerprint, lengthMs, fault }) {
      put.run(
        key,
        lengthMs ?? null,
        loudness?.integratedLufs ?? null,
        loudness?.rangeLu ?? null,
        loudness?.peakDbfs ?? null,
        fault ?? null,
        fingerprint === undefined ? null : fingerprintBytes(fingerprint),
      );
    },
    ofFile(file) {
      const key = keyOf(file);
      return key === undefined ? undefined : getByKey(key);
    },
    forgetGone: () => transaction(database, () => void forget.run()),
  };
}

/** Which file has which sound. */
function createSoundKeys(database: Database): Pick<Sounds, 'keyOf' | 'setKey'> {
  const atPath = database.prepare(
    'SELECT sound_key FROM file_sounds WHERE path = ? AND size_bytes = ? AND modified_ms = ?',
  );
  const byInode = database.prepare(
    'SELECT sound_key FROM file_sounds WHERE size_bytes = ? AND modified_ms = ? AND inode = ?',
  );
  const put = database.prepare(
    'INSERT OR REPLACE INTO file_sounds (path, size_bytes, modified_ms, inode, sound_key) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    keyOf({ path, sizeBytes, modifiedMs, inode }) {
      const ms = Math.round(modifiedMs);
      const row =
        atPath.get(path, sizeBytes, ms) ??
        (inode === undefined ? undefined : byInode.get(sizeBytes, ms, inode));
      return row === undefined ? undefined : String(row['sound_key']);
    },
    setKey: ({ path, sizeBytes, modifiedMs, inode }, key) =>
      void put.run(path, sizeBytes, Math.round(modifiedMs), inode ?? null, key),
  };
}

function toMeasurement(row: Row): Measurement {
  const number = (column: string): number | undefined => {
    const value = row[column];
    return typeof value === 'number' ? value : undefined;
  };
  const integratedLufs = number('integrated_lufs');
  const peakDbfs = number('peak_dbfs');
  const { fault, fingerprint } = row;
  return {
    lengthMs: number('length_ms'),
    loudness:
      integratedLufs === undefined || peakDbfs === undefined
        ? undefined
        : { integratedLufs, peakDbfs, rangeLu: number('range_lu') ?? 0 },
    fault: typeof fault === 'string' ? fault : undefined,
    fingerprint: fingerprint instanceof Uint8Array ? readFingerprint(fingerprint) : undefined,
  };
}
