import type { VersionKind } from '../tracks/version-table.ts';
import { findVersions, type Version } from '../tracks/version-words.ts';
import type { Candidate } from '../youtube/finder.ts';
import { foldWords } from '../tracks/fold.ts';
import type { Reading } from './reading.ts';
import { nothing, type Term } from './terms.ts';
import type { TrackProfile } from './track-profile.ts';

/** What it costs when only the upload has the word, and when only the track has it. */
const costs: Readonly<Record<VersionKind, readonly [extra: number, missing: number]>> = {
  live: [5, 3.5],
  acoustic: [4.5, 3.5],
  remix: [5, 5],
  remaster: [0.3, 0.2],
  edit: [1.5, 1],
  radio: [1.5, 1.2],
  single: [0.8, 0.4],
  extended: [3.5, 3],
  instrumental: [6, 5],
  karaoke: [9, 6],
  cover: [9, 4],
  'sped up': [9, 7],
  slowed: [9, 7],
  nightcore: [9, 7],
  '8d': [9, 6],
  effects: [7, 5],
  'a cappella': [7, 6],
  stems: [8, 5],
  demo: [4.5, 3.5],
  alternate: [3.5, 2.5],
  rerecorded: [5, 5],
  mono: [0.8, 0.6],
  stereo: [0.1, 0.1],
  original: [0, 0],
  clean: [2.5, 2.5],
  language: [5, 5],
  arrangement: [5, 4],
  loop: [9, 5],
  reaction: [9, 6],
  tutorial: [9, 6],
  teaser: [6, 5],
  collection: [7, 4],
  dance: [5, 3],
  parody: [9, 5],
  talk: [7, 5],
  part: [5, 3],
  variant: [2.5, 1.5],
};
const agreePoints = 1;
/** The same word, but another remixer, year, place, number. */
const otherDetail: Partial<Record<VersionKind, number>> = {
  remix: 5,
  edit: 2,
  extended: 1.5,
  remaster: 0.6,
  live: 2,
  part: 7,
  language: 5,
  variant: 2,
  arrangement: 2,
};
/** What an album or an artist's name gives away about the songs of it. */
const albumKinds: ReadonlySet<VersionKind> = new Set([
  'live',
  'karaoke',
  'cover',
  'instrumental',
  'nightcore',
  '8d',
  'sped up',
  'slowed',
  'acoustic',
  'tutorial',
  'arrangement',
  'demo',
]);
const albumShare = 0.8;

/** Whether the upload is the version asked for, both ways: live for studio is as wrong as studio for live. */
export function versionTerm(profile: TrackProfile, candidate: Candidate, reading: Reading): Term {
  let points = 0;
  const reasons: string[] = [];
  const there = new Map(reading.versions.map((version) => [version.kind, version]));
  const wanted = new Map(profile.versions.map((version) => [version.kind, version]));

  for (const [kind, version] of wanted) {
    const found = there.get(kind);
    if (found === undefined) {
      points -= costs[kind][1];
      if (costs[kind][1] > 1) reasons.push(`does not say "${version.text}"`);
    } else if (sameDetail(version, found)) {
      points += agreePoints;
      reasons.push(`${kind} as asked for`);
    } else {
      points -= otherDetail[kind] ?? 0;
      reasons.push(`another ${kind}`);
    }
  }
  for (const [kind, version] of there) {
    if (wanted.has(kind) || profile.albumVersions.has(kind) || isCloseTo(kind, wanted)) continue;
    points -= costs[kind][0];
    if (costs[kind][0] > 0.5) reasons.push(`says "${version.text}"`);
  }
  const setting = findVersions(foldWords(`${candidate.album ?? ''} ${candidate.artists.join(' ')}`));
  for (const kind of new Set(setting.map((version) => version.kind))) {
    if (!albumKinds.has(kind) || there.has(kind) || wanted.has(kind) || profile.albumVersions.has(kind))
      continue;
    if (
      profile.artists.some((artist) =>
        findVersions(artist.words.map((word) => word.folded)).some((own) => own.kind === kind),
      )
    )
      continue;
    points -= albumShare * costs[kind][0];
    reasons.push(`from a ${kind} release`);
  }
  return points === 0 && reasons.length === 0 ? nothing : { points, reason: reasons.join(', ') };
}

/** "Radio Edit" and "Single Version" are often one and the same. */
const close: Partial<Record<VersionKind, readonly VersionKind[]>> = {
  radio: ['single', 'edit'],
  single: ['radio', 'edit'],
  edit: ['radio', 'single', 'remix'],
  remix: ['edit', 'extended'],
  karaoke: ['instrumental', 'cover'],
  cover: ['karaoke'],
  slowed: ['effects'],
  acoustic: ['live'],
};

function isCloseTo(kind: VersionKind, wanted: ReadonlyMap<VersionKind, Version>): boolean {
  return close[kind]?.some((other) => wanted.has(other)) === true;
}

function sameDetail(a: Version, b: Version): boolean {
  if (a.detail === '' || b.detail === '') return a.kind !== 'remix' || a.detail === b.detail;
  return a.detail === b.detail || a.detail.includes(b.detail) || b.detail.includes(a.detail);
}
