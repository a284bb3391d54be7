import { expect, test } from 'vitest';
import type { AdoptEnd, AdoptView } from '../../src/engine/adopt.ts';
import type { Placed } from '../../src/library/adopt/carry-out.ts';
import type { AdoptRow } from '../../src/library/adopt/plan-adoption.ts';
import { HarmoniError } from '../../src/errors.ts';
import { adoptDocument, endLines, previewLines, uncertainRows } from '../../src/views/adopt-text.ts';
import { list, track } from '../history/set-up.ts';

function row(state: AdoptRow['state'], title: string): AdoptRow {
  const file = { path: `/own/a/${title}.mp3`, sizeBytes: 1, modifiedMs: 1, downloaded: false };
  const facts = { artists: [], genres: [], isrcs: [], hasCover: false };
  const owned = { song: { file, facts, lists: [] }, keys: [], parts: ['a', `${title}.mp3`] };
  const match = { owned, isCertain: state === 'adopt', why: 'because' };
  return {
    track: track('Band', title),
    state,
    ...(state === 'have' || state === 'missing' ? {} : { match }),
  };
}

const [first, unsure] = [row('adopt', 'One'), row('ask', 'Two')];
const view: AdoptView = {
  folder: '/own',
  isInLibrary: false,
  files: 9,
  broken: 2,
  lists: [
    { list: list('Mix', []), rows: [row('have', 'Zero'), first, unsure, row('missing', 'Three')] },
    { list: list('Other', []), rows: [row('ask', 'Two'), row('missing', 'Four')] },
  ],
};
const textsOf = (lines: readonly { readonly text: string }[]) => lines.map(({ text }) => text);

test('a preview counts list by list, and tells each uncertain file once', () => {
  expect(textsOf(previewLines(view, false))).toEqual([
    '9 songs in /own, of which 2 are broken and left out',
    'Mix: 1 in your library, 1 to adopt, 1 uncertain, 1 to download',
    'Other: 0 in your library, 0 to adopt, 1 uncertain, 1 to download',
    'Uncertain:',
    '  Band - Two: a/Two.mp3 (because)',
  ]);
  expect(textsOf(previewLines(view, true))).toHaveLength(3);
  expect(uncertainRows(view)).toEqual([unsure]);
});

const endOf = (placed: readonly Placed[], id: number | undefined = 3): AdoptEnd => ({
  id,
  placed: new Map(placed.map((one, at) => [row('adopt', `${at}`), one])),
  playlists: ['/music/Mix/Mix.m3u8'],
  stoppedBy: undefined,
});

test.each<readonly [string, AdoptEnd, readonly string[]]>([
  ['link', endOf([{ path: '/a', by: 'link' }]), ['Linked 1 song.', 'Wrote 1 playlist.']],
  [
    'link',
    endOf([{ path: '/a', by: 'copy' }, { by: 'changed' }]),
    [
      "Copied 1 song, because it can't be linked into your library.",
      'Wrote 1 playlist.',
      '1 song changed meanwhile and was left out.',
    ],
  ],
  ['copy', endOf([{ path: '/a', by: 'copy' }]), ['Copied 1 song.', 'Wrote 1 playlist.']],
  ['leave', endOf([{ path: '/a', by: 'leave' }]), ['Adopted 1 song in place.', 'Wrote 1 playlist.']],
  ['leave', { ...endOf([{ path: '/a', by: 'was there' }]), id: undefined }, []],
])('after %s it says what was done (%#)', (way, end, expected) => {
  expect(textsOf(endLines(end, way))).toEqual(expected);
});

test('the document tells why it ended early, as every other one does', () => {
  const stoppedBy = new HarmoniError('disk-full', 'The disk is full.', { fix: 'Free up some space.' });
  expect(adoptDocument(view, { ...endOf([]), stoppedBy })).toMatchObject({
    stoppedBy: { code: 'disk-full', message: 'The disk is full.', fix: 'Free up some space.' },
  });
});

test('the document tells each row', () => {
  const end: AdoptEnd = { ...endOf([]), placed: new Map([[first, { path: '/music/One.mp3', by: 'link' }]]) };
  expect(adoptDocument(view, end)).toMatchObject({
    dryRun: false,
    run: 3,
    lists: [
      {
        tracks: [
          { status: 'present' },
          { status: 'adopted', file: '/own/a/One.mp3', path: '/music/One.mp3', how: 'link' },
          { status: 'uncertain', reason: 'because' },
          { status: 'missing' },
        ],
      },
      {},
    ],
    summary: { have: 1, certain: 1, uncertain: 2, missing: 2, adopted: 1 },
  });
  expect(adoptDocument(view, undefined)).toMatchObject({ dryRun: true, run: null });
});
