import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { asFileError } from '../system/file-errors.ts';
import type { HttpStream } from '../system/http.ts';
import { requestFor, type Publisher } from './publisher.ts';

/** A file on the net whose SHA-256 its publisher names. */
export interface PublishedFile {
  /** May carry a mirror's user and password. */
  readonly url: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly fileName: string;
}

export interface FetchDeps extends Publisher {
  /** Told of every piece that came; the total where the server says it. */
  readonly onBytes?: (done: number, total: number | undefined) => void;
}

const mostBytes = 200 * 2 ** 20;

/** How often a line that breaks off is taken up again where it broke. */
const attempts = 5;

/**
 * Fetches a file to `target`, which has it whole and verified or is left as it was. What came of a download that broke
 * off stays beside it, and the next one goes on from there.
 * @throws HarmoniError network-unreachable, network-timeout, response-not-understood (another answer, a wrong checksum,
 * too large), disk-full, output-not-writable; or the signal's reason
 */
export async function fetchVerified(deps: FetchDeps, file: PublishedFile, target: string): Promise<void> {
  const part = `${target}.${file.sha256.slice(0, 12)}.part`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await removeOtherParts(target, part);
    await fetchPart(deps, file, part);
    if ((await sha256Of(part)) !== file.sha256) {
      await rm(part, { force: true });
      throw new HarmoniError('response-not-understood', `${file.fileName} has the wrong checksum.`);
    }
    await rename(part, target);
  } catch (error) {
    const known = asFileError(error, target);
    // Half a file is of no use to a disk that is full.
    if (known instanceof HarmoniError && known.code === 'disk-full') await rm(part, { force: true });
    throw known;
  }
}

/** The SHA-256 of a file, or undefined where there is none. */
export async function sha256Of(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}

async function fetchPart(deps: FetchDeps, file: PublishedFile, part: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await sizeOf(part);
    try {
      await fetchRest(deps, file, part, before);
      return;
    } catch (error) {
      const cut = error instanceof HarmoniError && error.code.startsWith('network-');
      // Without a single new byte there is nothing to be hoped for.
      if (!cut || attempt >= attempts || (await sizeOf(part)) <= before) throw error;
    }
  }
}

async function fetchRest(deps: FetchDeps, file: PublishedFile, part: string, have: number): Promise<void> {
  const request = requestFor(file.url, deps.signal);
  const range = have > 0 ? { range: `bytes=${have}-` } : {};
  // Any host may have the file, since its checksum is known.
  const answer = await deps.http.open({
    ...request,
    headers: { ...request.headers, ...range },
    maxBytes: mostBytes,
  });
  const resumed = answer.status === 206 && startOf(answer) === have;
  try {
    if (resumed || answer.status === 200) {
      await writeRest(deps, file, part, answer, resumed ? have : 0);
      return;
    }
  } finally {
    answer.drop();
  }
  // A server that cannot go on from there, or a part that is longer than the file.
  const again = have > 0 && (answer.status === 206 || answer.status === 416);
  if (again) {
    await rm(part, { force: true });
    return fetchRest(deps, file, part, 0);
  }
  throw new HarmoniError(
    'response-not-understood',
    `the server answered ${answer.status} for ${file.fileName}.`,
  );
}

async function writeRest(
  deps: FetchDeps,
  file: PublishedFile,
  part: string,
  answer: HttpStream,
  from: number,
): Promise<void> {
  const length = Number(answer.headers['content-length']);
  const total = Number.isFinite(length) ? from + length : undefined;
  const tooLarge = new HarmoniError('response-not-understood', `${file.fileName} is too large.`);
  let done = from;
  const handle = await open(part, from > 0 ? 'a' : 'w');
  try {
    if ((total ?? 0) > mostBytes) throw tooLarge;
    for await (const chunk of answer.chunks) {
      done += chunk.length;
      if (done > mostBytes) throw tooLarge;
      await handle.writeFile(chunk);
      deps.onBytes?.(done, total);
    }
    await handle.sync();
  } catch (error) {
    if (error === tooLarge) await rm(part, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

function startOf(answer: HttpStream): number {
  return Number(/^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1] ?? Number.NaN);
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function removeOtherParts(target: string, part: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    if (name.startsWith(`${basename(target)}.`) && name.endsWith('.part') && name !== basename(part)) {
      await rm(join(dirname(target), name), { force: true });
    }
  }
}
