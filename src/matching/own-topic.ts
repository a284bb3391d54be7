import { foldWords } from '../tracks/fold.ts';
import type { Candidate } from './candidate.ts';
import { topicArtist } from './channel-term.ts';
import type { Scored } from './scored.ts';
import { nameOf } from './track-profile.ts';

/** The label delivers one recording, so both last as long, but for a rounded second. */
const sameLengthMs = 1_500;
/** The song has its album and its cover, so it goes first. */
const ahead = 0.001;

/**
 * A song of YouTube Music and the video on its artist's automatic channel ("NAME - Topic") are one recording in two places:
 * what speaks for the video speaks for the song as well. Returns the points and reasons of the better of the two. A song
 * that says itself that it's another recording gains nothing. Pure.
 */
export function withOwnTopic(song: Scored, all: readonly Scored[]): Pick<Scored, 'points' | 'reasons'> {
  if (song.candidate.kind !== 'song' || song.objections.length > 0) return song;
  const topics = all.filter((other) => isTopicOf(other.candidate, song.candidate));
  const best = topics.toSorted((a, b) => b.points - a.points)[0];
  if (best === undefined || best.points < song.points) return song;
  return { points: best.points + ahead, reasons: [...new Set([...song.reasons, ...best.reasons])] };
}

function isTopicOf(topic: Candidate, song: Candidate): boolean {
  const channel = topicArtist(topic);
  if (channel === undefined || topic.durationMs === undefined || song.durationMs === undefined) return false;
  const artist = nameOf(channel).joined;
  return (
    Math.abs(topic.durationMs - song.durationMs) <= sameLengthMs &&
    song.artists.some((name) => nameOf(name).joined === artist) &&
    foldWords(topic.title).join(' ') === foldWords(song.title).join(' ')
  );
}
