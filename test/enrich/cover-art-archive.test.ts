import { describe, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../helpers/http-server.ts';
import { startCoverArtArchive, type CoverArtStandIn, type Front } from '../stand-ins/cover-art-archive.ts';
import { uuid } from '../stand-ins/musicbrainz-catalogue.ts';
import { createBench, type Bench } from './musicbrainz/set-up.ts';
import { recording, release, song } from './musicbrainz/songs.ts';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const { signal } = new AbortController();
const ofRelease = `release/${uuid(1_001)}`;
const ofGroup = `release-group/${uuid(2_001)}`;
const bare = { ...song(1), hasCover: false };

async function bench(fronts: Record<string, Front>): Promise<Bench & { readonly archive: CoverArtStandIn }> {
  const archive = await startCoverArtArchive(fronts);
  onTestFinished(() => archive.close());
  const catalogue = { recordings: [recording(1), recording(2)], releases: [release(1, [1, 2])] };
  return { ...(await createBench(catalogue, { coverArtUrl: archive.url })), archive };
}

describe('the front cover of a release', () => {
  test('is for songs without one, and asked for once an album', async () => {
    const { facts, archive } = await bench({ [ofRelease]: jpeg });
    const { found } = await facts.factsFor([bare, { ...song(2), hasCover: false }], signal);
    for (const { cover } of found.values()) expect(cover).toEqual({ mimeType: 'image/jpeg', data: jpeg });
    expect(found.size).toBe(2);
    expect(archive.requests).toHaveLength(3);
  });

  test('is not asked for where the song has one', async () => {
    const { facts, archive } = await bench({ [ofRelease]: jpeg });
    const { found } = await facts.factsFor([song(1), { ...song(2), hasCover: true }], signal);
    expect([...found.values()].map(({ cover }) => cover)).toEqual([undefined, undefined]);
    expect(archive.requests).toEqual([]);
  });

  test('is that of the group where the release has none, and none of either is remembered', async () => {
    const { facts, archive } = await bench({ [ofGroup]: jpeg });
    expect((await facts.factsFor([bare], signal)).found.get('song 1')?.cover?.data).toEqual(jpeg);
    expect(archive.requests[0]).toBe(`${ofRelease}/front-500`);

    const none = await bench({});
    expect((await none.facts.factsFor([bare], signal)).found.get('song 1')?.cover).toBeUndefined();
    await none.again().factsFor([bare], signal);
    expect(none.archive.requests).toHaveLength(2);
  });

  test.each<[string, Front]>([
    ['no picture', Buffer.from('%PDF-1.4')],
    ['an animation', Buffer.from('GIF89a')],
    ['too large', Buffer.concat([jpeg, Buffer.alloc(11 * 2 ** 20)])],
    ['busy', { status: 503 }],
  ])('that is %s is none, for now', async (_, front) => {
    const { facts, again, archive } = await bench({ [ofRelease]: front });
    expect((await facts.factsFor([bare], signal)).found.get('song 1')).toMatchObject({ cover: undefined });
    const before = archive.requests.length;
    await again().factsFor([bare], signal);
    expect(archive.requests.length).toBeGreaterThan(before);
  });

  test('is never fetched from elsewhere', async () => {
    let asked = 0;
    const elsewhere = await startServer((_, response) => {
      asked += 1;
      response.end(jpeg);
    });
    const { facts } = await bench({ [ofRelease]: { status: 307, location: `${elsewhere}/x.jpg` } });
    expect((await facts.factsFor([bare], signal)).found.get('song 1')?.cover).toBeUndefined();
    expect(asked).toBe(0);
  });
});
