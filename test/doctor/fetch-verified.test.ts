import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fetchVerified } from '../../src/doctor/fetch-verified.ts';
import { createHttp } from '../../src/system/http.ts';
import { sha256, startPublisher, type Fault, type Publisher } from '../helpers/publisher.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const body = Buffer.alloc(200_000, 'the program ');

interface Place {
  readonly publisher: Publisher;
  readonly folder: string;
  readonly target: string;
  readonly fetch: (options?: {
    signal?: AbortSignal;
    hash?: string;
    onBytes?: (done: number, total?: number) => void;
  }) => Promise<void>;
}

async function createPlace(folder = join(tempFolder(), 'downloads')): Promise<Place> {
  const publisher = await startPublisher();
  publisher.put('/tool', body);
  const http = createHttp({ timeoutMs: 300 });
  onTestFinished(() => http.close());
  const target = join(folder, 'tool');
  return {
    publisher,
    folder,
    target,
    fetch: ({ signal = new AbortController().signal, hash = sha256(body), onBytes } = {}) =>
      fetchVerified(
        { http, signal, ...(onBytes === undefined ? {} : { onBytes }) },
        { url: `${publisher.url}/tool`, sha256: hash, fileName: 'tool' },
        target,
      ),
  };
}

test('a file is there whole, and nothing beside it', async () => {
  const { fetch, target, folder } = await createPlace();
  const told: (number | undefined)[] = [];
  await fetch({ onBytes: (done, total) => told.push(done, total) });
  expect(readFileSync(target)).toEqual(body);
  expect(readdirSync(folder)).toEqual(['tool']);
  expect(told.slice(-2)).toEqual([body.length, body.length]);
});

describe('a file is not there', () => {
  test.each<[Fault, RegExp, number]>([
    ['missing', /^the server answered 404 for tool\.$/, 0],
    ['wrong', /^tool has the wrong checksum\.$/, 0],
    ['truncated', /^tool has the wrong checksum\.$/, 0],
    ['cut always', /^127\.0\.0\.1:\d+ can't be reached/, 1],
    ['silent', /^127\.0\.0\.1:\d+ didn't answer in time\.$/, 1],
  ])('when it is %s, and that is said in one sentence', async (fault, sentence, left) => {
    const { fetch, target, folder, publisher } = await createPlace();
    publisher.fault('/tool', fault);
    await expect(fetch()).rejects.toThrow(sentence);
    expect(existsSync(target)).toBe(false);
    // What came before a line broke is kept for the next time.
    expect(readdirSync(folder)).toHaveLength(left);
    publisher.fault('/tool', undefined);
    await fetch();
    expect(readFileSync(target)).toEqual(body);
    expect(readdirSync(folder)).toEqual(['tool']);
  });

  test('when it is larger than any program', async () => {
    const { fetch, folder, publisher } = await createPlace();
    publisher.put('/tool', Buffer.alloc(201 * 2 ** 20));
    await expect(fetch()).rejects.toThrow('tool is too large.');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.skipIf(!mayMount)('on a full disk, which keeps no half of it', async () => {
    using disk = mountDisk(join(tempFolder(), 'disk'), 100);
    const { fetch } = await createPlace(disk.folder);
    await expect(fetch()).rejects.toMatchObject({
      code: 'disk-full',
      message: `No space left to write ${disk.folder}/tool.`,
    });
    expect(readdirSync(disk.folder)).toEqual([]);
  });

  test('in a folder that is read only', async () => {
    const folder = join(tempFolder(), 'locked');
    using disk = mayMount ? mountDisk(folder, 100) : undefined;
    disk?.makeReadOnly();
    if (disk === undefined) {
      mkdirSync(folder);
      chmodSync(folder, 0o500);
    }
    const { fetch } = await createPlace(folder);
    await expect(fetch()).rejects.toMatchObject({ message: `${folder}/tool can't be written.` });
  });
});

describe('a download that was cut', () => {
  test('goes on from there, in the same call', async () => {
    const { fetch, target, publisher } = await createPlace();
    publisher.fault('/tool', 'cut once');
    await fetch();
    expect(readFileSync(target)).toEqual(body);
    expect(publisher.requests[1]).toMatch(/^\/tool from \d+$/);
  });

  test('goes on from there, in the next start', async () => {
    const { fetch, target, publisher } = await createPlace();
    publisher.fault('/tool', 'cut always');
    await expect(fetch()).rejects.toThrow("can't be reached");
    const before = publisher.requests.length;
    publisher.fault('/tool', undefined);
    await fetch();
    expect(publisher.requests.slice(before)).toEqual([expect.stringMatching(/^\/tool from \d+$/)]);
    expect(readFileSync(target)).toEqual(body);
  });

  test('begins again when there is another file by now', async () => {
    const { fetch, target, folder, publisher } = await createPlace();
    publisher.fault('/tool', 'cut always');
    await expect(fetch()).rejects.toThrow("can't be reached");
    publisher.fault('/tool', undefined);
    const newer = Buffer.alloc(300_000, 'a newer program');
    publisher.put('/tool', newer);
    await fetch({ hash: sha256(newer) });
    expect(readFileSync(target)).toEqual(newer);
    expect(readdirSync(folder)).toEqual(['tool']);
  });

  test('begins again when what is there is more than the file has', async () => {
    const { fetch, target, folder } = await createPlace();
    mkdirSync(folder);
    writeFileSync(`${target}.${sha256(body).slice(0, 12)}.part`, Buffer.alloc(body.length + 9));
    await fetch();
    expect(readFileSync(target)).toEqual(body);
  });
});

test('another host may have a file whose checksum is known', async () => {
  const { fetch, target, publisher } = await createPlace();
  publisher.fault('/tool', 'elsewhere');
  await fetch();
  expect(readFileSync(target)).toEqual(body);
});

test('the wait ends with the signal', async () => {
  const { fetch, target, publisher } = await createPlace();
  publisher.fault('/tool', 'silent');
  const stop = new AbortController();
  const waiting = fetch({ signal: stop.signal, onBytes: () => stop.abort(new Error('enough')) });
  await expect(waiting).rejects.toThrow('enough');
  expect(existsSync(target)).toBe(false);
});
