import type { Candidate } from './candidate.ts';
import { nothing, type Term } from './terms.ts';
import { nameOf, type Name } from './track-profile.ts';

/** "NAME - Topic": made by YouTube from what the label delivered, so it holds the recording itself. */
const topicPoints = 1.2;
const ownChannelPoints = 0.8;
const verifiedPoints = 0.2;

const topicEnd = /\s[-–]\sTopic$/;
const channelWords = /(?:vevo|official|oficial|officiel|music|musica|tv|channel|band|records?|hq|videos?)+$/;

/** The artist of an automatic channel, "NAME - Topic". */
export function topicArtist(candidate: Candidate): string | undefined {
  const { channel } = candidate;
  return channel !== undefined && topicEnd.test(channel) ? channel.replace(topicEnd, '') : undefined;
}

/** Whether the channel is the artist's: "NAME - Topic", "NameVEVO", "Name Official", "Name". */
export function isOwnChannel(candidate: Candidate, artist: Name): boolean {
  if (candidate.channel === undefined) return false;
  const channel = nameOf(candidate.channel.replace(topicEnd, '')).joined;
  if (channel === artist.joined) return true;
  const bare = channel.replace(channelWords, '');
  return bare !== '' && bare === artist.joined.replace(channelWords, '');
}

/** What the channel says for the upload. */
export function channelTerm(artists: readonly Name[], candidate: Candidate): Term {
  const owner = artists.find((artist) => isOwnChannel(candidate, artist));
  if (owner !== undefined) {
    const topic = topicArtist(candidate) !== undefined;
    return { points: topic ? topicPoints : ownChannelPoints, reason: `on ${owner.text}'s own channel` };
  }
  return candidate.channelVerified === true
    ? { points: verifiedPoints, reason: 'verified channel' }
    : nothing;
}
