import { expect, test } from 'vitest';
import type { Step } from '../../src/history/steps.ts';
import { changesOf, wayBack, type Change } from '../../src/history/way-back.ts';
import type { FileFacts } from '../../src/system/file-facts.ts';

const file = (sizeBytes: number, modifiedMs = 5): FileFacts => ({ sizeBytes, modifiedMs, inode: '1' });
const change = (more: Partial<Change>): Change => ({ id: 1, path: '/m/a', isPlaylist: false, ...more });
const [added, replaced, trashed] = [
  change({ after: file(9) }),
  change({ after: file(9), kept: '/t/a' }),
  change({ kept: '/t/a' }),
];
const moved = change({ from: '/m/old', after: file(9) });
const retagged = change({ isRetag: true, content: Buffer.from('delta'), sha256: 'new', after: file(9) });
const playlist = change({ isPlaylist: true, content: Buffer.from('old'), after: file(9) });

test.each([
  ['a new file', added, file(9), 'nothing', { way: 'trash' }],
  [
    'a new file with another inode, as after a copy of the disk',
    added,
    { ...file(9), inode: '2' },
    'nothing',
    { way: 'trash' },
  ],
  ['a new file that has grown', added, file(10), 'nothing', { obstacle: 'changed' }],
  ['a new file with another time', added, file(9, 6), 'nothing', { obstacle: 'changed' }],
  ['a new file that is gone', added, 'nothing', 'nothing', { obstacle: 'gone' }],
  ['a folder in its place', added, 'no file', 'nothing', { obstacle: 'no file' }],
  ['a retagged file', retagged, file(9), 'nothing', { way: 'retag' }],
  ['a retagged file that was changed', retagged, file(9, 6), 'nothing', { obstacle: 'changed' }],
  ['a retagged file that is gone', retagged, 'nothing', 'nothing', { obstacle: 'gone' }],
  ['a replaced file', replaced, file(9), file(3), { way: 'swap' }],
  ['a replaced file whose old one is gone', replaced, file(9), 'nothing', { obstacle: 'not in trash' }],
  ['a replaced file that was changed', replaced, file(8), file(3), { obstacle: 'changed' }],
  ['a file in the trash', trashed, 'nothing', file(3), { way: 'restore' }],
  ['a file in the trash whose name is taken', trashed, file(1), file(3), { obstacle: 'taken' }],
  ['a file that left the trash', trashed, 'nothing', 'nothing', { obstacle: 'not in trash' }],
  [
    'a file whose place in the trash is a folder',
    trashed,
    'nothing',
    'no file',
    { obstacle: 'not in trash' },
  ],
  ['a moved file', moved, file(9), 'nothing', { way: 'move' }],
  ['a moved file that was moved on', moved, 'nothing', 'nothing', { obstacle: 'gone' }],
  ['a moved file with new tags', moved, file(8), 'nothing', { obstacle: 'changed' }],
  ['a moved file whose old place is taken', moved, file(9), file(3), { obstacle: 'taken' }],
  ['a moved file whose old place is a folder', moved, file(9), 'no file', { obstacle: 'taken' }],
  ['a playlist file', playlist, file(9), 'nothing', { way: 'rewrite' }],
  ['a playlist file that is new', { ...playlist, content: undefined }, file(9), 'nothing', { way: 'remove' }],
  ['a playlist file that was changed', playlist, file(7), 'nothing', { obstacle: 'changed' }],
] as const)('%s (%#)', (_what, of, at, inTrash, expected) => {
  expect(wayBack(of, at, inTrash)).toEqual(expected);
});

test('what was done at a path more than once is one change, and what came and went is none', () => {
  let id = 0;
  const step = (path: string, more: Partial<Step>): Step => {
    id += 1;
    return { id, runId: 1, kind: 'publish', path, state: 'done', plannedAt: 0, ...more };
  };
  const changes = changesOf([
    step('/m/a', { kept: '/t/a', after: file(1) }),
    step('/m/b', { after: file(2) }),
    step('/m/a', { kept: '/t/a2', after: file(3) }),
    step('/m/c', { after: file(4) }),
    step('/m/c', { kept: '/t/c' }),
    step('/m/d', { after: file(5), state: 'undone' }),
    step('/m/e', { after: file(5), state: 'planned' }),
  ]);
  expect(changes).toMatchObject([
    { path: '/m/a', kept: '/t/a', after: file(3) },
    { path: '/m/b', after: file(2) },
  ]);
});

test('moves are taken back one by one, the last first, whatever else was done at their paths', () => {
  let id = 0;
  const step = (kind: Step['kind'], path: string, more: Partial<Step>): Step => {
    id += 1;
    return { id, runId: 1, kind, path, state: 'done', plannedAt: 0, ...more };
  };
  const changes = changesOf([
    step('trash', '/m/a', { kept: '/t/a' }),
    step('move', '/m/a', { from: '/m/b', after: file(1) }),
    step('move', '/m/b', { from: '/m/c', after: file(2) }),
    step('playlist', '/m/x.m3u8', { content: Buffer.from('old'), after: file(3), sha256: 'new' }),
    step('move', '/m/y.m3u8', { from: '/m/x.m3u8', after: file(3), sha256: 'new' }),
  ]);
  expect(changes).toMatchObject([
    { path: '/m/y.m3u8', from: '/m/x.m3u8', isPlaylist: true },
    { path: '/m/x.m3u8', isPlaylist: true },
    { path: '/m/b', from: '/m/c', isPlaylist: false },
    { path: '/m/a', from: '/m/b' },
    { path: '/m/a', kept: '/t/a' },
  ]);
});
