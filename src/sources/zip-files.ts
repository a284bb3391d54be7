import { resolve } from 'node:path';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { HarmoniError } from '../errors.ts';
import { type InputFile, readBytes } from './read-file.ts';

export interface Zip extends Disposable {
  /** In the order of their names. */
  readonly files: readonly InputFile[];
}

/**
 * Opens a ZIP archive to read single files of it; nothing goes to the disk. A file that unpacks to more than the
 * archive says it has is broken (yauzl checks it as it reads), so `sizeBytes` can be trusted.
 * @throws HarmoniError source-broken, source-too-large when it has more than `most` files
 */
export async function openZip(path: string, most: number): Promise<Zip> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((cause: unknown) => {
    throw broken(cause);
  });
  try {
    if (zip.entryCount > most) {
      throw new HarmoniError('source-too-large', `The archive has more than ${most} files.`, {
        fix: 'Unpack it and use the playlist files inside.',
      });
    }
    const files = await listFiles(zip, resolve(path));
    return { files, [Symbol.dispose]: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

const byName = new Intl.Collator('en', { numeric: true });

async function listFiles(zip: ZipFile, path: string): Promise<readonly InputFile[]> {
  const files: InputFile[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) files.push(asFile(zip, path, entry));
    }
  } catch (cause) {
    throw broken(cause);
  }
  return files.sort((a, b) => byName.compare(a.name, b.name));
}

function asFile(zip: ZipFile, path: string, entry: Entry): InputFile {
  const name = entry.fileName.split('/').at(-1) ?? entry.fileName;
  return {
    name,
    path,
    inside: entry.fileName,
    sizeBytes: entry.uncompressedSize,
    open: (signal) => readBytes(() => zip.openReadStreamPromise(entry), name, signal),
  };
}

function broken(cause: unknown): HarmoniError {
  return new HarmoniError('source-broken', "The archive is damaged or isn't a ZIP file.", {
    fix: 'Download it again.',
    cause,
  });
}
