import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportDecisions, importDecisions, removeDecision } from '../../src/engine/decisions.ts';
import { chooseFailed } from '../../src/engine/retry.ts';
import {
  candidatesFor,
  chooseRedone,
  decideTrack,
  findRedoable,
  keysOfText,
  waitingTracks,
} from '../../src/engine/review.ts';
import type { Store } from '../../src/history/store.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import type { Track } from '../../src/tracks/track.ts';
import { candidateOf, createHouse, matchOf, songOf } from '../helpers/house.ts';
import { video } from '../helpers/media.ts';

const song = songOf('Queen', 'Innuendo', { spotifyUri: 'spotify:track:0123456789012345678901' });
const failure = { stage: 'match', code: 'match-unsure', message: 'Not sure.', fix: 'Decide.' } as const;
const id = 'aaaaaaaaaaa';
const linkOf = (text: string) => (text.length === 11 ? video(text) : undefined);

function fail(store: Store, track: Track, list: { name: string; origin?: string } = { name: 'Mix' }): void {
  store.failures.add(trackKeys(track)[0] ?? '', {
    track,
    listName: list.name,
    listOrigin: list.origin,
    listFolder: 'own',
    status: 'unsure',
    failure,
  });
}

describe('what waits', () => {
  test('is decided by a video, and then waits for its download', () => {
    const { store } = createHouse();
    fail(store, song);
    expect(waitingTracks(store)).toMatchObject([{ track: song, failure }]);
    decideTrack(store, song, video(id));
    expect(waitingTracks(store)).toEqual([]);
    expect(store.overrides.find(song)).toMatchObject({ media: video(id) });
    expect(store.failures.all()).toHaveLength(1);
  });

  test('is decided by "none of these", and then is over', () => {
    const { store } = createHouse();
    fail(store, song);
    decideTrack(store, song, null);
    expect(store.overrides.find(song)).toMatchObject({ media: null });
    expect(store.failures.all()).toEqual([]);
  });

  test('a decision that is taken back leaves everything as it was', () => {
    const { store } = createHouse();
    fail(store, song);
    const undoFirst = decideTrack(store, song, video(id));
    const undoSecond = decideTrack(store, song, null);
    undoSecond();
    expect(store.overrides.find(song)).toMatchObject({ media: video(id) });
    expect(store.failures.all()).toMatchObject([{ track: song, failure }]);
    undoFirst();
    expect(store.overrides.all()).toEqual([]);
    expect(waitingTracks(store)).toHaveLength(1);
  });

  test('does not wait any more once a match is chosen, also where its video could not be had', () => {
    const { store, clock } = createHouse();
    const isPrivate = { ...failure, code: 'video-private' } as const;
    const failAgain = () => {
      store.failures.add(trackKeys(song)[0] ?? '', {
        track: song,
        listName: 'Mix',
        listFolder: 'own',
        status: 'failed',
        failure: isPrivate,
      });
    };
    failAgain();
    decideTrack(store, song, video(id));
    expect(waitingTracks(store)).toEqual([]);
    clock.pass(1_000);
    failAgain();
    expect(waitingTracks(store)).toHaveLength(1);
  });

  test('has the pick as its first candidate, whatever video the source named', async () => {
    const asked: Track[] = [];
    const candidates = await candidatesFor(
      async (track) => {
        asked.push(track);
        return matchOf([candidateOf(id, 'Pick'), candidateOf('bbbbbbbbbbb', 'Other')]);
      },
      { track: { ...song, media: video('ccccccccccc') }, uploads: [] },
      new AbortController().signal,
    );
    expect(candidates.map(({ candidate }) => candidate.title)).toEqual(['Pick', 'Other']);
    expect(asked).toEqual([song]);
  });
});

describe('what failed', () => {
  test('is tried again in its own list, also beside another of the same name', () => {
    const { store } = createHouse();
    const other = songOf('Queen', 'Bicycle Race');
    const lists = ['a', 'b'].map((id) => ({
      name: 'Chill',
      origin: `spotify:playlist:${id}`,
      tracks: [other, songOf('Queen', `Only in ${id}`)],
      skipped: [],
      folder: 'own' as const,
    }));
    store.jobs.create(
      lists.map((list) => ({ list, chosen: [true, true] })),
      {},
    );
    for (const list of lists) for (const track of list.tracks.slice(1)) fail(store, track, list);
    const chosen = chooseFailed(store.jobs, store.failures.all());
    expect(chosen.map(({ list, chosen: flags }) => [list.origin, list.tracks.length, flags])).toEqual([
      ['spotify:playlist:a', 2, [false, true]],
      ['spotify:playlist:b', 2, [false, true]],
    ]);
  });

  test('comes last where its list is not known any more', () => {
    const { store } = createHouse();
    fail(store, song);
    expect(chooseFailed(store.jobs, store.failures.all())).toEqual([
      { list: { name: 'Mix', folder: 'own', tracks: [song], skipped: [] }, chosen: [true] },
    ]);
  });
});

describe('decisions', () => {
  test('are written to a file and read back, for the songs that the store knows', async () => {
    const { store, folder } = createHouse();
    store.overrides.set(song, video(id));
    const csv = join(folder, 'decisions.csv');
    expect(await exportDecisions(store.overrides, csv)).toEqual({ exported: 1, file: csv });
    writeFileSync(csv, readFileSync(csv, 'utf8').replace(id, 'bbbbbbbbbbb'));
    expect(removeDecision(store.overrides, 'Queen - Innuendo')).toEqual([song]);
    fail(store, song);
    expect(await importDecisions(store, csv, linkOf)).toMatchObject({ imported: 1, skipped: [] });
    expect(store.overrides.find(song)).toMatchObject({ track: song, media: video('bbbbbbbbbbb') });
  });

  test("that nobody took cannot be removed, and a file that is not there can't be read", async () => {
    const { store, folder } = createHouse();
    expect(() => removeDecision(store.overrides, 'Queen - Innuendo')).toThrow(/You haven't chosen a match/);
    await expect(importDecisions(store, join(folder, 'none.csv'), linkOf)).rejects.toMatchObject({
      code: 'source-not-found',
    });
  });
});

describe('a song to be done again', () => {
  test('is that of the library, else one that waits, else none', async () => {
    const { store, own, paths } = createHouse();
    const path = own(song);
    store.files.put(
      { path, sizeBytes: 1, modifiedMs: 0, downloaded: false, media: video(id) },
      trackKeys(song),
    );
    const find = (text: string) => findRedoable(store, paths.output, text);
    expect(await find('Queen - Innuendo')).toMatchObject({ track: { artist: 'Queen' }, media: video(id) });
    store.files.remove(path);
    expect(await find('Queen - Innuendo')).toBeUndefined();
    fail(store, song);
    expect(await find('queen - innuendo')).toMatchObject({ track: song, waiting: { listName: 'Mix' } });
    expect(await find('https://open.spotify.com/track/0123456789012345678901')).toMatchObject({
      track: song,
    });
  });

  test('has its own name as a list of one', () => {
    expect(chooseRedone([song])).toMatchObject({ list: { name: 'Queen - Innuendo' }, chosen: [true] });
    expect(chooseRedone([song, songOf('', 'Title')]).list.name).toBe('Other matches');
  });

  test('is named by a link, or by artist and title', () => {
    expect(keysOfText('spotify:track:0123456789012345678901')).toEqual([
      'uri:spotify:track:0123456789012345678901',
    ]);
    expect(keysOfText('Queen - Innuendo')).toContain(trackKeys(song).at(-1));
    expect(keysOfText('Innuendo')).toEqual(['name:|innuendo|']);
  });
});
