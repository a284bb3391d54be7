import type { Track } from '../tracks/track.ts';
import type { Candidate } from './candidate.ts';
import { albumTerm } from './album-term.ts';
import { artistTerm } from './artist-term.ts';
import { audioTerm } from './audio-term.ts';
import { channelTerm } from './channel-term.ts';
import { doubtsOf } from './doubts.ts';
import { lengthTerm } from './length-term.ts';
import { withOwnTopic } from './own-topic.ts';
import { readUpload } from './reading.ts';
import type { Scored } from './scored.ts';
import { nothing, type Term } from './terms.ts';
import { titleTerm } from './title-term.ts';
import { profileTrack, type TrackProfile } from './track-profile.ts';
import { explicitTerm, uploadTerm } from './upload-term.ts';
import { versionTerm } from './version-term.ts';

/** The points at which a candidate is as likely right as wrong. */
const evenPoints = 4.2;
/** How many points change the odds by a factor of e; tuned so that confidence is the share that proved right. */
const pointsPerLogOdd = 1.2;
/**
 * The service's own order: what it puts first is mostly the upload that most people take for the song. It orders what
 * the other terms leave nearly equal, and is far too small to make up for a version word.
 */
const firstPlacePoints = 1.6;
const placesToHalf = 3;
/** Views only break ties. */
const viewPoints = 0.1;
const isrcPoints = 2;

/** A candidate with how it was found. */
export interface Find {
  readonly candidate: Candidate;
  /** Its place among the results of its search, from 0. */
  readonly rank: number;
  /** Whether the search was for the track's ISRC. */
  readonly byIsrc?: boolean;
}

/** Scores candidates against a track, best first. Pure. */
export function scoreCandidates(track: Track, finds: readonly Find[]): readonly Scored[] {
  const profile = profileTrack(track);
  const scored = finds.map((find) => scoreOne(profile, find));
  return scored
    .map((one): Scored => {
      const { points, reasons } = withOwnTopic(one, scored);
      return { ...one, points, reasons, confidence: confidenceOf(points) };
    })
    .sort((a, b) => b.points - a.points);
}

function scoreOne(profile: TrackProfile, { candidate, rank, byIsrc }: Find): Scored {
  const { track } = profile;
  const reading = readUpload(candidate.title, profile);
  const version = versionTerm(profile, candidate, reading);
  const terms: readonly Term[] = [
    titleTerm(profile, candidate, reading),
    artistTerm(profile, candidate, reading),
    version,
    lengthTerm(track.durationMs, candidate, reading.official),
    albumTerm(profile, candidate, reading),
    explicitTerm(track.explicit, candidate),
    channelTerm(profile.artists, candidate),
    uploadTerm(candidate),
    audioTerm(profile.artists, candidate),
    byIsrc === true ? { points: isrcPoints, reason: 'found by ISRC' } : nothing,
  ];
  const place = firstPlacePoints / (1 + rank / placesToHalf);
  const views = viewPoints * Math.min(1, Math.log10(1 + (candidate.viewCount ?? 0)) / 9);
  const points = terms.reduce((sum, term) => sum + term.points, place + views);
  return {
    candidate,
    points,
    reading,
    objections: terms.filter((term) => term.doubt === true).map((term) => term.reason),
    isOtherVersion: version.doubt === true,
    doubts: doubtsOf(profile, candidate, terms),
    confidence: confidenceOf(points),
    reasons: terms.map((term) => term.reason).filter((reason) => reason !== ''),
  };
}

function confidenceOf(points: number): number {
  return Math.round(1000 / (1 + Math.exp(-(points - evenPoints) / pointsPerLogOdd))) / 1000;
}
