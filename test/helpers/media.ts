import type { Candidate } from '../../src/matching/candidate.ts';
import type { Media } from '../../src/tracks/media.ts';

/** A YouTube video. */
export const video = (id: string): Media => ({ provider: 'youtube', id });

/** What a candidate says of the YouTube video that it is. */
export const ofVideo = (id: string): Pick<Candidate, 'media' | 'url'> => ({
  media: video(id),
  url: `https://www.youtube.com/watch?v=${id}`,
});

/** A track on SoundCloud, "artist/title". */
export const upload = (id: string): Media => ({ provider: 'soundcloud', id });
