import type { Candidate, UploadKind } from './candidate.ts';
import { nothing, type Term } from './terms.ts';

const kinds: Readonly<Record<UploadKind, Term>> = {
  song: { points: 0.6, reason: 'official audio' },
  'official-video': { points: 0, reason: 'official video' },
  'user-video': { points: -0.5, reason: "a user's upload" },
  video: nothing,
  // audio-term.ts judges it.
  audio: nothing,
};

/** What the kind of upload says for itself. */
export function uploadTerm(candidate: Candidate): Term {
  return kinds[candidate.kind];
}

const wrongRatingPoints = -4;
/** With nothing known, the uncut one is what people want. */
const uncutPoints = 0.15;

/** Explicit and clean are two recordings. Only songs are marked reliably. */
export function explicitTerm(explicit: boolean | undefined, candidate: Candidate): Term {
  if (candidate.explicit === undefined || candidate.kind !== 'song') return nothing;
  if (explicit === undefined) return candidate.explicit ? { points: uncutPoints, reason: '' } : nothing;
  if (explicit === candidate.explicit)
    return { points: 0.3, reason: explicit ? 'explicit, as requested' : '' };
  return {
    points: wrongRatingPoints,
    reason: explicit ? 'not the explicit version' : 'explicit, unlike the song',
    doubt: true,
  };
}
