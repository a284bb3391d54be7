import type { Enricher } from '../enrich/enricher.ts';
import type { SponsorBlock } from '../enrich/sponsorblock/sponsorblock.ts';
import { toHarmoniError } from '../errors.ts';
import { asFileError } from '../system/file-errors.ts';
import { check } from './check-stage.ts';
import { convert, prepareToCut } from './convert-stage.ts';
import { createDownload, type DownloadParts } from './download-stage.ts';
import { enrichSong, prepareToEnrich } from './enrich-stage.ts';
import { hear, isUnheard } from './hear-stage.ts';
import type { JobEar } from './job-ear.ts';
import type { JobParts } from './job-parts.ts';
import { match } from './match-stage.ts';
import { present } from './present-stage.ts';
import { publish } from './publish.ts';
import { rememberSound } from './remember-sound.ts';
import type { Ending, Stage, StageResult } from './stage.ts';
import { tag } from './tag-stage.ts';
import type { Tagger } from './tag.ts';
import type { Work } from './work.ts';

/** Searches under way at once; each is one request. */
const searchesAtOnce = 3;
/** Songs that wait for a slow stage: more would only go stale. */
const mostWaiting = 32;
/** Found ahead, so that a yt-dlp has enough to do. */
const mostFound = 64;

export type StageParts = JobParts &
  DownloadParts & {
    readonly tagger: Tagger;
    readonly enrichers: readonly Enricher[];
    readonly sponsorBlock: SponsorBlock;
    readonly ear: JobEar;
  };

/** The way of a song, in its order. Each stage takes of the parts what it needs. */
export function stagesOf(parts: StageParts): readonly Stage<Work>[] {
  const { cores } = parts;
  const one = (
    name: Stage<Work>['name'],
    width: number,
    step: (work: Work, parts: StageParts) => Promise<StageResult>,
  ): Stage<Work> => oneByOne(name, { width, room: mostWaiting }, step, parts);

  return [
    one('present', searchesAtOnce, present),
    { ...one('match', searchesAtOnce, matchAndPrepare), isDone: (work) => work.candidates.length > 0 },
    createDownload(parts, mostFound),
    {
      ...one('convert', cores, prepareAndConvert),
      lengthOf: (work) => work.made.downloaded?.durationMs ?? 0,
      end: () => ended(() => parts.sponsorBlock.end()),
    },
    one('check', cores, (work) => check(work, parts.settings)),
    {
      ...one('hear', cores, hear),
      isDone: (work) => isUnheard(work, parts.settings),
      end: () => ended(() => parts.ear.end()),
    },
    {
      ...one('enrich', mostWaiting, enrichSong),
      end: () => ended(() => parts.enrichers.forEach((enricher) => enricher.end?.())),
    },
    one('tag', cores, tag),
    one('publish', cores, async (work) => ({ outcome: await publishSong(parts, work) })),
  ];
}

function ended(end: () => void): Promise<void> {
  end();
  return Promise.resolve();
}

async function matchAndPrepare(work: Work, parts: StageParts): Promise<StageResult> {
  const result = await match(work, parts);
  if (result !== 'next') return result;
  prepareToEnrich(work, parts);
  prepareToCut(work, parts);
  return result;
}

function prepareAndConvert(work: Work, parts: StageParts): Promise<StageResult> {
  prepareToEnrich(work, parts);
  return convert(work, parts);
}

async function publishSong(parts: StageParts, work: Work): Promise<Ending> {
  const ending = await publish(parts, work);
  const { measured } = work.made;
  if (measured !== undefined && ending.status === 'done' && ending.path !== undefined)
    await rememberSound(parts.store, ending.path, measured, (write) => parts.commit(write));
  return ending;
}

/** A stage that takes one song at a time. Whatever is thrown for a song is that song's failure. */
function oneByOne(
  name: Stage<Work>['name'],
  size: Pick<Stage<Work>, 'width' | 'room'>,
  step: (work: Work, parts: StageParts) => Promise<StageResult>,
  parts: StageParts,
): Stage<Work> {
  async function take(work: Work): Promise<StageResult> {
    try {
      return await step(work, parts);
    } catch (thrown) {
      const failure = toHarmoniError(asFileError(thrown, parts.settings.outputDir));
      if (!parts.signal.aborted && failure.code === 'internal') {
        parts.log.write('error', failure.message, { stack: String(thrown instanceof Error && thrown.stack) });
      }
      return { failure };
    }
  }
  return {
    name,
    ...size,
    isDone: () => false,
    async run(songs, tell) {
      for (const work of songs) {
        const { position: index, track } = work;
        // Most songs of a long list are there.
        if (name !== 'present') parts.emit({ type: 'track-stage', index, track, stage: name });
        tell(work, await take(work));
      }
    },
  };
}
