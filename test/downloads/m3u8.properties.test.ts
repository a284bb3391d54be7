import { expect, test } from 'vitest';
import { renderM3u8, type PlaylistEntry } from '../../src/downloads/m3u8.ts';
import { safeName } from '../../src/downloads/file-names.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';

/** A reader of the format as players have it: comments begin with "#", an #EXTINF is about the next path. */
function readM3u8(text: string): { path: string; seconds: number | undefined; title: string | undefined }[] {
  const entries: { path: string; seconds: number | undefined; title: string | undefined }[] = [];
  let about: RegExpExecArray | null = null;
  for (const line of text.split('\n')) {
    if (line.startsWith('#EXTINF:')) about = /^#EXTINF:(-?\d+),(.*)$/s.exec(line);
    else if (line !== '' && !line.startsWith('#')) {
      const seconds = about === null || about[1] === '-1' ? undefined : Number(about[1]);
      entries.push({ path: line, seconds, title: about?.[2] });
      about = null;
    }
  }
  return entries;
}

const path = fc
  .array(
    hostileText.map((text) => safeName(text)),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join('/'));
const entry: fc.Arbitrary<PlaylistEntry> = fc.record({
  path: fc.oneof(
    path,
    path.map((below) => `../${below}`),
    path.map((below) => `#${below}`),
  ),
  durationMs: fc.option(fc.nat(10_000_000), { nil: undefined }),
  artist: hostileText,
  track: hostileText,
});

test('what a list holds is read back by another reader, in order', () => {
  fc.assert(
    fc.property(hostileText, fc.array(entry, { maxLength: 8 }), (name, entries) => {
      const found = readM3u8(renderM3u8({ name, origin: name }, entries));
      expect(found.map(({ path: read }) => read.replace(/^\.\/#/, '#'))).toEqual(
        entries.map((each) => each.path),
      );
      expect(found.map(({ seconds }) => seconds)).toEqual(
        entries.map(({ durationMs }) =>
          durationMs === undefined ? undefined : Math.round(durationMs / 1000),
        ),
      );
      // A player takes what begins with "/" or a drive for a place outside of the library.
      for (const { path: read } of found) expect(read).not.toMatch(/^(\/|[a-z]:|#)/i);
    }),
    { numRuns: 300 },
  );
});

test('no control and no mark of writing direction gets out of a name', () => {
  const obeyed = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
  fc.assert(
    fc.property(hostileText, fc.array(entry, { maxLength: 5 }), (name, entries) => {
      const lines = renderM3u8({ name, origin: name }, entries).split('\n');
      for (const line of lines) expect(line).not.toMatch(obeyed);
    }),
    { numRuns: 300 },
  );
});
