import { rm, writeFile } from 'node:fs/promises';
import { goodCuts } from '../enrich/sponsorblock/segments.ts';
import type { SponsorBlock } from '../enrich/sponsorblock/sponsorblock.ts';
import { HarmoniError } from '../errors.ts';
import type { Measurement } from '../sound/measurement.ts';
import type { Cut } from '../tracks/cut.ts';
import { isPlainFile } from './claim-download.ts';
import { planConversion, sourceCodecOf, type ConversionPlan } from './conversion-plan.ts';
import { convertMeasured } from './convert-measured.ts';
import { concatList } from './ffmpeg-cut.ts';
import { isToBeHeard } from './ear-rules.ts';
import { runFfmpeg } from './ffmpeg.ts';
import type { JobEar } from './job-ear.ts';
import type { JobParts } from './job-parts.ts';
import { remux } from './remux.ts';
import type { StageResult } from './stage.ts';
import { chosenOf, expectedMs, madeOf, type Work } from './work.ts';

export type ConvertParts = Pick<
  JobParts,
  'settings' | 'signal' | 'silenceMs' | 'ffmpegPath' | 'ffmpegExtraArgs' | 'emit'
> & {
  readonly sponsorBlock: Pick<SponsorBlock, 'prepare' | 'cutsOf'>;
  readonly ear: Pick<JobEar, 'ready'>;
};

/** Makes the wanted format of a stream, without what is no music. @throws HarmoniError as runFfmpeg does */
export async function convert(work: Work, parts: ConvertParts): Promise<StageResult> {
  const { settings } = parts;
  const { path: from, codec } = madeOf(work, 'downloaded');
  const extension = from.split('.').at(-1) ?? '';
  const to = `${from}.finished`;
  // Of a try that was given up.
  await rm(to, { force: true });
  const plan = planConversion(settings.format, sourceCodecOf(codec, extension), settings.quality);
  const found = await cutsOf(work, parts);
  if (found.length > 0 && (await remux(from, to, plan, found))) {
    work.made = { ...work.made, converted: { path: to, plan, cuts: found } };
    return 'next';
  }
  const cuts = isCutByFfmpeg(plan) ? found : [];
  work.made = { ...work.made, converted: { path: to, plan, cuts } };
  if (cuts.length > 0 || !(await remux(from, to, plan))) {
    const measured = await convertByFfmpeg(work, parts, { from, to, plan, cuts });
    if (measured !== undefined) work.made = { ...work.made, measured };
    // Tags are written in place: into nothing that the user has elsewhere.
    if (!isPlainFile(to)) throw new HarmoniError('convert-failed', "ffmpeg didn't write a file.");
  }
  return 'next';
}

/** Where it only copies Ogg it finds its place by the page, which is a second: that stays whole. Pure. */
function isCutByFfmpeg({ codec, extension }: ConversionPlan): boolean {
  return codec !== 'copy' || (extension !== 'opus' && extension !== 'ogg');
}

async function convertByFfmpeg(
  work: Work,
  parts: ConvertParts,
  conversion: { from: string; to: string; plan: ConversionPlan; cuts: readonly Cut[] },
): Promise<Measurement | undefined> {
  const { from, plan, cuts } = conversion;
  const durationMs = expectedMs(work) ?? Number.POSITIVE_INFINITY;
  const isCopy = plan.codec === 'copy';
  const list = isCopy && cuts.length > 0 ? `${from}.list` : undefined;
  try {
    const { durationMs: endMs = 0 } = madeOf(work, 'downloaded');
    if (list !== undefined) await writeFile(list, concatList(from, cuts, endMs));
    const options = {
      ffmpegPath: await parts.ffmpegPath(),
      // What isn't encoded can't be filtered, and most of it never meets ffmpeg.
      extraArgs: isCopy ? [] : parts.ffmpegExtraArgs,
      signal: parts.signal,
      silenceMs: parts.silenceMs,
      onProgress(doneMs: number) {
        const fraction = Math.min(1, doneMs / durationMs);
        parts.emit({ type: 'track-progress', index: work.position, fraction });
      },
    };
    // To measure what is copied would be work that the songs behind it would wait for.
    if (!isCopy && (await isMeasured(work, parts))) return await convertMeasured(conversion, options);
    await runFfmpeg({ ...conversion, ...(list === undefined ? {} : { list }) }, options);
    return undefined;
  } finally {
    if (list !== undefined) await rm(list, { force: true });
  }
}

/** For its loudness, or for its fingerprint. */
async function isMeasured(work: Work, { settings, ear }: ConvertParts): Promise<boolean> {
  if (settings.loudness !== 'off') return true;
  const isHeard = isToBeHeard(work, chosenOf(work).candidate, settings, expectedMs(work));
  return isHeard && (await ear.ready()) !== undefined;
}

/** Whether parts of it may be no music: not in recordings as labels publish them. Pure. */
function mayHaveTalk(work: Work, { sponsorBlock }: JobParts['settings']): boolean {
  const { media, kind } = chosenOf(work).candidate;
  return sponsorBlock && media.provider === 'youtube' && kind !== 'song';
}

/** The video is known: SponsorBlock may be asked about it while it's downloaded. */
export function prepareToCut(work: Work, { settings, sponsorBlock }: ConvertParts): void {
  if (mayHaveTalk(work, settings)) sponsorBlock.prepare(chosenOf(work).candidate.media.id);
}

async function cutsOf(work: Work, { settings, sponsorBlock, signal }: ConvertParts): Promise<readonly Cut[]> {
  const { durationMs: videoMs } = madeOf(work, 'downloaded');
  if (videoMs === undefined || !mayHaveTalk(work, settings)) return [];
  const found = await sponsorBlock.cutsOf(chosenOf(work).candidate.media.id, videoMs, signal);
  return goodCuts(found, { videoMs, trackMs: work.track.durationMs });
}
