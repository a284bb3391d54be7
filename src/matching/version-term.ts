import { foldWords } from '../tracks/fold.ts';
import type { VersionKind } from '../tracks/version-table.ts';
import { findVersions, type Version } from '../tracks/version-words.ts';
import type { Candidate } from './candidate.ts';
import type { Reading } from './reading.ts';
import { nothing, type Term } from './terms.ts';
import type { TrackProfile } from './track-profile.ts';
import {
  agreePoints,
  albumKinds,
  albumShare,
  channelKinds,
  closeTo,
  costs,
  doubtCost,
  otherDetail,
} from './version-costs.ts';

/** Whether the upload is the version asked for, both ways: live for studio is as wrong as studio for live. */
export function versionTerm(profile: TrackProfile, candidate: Candidate, reading: Reading): Term {
  const said = new Map(reading.versions.map((version) => [version.kind, version]));
  const wanted = new Map(profile.versions.map((version) => [version.kind, version]));
  const setting = settingOf(profile, candidate);
  const reasons: string[] = [];
  let points = 0;
  let worst = 0;
  const charge = (cost: number, reason: string) => {
    points -= cost;
    worst = Math.max(worst, cost);
    if (cost > 0.5) reasons.push(reason);
  };

  for (const [kind, version] of wanted) {
    const found = said.get(kind);
    if (found !== undefined && sameDetail(version, found)) {
      points += agreePoints;
      reasons.push(`${kind}, as requested`);
    } else if (found !== undefined) {
      charge(otherDetail[kind] ?? 0, `different ${kind}`);
    } else if (!setting.has(kind) && !isNear(kind, said)) {
      charge(costs[kind][1], `doesn't say "${version.text}"`);
    }
  }
  for (const [kind, version] of said) {
    if (wanted.has(kind) || profile.albumVersions.has(kind) || isNear(kind, wanted)) continue;
    charge(costs[kind][0], `says "${version.text}"`);
  }
  for (const kind of setting) {
    if (said.has(kind) || wanted.has(kind) || profile.albumVersions.has(kind)) continue;
    charge(albumShare * costs[kind][0], `from a ${kind} release`);
  }
  if (points === 0 && reasons.length === 0) return nothing;
  return { points, reason: reasons.join(', '), ...(worst >= doubtCost ? { doubt: true } : {}) };
}

/** What the album, the artists' names and the channel give away: "Live at Leeds", "Sing King Karaoke". */
function settingOf(profile: TrackProfile, candidate: Candidate): ReadonlySet<VersionKind> {
  const own = new Set(profile.artists.flatMap((artist) => artist.words.map((word) => word.folded)));
  const kindsIn = (text: string, kinds: ReadonlySet<VersionKind>) =>
    findVersions(foldWords(text).filter((word) => !own.has(word))).flatMap(({ kind }) =>
      kinds.has(kind) ? [kind] : [],
    );
  const names = [...candidate.artists, candidate.channel ?? ''].join(' ');
  return new Set([
    ...kindsIn(candidate.album ?? '', albumKinds),
    ...kindsIn(names, candidate.kind === 'song' ? albumKinds : channelKinds),
  ]);
}

function isNear(kind: VersionKind, others: ReadonlyMap<VersionKind, Version>): boolean {
  return closeTo[kind]?.some((other) => others.has(other)) === true;
}

/** Two remixers, years, places are the same when one names the other; a remix by nobody is not one by somebody. */
function sameDetail(a: Version, b: Version): boolean {
  if (a.detail === '' || b.detail === '') return a.kind !== 'remix' || a.detail === b.detail;
  return a.detail === b.detail || a.detail.includes(b.detail) || b.detail.includes(a.detail);
}
