import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { runStages, type Move, type RunnerParts } from '../../src/downloads/runner.ts';
import type { Stage, StageResult } from '../../src/downloads/stage.ts';
import { HarmoniError } from '../../src/errors.ts';
import { createTestClock } from '../helpers/clock.ts';

interface Song {
  readonly name: string;
  readonly seen: string[];
}

const songsOf = (...names: string[]): Song[] => names.map((name) => ({ name, seen: [] }));
const through: StageResult = { outcome: { status: 'done' } };

function stageOf(
  name: Stage<Song>['name'],
  step: (song: Song) => Promise<StageResult> | StageResult,
  change: Partial<Stage<Song>> = {},
): Stage<Song> {
  return {
    name,
    width: 1,
    room: 32,
    isDone: () => false,
    async run(songs, tell) {
      for (const song of songs) {
        song.seen.push(name);
        tell(song, await step(song));
      }
    },
    ...change,
  };
}

/** Runs songs, and tells how each ended; `move` is what becomes of a failure. */
async function run(
  songs: readonly Song[],
  stages: readonly Stage<Song>[],
  change: Partial<RunnerParts<Song>> & { move?: (song: Song) => Move } = {},
) {
  const ended: string[] = [];
  const waited: string[] = [];
  const { move, ...parts } = change;
  await runStages(songs, stages, {
    signal: new AbortController().signal,
    clock: createTestClock(),
    broke: (error) => {
      throw error;
    },
    waits: (song, stage) => waited.push(`${song.name}: ${stage}`),
    async decide(song, stage, result) {
      await setImmediate();
      const next = 'failure' in result ? move?.(song) : undefined;
      if (next === undefined) ended.push(`${song.name} at ${stage}`);
      return next;
    },
    ...parts,
  });
  return { ended, waited };
}

describe('a song', () => {
  test('goes through the stages in their order, past those that have nothing to do for it', async () => {
    const songs = songsOf('a', 'b');
    const { ended } = await run(songs, [
      stageOf('present', () => 'next'),
      stageOf('match', () => 'next', { isDone: ({ name }) => name === 'b' }),
      stageOf('publish', () => through),
    ]);
    expect(songs.map(({ seen }) => seen.join(' '))).toEqual(['present match publish', 'present publish']);
    expect(ended.toSorted()).toEqual(['a at publish', 'b at publish']);
  });

  test('that has failed goes where it is sent, and ends when nobody sends it', async () => {
    const [song] = songsOf('a') as [Song];
    let tries = 0;
    const { ended } = await run(
      [song],
      [
        stageOf('match', () => 'next'),
        stageOf('download', () => 'next'),
        stageOf('convert', () => ({ failure: new HarmoniError('convert-failed', 'No.') })),
      ],
      { move: () => ((tries += 1) < 3 ? { to: 'download', inMs: 5_000 } : undefined) },
    );
    expect(song.seen.join(' ')).toBe('match download convert download convert download convert');
    expect(ended).toEqual(['a at convert']);
  });

  test('that a stage wants to see again comes again', async () => {
    const [song] = songsOf('a') as [Song];
    let times = 0;
    const clock = createTestClock();
    await run([song], [stageOf('present', () => ((times += 1) < 3 ? { againInMs: 500 } : through))], {
      clock,
    });
    expect(song.seen).toHaveLength(3);
    expect(clock.slept).toEqual([500, 500]);
  });
});

describe('a stage that takes long to start', () => {
  test('may do that when a song waits for the one before it, and is told when all are through', async () => {
    const told: string[] = [];
    const prepared = stageOf('download', () => through, {
      prepare: () => void told.push('prepare'),
      end: () => Promise.resolve(void told.push('end')),
    });
    await run(songsOf('a'), [
      stageOf('present', () => (told.push('present'), 'next')),
      stageOf('match', () => (told.push('match'), 'next')),
      prepared,
    ]);
    expect(told).toEqual(['present', 'prepare', 'match', 'end']);
    told.length = 0;
    await run(songsOf('a'), [stageOf('present', () => through), stageOf('match', () => 'next'), prepared]);
    expect(told).toEqual(['end']);
  });
});

describe('a stage that takes several songs', () => {
  /** The sizes of its calls. */
  function batchesOf(run: (songs: readonly Song[], tell: Parameters<Stage<Song>['run']>[1]) => void) {
    const batches: string[] = [];
    const stage = stageOf('download', () => 'next', {
      batch: ({ waiting, mayCome }) => (waiting >= 4 || !mayCome ? Math.min(4, waiting) : 0),
      run(songs, tell) {
        batches.push(songs.map(({ name }) => name).join(''));
        run(songs, tell);
        return Promise.resolve();
      },
    });
    return { batches, stage };
  }

  test('waits for its share while more may come, and takes what there is at the end', async () => {
    const { batches, stage } = batchesOf((songs, tell) => songs.forEach((song) => tell(song, through)));
    await run(songsOf('a', 'b', 'c', 'd', 'e', 'f'), [stageOf('match', () => 'next'), stage]);
    expect(batches).toEqual(['abcd', 'ef']);
  });

  test('waits for songs that come back soon, so that they share a call', async () => {
    const failed = new Set<Song>();
    const { batches, stage } = batchesOf((songs, tell) => {
      for (const song of songs) {
        const isFirst = !failed.has(song) && failed.add(song);
        tell(song, isFirst ? { failure: new HarmoniError('http-forbidden', 'No.') } : through);
      }
    });
    let inMs = 4_000;
    await run(songsOf('a', 'b', 'c'), [stageOf('match', () => 'next'), stage], {
      move: () => ({ to: 'download', inMs: (inMs += 500) }),
    });
    expect(batches).toEqual(['abc', 'abc']);
  });

  test('does not wait for a song that polls an earlier stage: that may wait for one of its own', async () => {
    let isFree = false;
    const { batches, stage } = batchesOf((songs, tell) => {
      isFree = true;
      for (const song of songs) tell(song, through);
    });
    const songs = songsOf('a', 'b');
    await run(songs, [
      stageOf('present', ({ name }) => (name === 'a' || isFree ? 'next' : { againInMs: 500 })),
      stage,
    ]);
    expect(batches).toEqual(['a', 'b']);
  });
});

test('a stage begins no song while the next one has no room', async () => {
  let most = 0;
  let waiting = 0;
  await run(songsOf('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), [
    stageOf('match', () => {
      most = Math.max(most, (waiting += 1));
      return 'next';
    }),
    stageOf(
      'convert',
      async () => {
        waiting -= 1;
        await setImmediate();
        return through;
      },
      { room: 2 },
    ),
  ]);
  // Two in the queue, and the one that is begun before the second is taken.
  expect(most).toBeLessThanOrEqual(3);
});

test('each stage works at its own width', async () => {
  let now = 0;
  let most = 0;
  await run(songsOf('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), [
    stageOf(
      'convert',
      async () => {
        most = Math.max(most, (now += 1));
        await setImmediate();
        now -= 1;
        return through;
      },
      { width: 3 },
    ),
  ]);
  expect(most).toBe(3);
});

test('each wait is told with what it is for', async () => {
  const { waited } = await run(songsOf('a'), [
    stageOf('match', () => 'next'),
    stageOf('download', () => 'next', { isDone: () => true }),
    stageOf('tag', () => through),
  ]);
  expect(waited).toEqual(['a: match', 'a: tag']);
});

test('after an abort nothing begins and nothing is decided but what is done', async () => {
  const stop = new AbortController();
  const songs = songsOf('a', 'b', 'c');
  const { ended } = await run(
    songs,
    [
      stageOf('match', ({ name }) => {
        if (name === 'b') stop.abort();
        return name === 'c' ? through : 'next';
      }),
      stageOf('tag', () => through),
    ],
    { signal: stop.signal },
  );
  expect(songs.map(({ seen }) => seen.at(-1))).toEqual(['tag', 'match', undefined]);
  expect(ended).toEqual(['a at tag']);
});

test('a song that was just given to a stage does not begin there when another one stops the job', async () => {
  const stop = new AbortController();
  const songs = songsOf('a', 'b');
  const both = Promise.withResolvers<StageResult>();
  let converted = 0;
  const convert = stageOf(
    'convert',
    () => {
      if ((converted += 1) === songs.length) both.resolve('next');
      return both.promise;
    },
    { width: 2 },
  );
  const tag = stageOf(
    'tag',
    () => {
      stop.abort();
      return 'next';
    },
    { width: 2 },
  );
  await run(songs, [convert, tag], { signal: stop.signal });
  expect(songs.flatMap(({ seen }) => seen).filter((stage) => stage === 'tag')).toEqual(['tag']);
});

test('what a stage throws breaks the run, and is told once', async () => {
  const stop = new AbortController();
  const told: string[] = [];
  const broken = stageOf('download', () => 'next', {
    run: () => Promise.reject(new HarmoniError('ytdlp-missing', 'No yt-dlp.')),
  });
  await run(songsOf('a', 'b'), [broken], {
    signal: stop.signal,
    broke(error) {
      told.push(String(error));
      stop.abort();
    },
  });
  expect(told).toEqual(['HarmoniError: No yt-dlp.']);
});

test('no songs are no work', async () => {
  expect(await run([], [stageOf('match', () => 'next')])).toEqual({ ended: [], waited: [] });
});
