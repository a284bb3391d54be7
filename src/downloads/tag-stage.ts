import { cutText } from '../tracks/cut.ts';
import { proofTag } from '../tracks/heard.ts';
import { notRight } from './check-stage.ts';
import { completedTrack } from './completed-track.ts';
import { faultOf, inspect } from './inspect.ts';
import type { JobParts } from './job-parts.ts';
import type { StageResult } from './stage.ts';
import { replayGainTags } from '../sound/replay-gain.ts';
import { tagFieldsOf } from './tag-fields.ts';
import type { Tagger } from './tag.ts';
import { chosenOf, expectedMs, madeOf, type Work } from './work.ts';

/** Writes tags and cover into the file and reads it back. @throws HarmoniError tag-failed, verify-failed, disk-full */
export async function tag(
  work: Work,
  { settings, tagger }: Pick<JobParts, 'settings'> & { readonly tagger: Tagger },
): Promise<StageResult> {
  const { path, plan, cuts } = madeOf(work, 'converted');
  const durationMs = expectedMs(work);
  if (!settings.embedMetadata) return 'next';
  const { media } = chosenOf(work).candidate;
  const own = tagFieldsOf(completedTrack(work), settings.metadataTemplate, media, durationMs, work.track);
  const { cover, properties } = madeOf(work, 'additions');
  const cut = cuts.length === 0 ? {} : { HARMONI_CUT: [cutText(cuts)] };
  const { measured, heard } = work.made;
  const gain =
    measured === undefined || settings.loudness === 'off' ? {} : replayGainTags(measured, plan.extension);
  const proof = heard === undefined ? undefined : proofTag(heard, work.made.found?.durationMs);
  const proven = proof === undefined ? {} : { HARMONI_PROOF: [proof] };
  const fields = { properties: { ...properties, ...cut, ...own.properties, ...gain, ...proven } };
  await tagger.write(path, plan.extension, fields, cover);
  const found = await inspect(path, plan.extension);
  const expected = { extension: plan.extension, durationMs, fields, cover: cover !== undefined };
  const fault = faultOf(found, expected);
  if (fault !== undefined) return { failure: notRight(fault) };
  work.made = { ...work.made, found };
  return 'next';
}
