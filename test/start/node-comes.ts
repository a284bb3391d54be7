import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../helpers/publisher.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { createHouse, hasProgram, told, type House, type Start } from './house.ts';
import { startNodePublishers, tarName } from './node-set-up.ts';

/** A machine without Node and npm, but with what is named. */
export async function bareHouse(...programs: string[]): Promise<House> {
  const house = await createHouse();
  await house.without('node', 'npm');
  await house.with(...programs);
  return house;
}

export const nodeLines = (start: Start): string[] =>
  start.stderr.split('\n').filter((line) => line.startsWith('  Node'));

/** What a failed set-up left in the tools folder, apart from logs and downloads that broke off. */
export const leftIn = (house: House): string[] =>
  readdirSync(join(house.root, 'data', 'tools')).filter(
    (name) => !/^(?:set-up\..*|downloads|compile-cache)$/.test(name),
  );

/** What a machine must have one of, and this one has. */
export const fetchers = ['curl', 'python3', 'wget'].filter(hasProgram);

/** That Node comes with this program alone, and what happens when it can't. */
export function testNodeComes(fetcher: string): void {
  describe(`with ${fetcher} alone Node comes`, () => {
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
      expect(nodeLines(await house.start({ env: publishers.env }))).toEqual([
        '  Node 24 from nodejs.org ...',
      ]);
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
}
