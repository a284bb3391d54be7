import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { lengthFault } from '../matching/real-length.ts';
import type { Track } from '../tracks/track.ts';
import type { Candidate } from '../youtube/finder.ts';
import { videoUrl } from '../youtube/ytdlp-args.ts';
import { isPlainFile } from './claim-download.ts';
import { planConversion, sourceCodecOf, type ConversionPlan } from './conversion-plan.ts';
import { runFfmpeg } from './ffmpeg.ts';
import { faultOf, inspect, lengthToleranceMs, type Inspected } from './inspect.ts';
import { publish } from './publish.ts';
import { remux } from './remux.ts';
import type { Session, Work } from './session.ts';
import { tagFieldsOf } from './tag-fields.ts';

/** A stream as yt-dlp left it in the work folder. */
export interface Downloaded {
  readonly path: string;
  readonly codec: string | undefined;
  /** As YouTube gives it. */
  readonly durationMs: number | undefined;
  readonly title: string | undefined;
  readonly channel: string | undefined;
}

/**
 * Turns a downloaded stream into a file of the library: convert, tag, read back, publish, record. The stream is removed
 * at the end; when the job is stopped it stays for resume.
 * @returns undefined when the track has its outcome, else what is wrong with this download
 */
export async function finishOne(
  session: Session,
  work: Work,
  downloaded: Downloaded,
): Promise<HarmoniError | undefined> {
  const chosen = work.candidates[work.candidate];
  if (chosen === undefined) return undefined;
  const finished = join(session.workFolder, `${work.position}.finished`);
  try {
    session.signal.throwIfAborted();
    const plan = await convertOne(session, work, downloaded, finished);
    session.signal.throwIfAborted();
    const track = completed(work.track, chosen.candidate, downloaded);
    const found = await tagOne(session, work, track, chosen.candidate, { plan, finished, downloaded });
    if (found instanceof HarmoniError) return found;
    const misfit = misfitOf(session, work, chosen.candidate, found.durationMs);
    if (misfit !== undefined) return misfit;
    session.signal.throwIfAborted();
    session.stage(work, 'publish');
    session.settle(work, await publish(session, work, track, { plan, finished, found, chosen }));
    return undefined;
  } finally {
    await rm(finished, { force: true });
    if (!session.signal.aborted) await rm(downloaded.path, { force: true });
  }
}

async function convertOne(
  session: Session,
  work: Work,
  downloaded: Downloaded,
  to: string,
): Promise<ConversionPlan> {
  session.stage(work, 'convert');
  const { deps, settings, signal } = session;
  const codec = sourceCodecOf(downloaded.codec, downloaded.path.split('.').at(-1) ?? '');
  const plan = planConversion(settings.format, codec, settings.quality);
  if (await remux(downloaded.path, to, plan)) return plan;
  await runFfmpeg(
    { from: downloaded.path, to, plan },
    {
      ffmpegPath: await deps.ffmpegPath(),
      extraArgs: deps.ffmpegExtraArgs,
      signal,
      silenceMs: deps.silenceMs,
      onProgress(doneMs) {
        const fraction = Math.min(1, doneMs / (downloaded.durationMs ?? Number.POSITIVE_INFINITY));
        session.emit({ type: 'track-progress', index: work.position, fraction });
      },
    },
  );
  // Tags are written in place: into nothing that the user has elsewhere.
  if (!isPlainFile(to)) throw new HarmoniError('convert-failed', 'ffmpeg left no plain file.');
  return plan;
}

/** Tags the file and reads it back. Returns what the reader found, or what is wrong. */
async function tagOne(
  session: Session,
  work: Work,
  track: Track,
  candidate: Candidate,
  file: { plan: ConversionPlan; finished: string; downloaded: Downloaded },
): Promise<Inspected | HarmoniError> {
  session.stage(work, 'tag');
  const { settings, signal } = session;
  const fields = settings.embedMetadata
    ? tagFieldsOf(track, settings.metadataTemplate, candidate.videoId, file.downloaded.durationMs)
    : undefined;
  const cover =
    fields?.wantsCover === true && track.coverUrl !== undefined
      ? await session.covers.get(track.coverUrl, signal)
      : undefined;
  if (fields !== undefined) await session.tagger.write(file.finished, file.plan.extension, fields, cover);
  const { extension } = file.plan;
  const found = await inspect(file.finished, extension);
  const durationMs = file.downloaded.durationMs;
  const fault = faultOf(found, { extension, durationMs, fields, cover: cover !== undefined });
  return fault === undefined
    ? found
    : new HarmoniError('verify-failed', `The finished file is not right. ${fault}`);
}

/**
 * Whether the file is as long as the track; what YouTube says of an upload is not always true. Not asked of a video that
 * somebody named, nor of one that the user accepts unsure at the length that it has.
 */
function misfitOf(
  session: Session,
  work: Work,
  candidate: Candidate,
  durationMs: number,
): HarmoniError | undefined {
  if (work.givenBy !== undefined) return undefined;
  const announced = Math.abs(durationMs - (candidate.durationMs ?? 0)) <= lengthToleranceMs;
  if (session.settings.accept === 'unsure' && announced) return undefined;
  const fault = lengthFault(work.track, candidate, durationMs);
  if (fault === undefined) return undefined;
  return new HarmoniError('wrong-length', `Not sure about ${videoUrl(candidate.videoId)}: ${fault}.`);
}

/** What the source did not know and the upload does. */
function completed(track: Track, candidate: Candidate, downloaded: Downloaded): Track {
  const artists =
    track.artists.length > 0
      ? track.artists
      : candidate.artists.length > 0
        ? candidate.artists
        : (downloaded.channel ?? candidate.channel) === undefined
          ? []
          : [(downloaded.channel ?? candidate.channel ?? '').replace(/ - Topic$/, '')];
  const album = track.album ?? (candidate.kind === 'song' ? candidate.album : undefined);
  const coverUrl = track.coverUrl ?? candidate.coverUrl;
  return {
    ...track,
    artists,
    artist: artists.join(', '),
    ...(album === undefined ? {} : { album }),
    ...(coverUrl === undefined ? {} : { coverUrl }),
  };
}
