import { expect, onTestFinished, test } from 'vitest';
import { startProgram } from '../../helpers/child-program.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { startMusicBrainz } from '../../stand-ins/musicbrainz.ts';
import { recording, release } from './songs.ts';

const program = new URL('./programs/ask.ts', import.meta.url);

test('three HARMONIs of a data folder together ask once a second, and one that was killed goes on where it was', async () => {
  const numbers = Array.from({ length: 8 }, (_, index) => index + 1);
  const service = await startMusicBrainz({
    catalogue: {
      recordings: numbers.map((number) => recording(number)),
      releases: numbers.map((number) => release(number, [number], { title: `Album ${number}` })),
    },
  });
  onTestFinished(() => service.close());
  const data = tempFolder();
  const start = (from: number, count: number) =>
    startProgram(program, [data, service.url, String(from), String(count)]);
  const killed = start(5, 4);
  await killed.line();
  const others = [start(1, 2), start(3, 2)];
  await killed.line();
  await killed.kill('SIGKILL');
  const again = start(5, 4);
  for (const child of [...others, again]) expect(await child.ended).toBe(0);
  // Each loads its HTTP client when it has its first turn, and may so be late for it; the next ones come in time.
  expect(service.tooEarly()).toBeLessThanOrEqual(4);
  // A search for each of the three and a release for each song, and no more than one that the killed one had just asked for.
  const asked = service.requests.length - service.tooEarly();
  expect(asked).toBeLessThanOrEqual(3 + 8 + 1);
  expect(new Set(service.requests).size).toBe(3 + 8);
});
