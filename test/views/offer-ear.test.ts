import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runReviewCommand } from '../../src/commands/review.ts';
import { runRetry } from '../../src/commands/retry.ts';
import { jobSettings } from '../../src/downloads/settings.ts';
import type { TrackList } from '../../src/tracks/track.ts';
import { back } from '../../src/ui/prompter.ts';
import { downloadLists, type DownloadOptions } from '../../src/views/download-lists.ts';
import { candidateOf, createHouse, matchOf, songOf, type HouseOptions } from '../helpers/house.ts';

const one = songOf('Queen', 'Innuendo', { isrc: 'GBUM71029604' });
const two = songOf('Queen', 'Liar', { isrc: 'GBUM7102960' });
const list = (...tracks: TrackList['tracks']): TrackList => ({
  ...{ name: 'Mix', origin: 'spotify:playlist:1', tracks, skipped: [], folder: 'own' },
});
const asked: DownloadOptions = { accept: 'sure', yes: true, askedIn: 'terminal' };
const question = '1 song is uncertain. Compare it with its official 30-second preview from Deezer?';

/** Where every song has one match, and none is certain. */
const houseOf = (options: HouseOptions = {}) =>
  createHouse({
    matchTrack: async () => matchOf([candidateOf('aaaaaaaaaaa', 'A video')]),
    ...options,
  });
type House = ReturnType<typeof houseOf>;
const modeIn = ({ configStore }: House) => configStore.load().verify_by_ear;
const jobsOf = ({ store }: House) =>
  store.database
    .prepare('SELECT settings FROM jobs ORDER BY id')
    .all()
    .map((row) => jobSettings.parse(JSON.parse(String(row['settings']))).verifyByEar);

describe('after a download', () => {
  test('a yes is kept, and uncertain songs with an ISRC are tried again, with the ear', async () => {
    const house = houseOf({ answers: [{ confirm: true }] });
    expect(await downloadLists(house, [list(one, two)], asked)).toBe(1);
    expect(house.prompter.asked).toEqual([question]);
    expect(modeIn(house)).toBe('uncertain');
    expect(jobsOf(house)).toEqual(['never', 'uncertain']);
    expect(house.documents).toMatchObject([{ summary: { unsure: 2 } }, { summary: { unsure: 1 } }]);
    expect(house.store.failures.all().map(({ attempts }) => attempts)).toEqual([2, 1]);
  });

  test('a no is kept, too, and says how to turn it on', async () => {
    const house = houseOf({ answers: [{ confirm: false }] });
    await downloadLists(house, [list(one)], asked);
    expect(modeIn(house)).toBe('never');
    expect(house.prompter.said.at(-1)).toBe(
      "HARMONI won't ask again. To compare songs later, run harmoni config set verify_by_ear uncertain.",
    );
    expect(jobsOf(house)).toEqual(['never']);
  });

  test('Esc is no answer: it is asked again another time', async () => {
    const house = houseOf({ answers: [{ confirm: back }, { confirm: back }] });
    await downloadLists(house, [list(one)], asked);
    expect(modeIn(house)).toBe('ask');
    await runRetry(house, 'sure', true);
    expect(house.prompter.asked).toEqual([question, question]);
  });

  test('songs from earlier downloads are told of, because only a retry compares them', async () => {
    const house = houseOf({ answers: [{ confirm: true }] });
    const earlier = songOf('Queen', 'Jealousy', { isrc: 'GBUM71029605' });
    await downloadLists(house, [list(earlier, two)], { accept: 'sure', yes: true });
    await downloadLists(house, [list(one)], asked);
    expect(house.prompter.asked).toEqual([question]);
    expect(house.prompter.said).toContain(
      '1 song from an earlier download is uncertain, too. To compare it, run harmoni retry.',
    );
  });

  test("a yes isn't followed by a retry where ffmpeg makes no fingerprints, and says so", async () => {
    const house = houseOf({ answers: [{ confirm: true }] });
    const ffmpeg = join(house.folder, 'ffmpeg');
    writeFileSync(ffmpeg, '#!/bin/sh\necho " E mp3 MP3"\n', { mode: 0o755 });
    const tools = { ...house.tools, ffmpegPath: () => Promise.resolve(ffmpeg) };
    await downloadLists({ ...house, tools }, [list(one)], asked);
    expect(house.prompter.said.slice(-2)).toEqual([
      "This ffmpeg has no Chromaprint, so songs can't be compared by sound.",
      'Fix: Run harmoni doctor to see how to get one that has it.',
    ]);
    expect(modeIn(house)).toBe('uncertain');
    expect(jobsOf(house)).toEqual(['never']);
  });

  test("where config.json can't be written, a yes is one for this time", async () => {
    const house = houseOf({ answers: [{ confirm: true }] });
    const set = () => Promise.reject(new Error('read-only'));
    await downloadLists({ ...house, configStore: { set } }, [list(one)], asked);
    expect(jobsOf(house)).toEqual(['never', 'uncertain']);
  });

  test.each([
    ['nobody can be asked', {}, [one], { accept: 'sure', yes: true }],
    ['no uncertain song has an ISRC', {}, [two], asked],
    ['it was answered before', { config: { verify_by_ear: 'never' } }, [one], asked],
    ['songs are compared already', { config: { verify_by_ear: 'always' } }, [one], asked],
    ['no song is uncertain', { matchTrack: async () => matchOf([]) }, [one], asked],
  ] as const)('nothing is asked where %s', async (_what, options, tracks, asking) => {
    const house = houseOf(options);
    await downloadLists(house, [list(...tracks)], asking);
    expect(house.prompter.asked).toEqual([]);
  });

  test('a report that no question follows says how to turn it on', async () => {
    const hint =
      'To compare 1 uncertain song with official previews, run harmoni config set verify_by_ear uncertain, then harmoni retry.';
    const [silent, asking, never] = [
      houseOf(),
      houseOf({ answers: [{ confirm: back }] }),
      houseOf({ config: { verify_by_ear: 'never' } }),
    ];
    await downloadLists(silent, [list(one, two)], { accept: 'sure', yes: true });
    await downloadLists(asking, [list(one, two)], asked);
    await downloadLists(never, [list(one, two)], { accept: 'sure', yes: true });
    expect(silent.printed).toContain(hint);
    expect(asking.printed).not.toContain(hint);
    expect(never.printed).not.toContain(hint);
  });

  test('what the file says besides stays as it is', async () => {
    const house = houseOf({ answers: [{ confirm: true }] });
    await house.configStore.set('retry_attempts', 1);
    await downloadLists(house, [list(one)], asked);
    expect(JSON.parse(readFileSync(house.configStore.path, 'utf8'))).toMatchObject({
      ...{ retry_attempts: 1, verify_by_ear: 'uncertain' },
    });
  });
});

describe('at the beginning of a review', () => {
  test('it is asked about the songs that wait; those that stay open are reviewed next', async () => {
    const house = houseOf({
      answers: [{ confirm: true }, { select: 'Decide later' }, { select: 'Decide later' }],
    });
    await downloadLists(house, [list(one, two)], { accept: 'sure', yes: true });
    expect(await runReviewCommand(house, undefined, [])).toBe(0);
    expect(house.prompter.asked[0]).toBe(question);
    expect(jobsOf(house)).toEqual(['never', 'uncertain']);
  });

  test('what it settled needs no review', async () => {
    const house = houseOf({ answers: [{ confirm: true }] });
    await downloadLists(house, [list(one)], { accept: 'sure', yes: true });
    // As if a proven file came.
    house.own(one);
    expect(await runReviewCommand(house, undefined, [])).toBe(0);
    expect(house.prompter.said.at(-1)).toBe('No songs are waiting for review.');
  });
});
