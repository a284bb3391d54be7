import type { Overrides } from '../history/overrides.ts';
import type { MatchTrack } from './match.ts';

/** A MatchTrack for which the user's own decisions win over every search and over what the source named. */
export function withOverrides(matchTrack: MatchTrack, overrides: Pick<Overrides, 'find'>): MatchTrack {
  return async (track, signal) => {
    const decided = overrides.find(track);
    if (decided === undefined) return matchTrack(track, signal);
    if (decided.media === null) {
      const reasons = ['you chose "None of these"'];
      return {
        decision: 'none',
        confidence: 0,
        pick: null,
        reasons,
        doubts: [],
        runnersUp: [],
        requests: 0,
        givenBy: 'you',
      };
    }
    const match = await matchTrack({ ...track, media: decided.media }, signal);
    const what = decided.media.provider === 'youtube' ? 'video' : 'upload';
    return { ...match, reasons: [`you chose this ${what}`], givenBy: 'you' };
  };
}
