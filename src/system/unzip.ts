import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type ZipFile } from 'yauzl';
import { HarmoniError } from '../errors.ts';
import { asFileError } from './file-errors.ts';

/**
 * Unpacks files of a ZIP archive. `placeOf` says where one goes, or nothing for one that is not wanted. Names that lead
 * out of the archive's folder are refused, and all files together must fit into `mostBytes`.
 * @throws HarmoniError response-not-understood when the archive is damaged or too large, disk-full, output-not-writable;
 * or the signal's reason
 */
export async function unzip(
  archive: string,
  options: {
    placeOf: (name: string) => string | undefined;
    mostBytes: number;
    signal: AbortSignal;
    mode?: number;
  },
): Promise<void> {
  let zip: ZipFile | undefined;
  let target = archive;
  try {
    // yauzl refuses absolute names and "..", and files that unpack to another size than the archive says.
    zip = await openPromise(archive, { lazyEntries: true, autoClose: false });
    const bound = boundedTo(options.mostBytes);
    for await (const entry of zip.eachEntry()) {
      const place = entry.fileName.endsWith('/') ? undefined : options.placeOf(entry.fileName);
      if (place === undefined) continue;
      target = place;
      await mkdir(dirname(place), { recursive: true });
      const from = await zip.openReadStreamPromise(entry);
      const to = createWriteStream(place, { mode: options.mode ?? 0o644, flush: true });
      await pipeline(from, bound(), to, { signal: options.signal });
    }
  } catch (error) {
    options.signal.throwIfAborted();
    const known = asFileError(error, target);
    if (known instanceof HarmoniError || (known instanceof Error && 'syscall' in known)) throw known;
    throw new HarmoniError('response-not-understood', 'the archive is damaged.', { cause: error });
  } finally {
    zip?.close();
  }
}

function boundedTo(most: number): () => Transform {
  let size = 0;
  return () =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        const tooLarge = new HarmoniError(
          'response-not-understood',
          'the archive unpacks to more than expected.',
        );
        if (size > most) done(tooLarge);
        else done(null, chunk);
      },
    });
}
