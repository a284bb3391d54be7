import { cutText } from '../tracks/cut.ts';
import { proofTag } from '../tracks/heard.ts';
import { notRight } from './check-stage.ts';
import { completedTrack } from './completed-track.ts';
import { faultOf, inspect } from './inspect.ts';
import type { JobParts } from './job-parts.ts';
import type { StageResult } from './stage.ts';
import { replayGainTags } from '../sound/replay-gain.ts';
import type { JobSettings } from './settings.ts';
import { tagFieldsOf, type TagFields } from './tag-fields.ts';
import type { Tagger } from './tag.ts';
import { chosenOf, expectedMs, madeOf, type Work } from './work.ts';

/** Writes tags and cover into the file, if that's wanted, and reads it back. @throws HarmoniError tag-failed, verify-failed, disk-full */
export async function tag(
  work: Work,
  { settings, tagger }: Pick<JobParts, 'settings'> & { readonly tagger: Tagger },
): Promise<StageResult> {
  const { path, plan } = madeOf(work, 'converted');
  const { cover } = madeOf(work, 'additions');
  const fields = settings.embedMetadata ? fieldsOf(work, settings) : undefined;
  if (fields !== undefined) await tagger.write(path, plan.extension, fields, cover);
  const found = await inspect(path, plan.extension);
  const fault = faultOf(found, {
    extension: plan.extension,
    durationMs: expectedMs(work),
    fields,
    cover: fields !== undefined && cover !== undefined,
  });
  if (fault !== undefined) return { failure: notRight(fault) };
  work.made = { ...work.made, found };
  return 'next';
}

function fieldsOf(
  work: Work,
  { metadataTemplate, loudness }: Pick<JobSettings, 'metadataTemplate' | 'loudness'>,
): TagFields {
  const { plan, cuts } = madeOf(work, 'converted');
  const { media } = chosenOf(work).candidate;
  const own = tagFieldsOf(completedTrack(work), metadataTemplate, media, expectedMs(work), work.track);
  const { properties } = madeOf(work, 'additions');
  const cut = cuts.length === 0 ? {} : { HARMONI_CUT: [cutText(cuts)] };
  const { measured, heard } = work.made;
  const gain = measured === undefined || loudness === 'off' ? {} : replayGainTags(measured, plan.extension);
  const proof = heard === undefined ? undefined : proofTag(heard, madeOf(work, 'lengthMs'));
  const proven = proof === undefined ? {} : { HARMONI_PROOF: [proof] };
  return { properties: { ...properties, ...cut, ...own.properties, ...gain, ...proven } };
}
