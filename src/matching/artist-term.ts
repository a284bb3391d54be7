import type { Candidate } from './candidate.ts';
import { isOwnChannel, topicArtist } from './channel-term.ts';
import type { Reading } from './reading.ts';
import { nothing, type Term } from './terms.ts';
import { isNobody, nameOf, type Name, type TrackProfile } from './track-profile.ts';
import { sameness, scriptsDiffer } from './words.ts';

const mainPoints = 2.5;
const otherPoints = 1.2;
/** YouTube Music names the artists of a song, so another name is another recording; of a video, the uploader at times. */
const strangerPoints = { song: -5, 'official-video': -2.5 };
/** Songs that name the artist in their title alone: "(as played by ...)". */
const songAboutPoints = -2;
/** Songs without any artist are mostly re-recordings of tribute albums. */
const namelessSongPoints = -1.5;
/** An upload that names nobody; never sure. */
const namelessUploadPoints = -0.3;
/** The title alone, letter for letter, is how the automatic uploads of labels look where the channel is not known. */
const bareTitlePoints = 1.5;
/** Labels' uploads are as long as the track; of another length it is the same title by somebody else. */
const bareOtherPoints = -1;
const labelLengthMs = 3000;
/** Words in an upload's title that are nobody's: each makes another artist likelier. */
const unknownNameCost = 0.9;
const unknownNameMost = 3.5;
/** The same beside the right artist: "kitchen rebuild and jazz!" */
const chatterCost = 0.3;
const chatterMost = 1.5;
/** Titles of songs are exact: "Title (Finale)" is not "Title". */
const chatterCostOfSong = 0.6;
/** "Somebody Else - Song (Artist)", "Song (Artist) by Somebody Else": a cover, though it does not say so. */
const playedByOthersPoints = -3;
const strangeGuestPoints = -0.8;
/** The track's title credits guests: the recording with them and the one without are two. */
const guestPoints = { named: 0.4, missing: -0.4 };

/** Whether the upload is by the track's artists. */
export function artistTerm(profile: TrackProfile, candidate: Candidate, reading: Reading): Term {
  const artist = whoseUpload(profile, candidate, reading);
  const guests = guestTerm(profile, candidate, reading);
  const reason = [artist.reason, guests.reason].filter((text) => text !== '').join(', ');
  return { ...artist, points: artist.points + guests.points, reason };
}

function guestTerm(profile: TrackProfile, candidate: Candidate, reading: Reading): Term {
  const [stranger] = reading.strangeGuests;
  if (stranger !== undefined && candidate.kind !== 'video') {
    return { points: strangeGuestPoints, reason: `with ${stranger}, who isn't credited` };
  }
  if (!profile.creditsGuests) return nothing;
  const named = namedArtists(candidate);
  const found = reading.otherArtist > 0 || profile.artists.slice(1).some((guest) => bestOf(named, guest) > 0);
  return { points: found ? guestPoints.named : guestPoints.missing, reason: '' };
}

function whoseUpload(profile: TrackProfile, candidate: Candidate, reading: Reading): Term {
  const [main, ...others] = profile.artists;
  if (main === undefined) return nothing;
  const named = namedArtists(candidate);
  const listed = namesItsArtists(candidate);
  const inTitle = listed ? 0 : reading.mainArtist;
  const channel = isOwnChannel(candidate, main) ? 1 : 0;
  const mainFound = Math.max(channel, inTitle, bestOf(named, main), ...piecesFound(profile, named));
  if (mainFound > 0) {
    // A title in another script is all unknown words; they are no chatter.
    const foreignWords = scriptsDiffer(profile.track.track, candidate.title) ? 0 : reading.elsewhere;
    const chatter = Math.min(chatterMost, (listed ? chatterCostOfSong : chatterCost) * foreignWords);
    const points = mainPoints * mainFound - chatter;
    if (channel === 0 && reading.playedByOthers) {
      return {
        points: points + playedByOthersPoints,
        reason: `names ${main.text}, but seems to be played by someone else`,
      };
    }
    return { points, reason: mainFound === 1 ? `by ${main.text}` : `seems to be by ${main.text}` };
  }
  const otherFound = Math.max(reading.otherArtist, ...others.map((name) => bestOf(named, name)));
  if (otherFound > 0) {
    return { points: otherPoints * otherFound, reason: "by another of the song's artists" };
  }
  return listed ? strangers(main, candidate, reading) : unnamed(main, profile, candidate, reading);
}

/** The candidate lists its artists, and the track's is not among them. */
function strangers(main: Name, candidate: Candidate, reading: Reading): Term {
  const names = [...candidate.artists, topicArtist(candidate) ?? '']
    .filter((name) => name !== '' && !isNobody(nameOf(name)))
    .join(', ');
  if (names === '') return { points: namelessSongPoints, reason: 'names no artist' };
  if (scriptsDiffer(main.text, names)) return otherScript;
  if (reading.mainArtist > 0) return { points: songAboutPoints, reason: `by ${names}, names ${main.text}` };
  const points = strangerPoints[candidate.kind === 'official-video' ? 'official-video' : 'song'];
  return { points, reason: `by ${names}, not ${main.text}` };
}

/** Only the title could name the artist, and does not. */
function unnamed(main: Name, profile: TrackProfile, candidate: Candidate, reading: Reading): Term {
  const unknown = reading.elsewhere + reading.besideTitle / 2;
  if (unknown >= 0.6) {
    if (scriptsDiffer(main.text, candidate.title)) return otherScript;
    const points = namelessUploadPoints - Math.min(unknownNameMost, unknownNameCost * unknown);
    return { points, reason: `doesn't name ${main.text}`, doubt: true };
  }
  const bare = candidate.channel === undefined && candidate.title.trim() === profile.track.track.trim();
  if (!bare) return { points: namelessUploadPoints, reason: 'names no artist', doubt: true };
  return isLongAs(profile.track.durationMs, candidate.durationMs)
    ? { points: bareTitlePoints, reason: "titled like a label's own upload", doubt: true }
    : { points: bareOtherPoints, reason: 'names no artist, and the length differs', doubt: true };
}

function isLongAs(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) <= labelLengthMs;
}

const otherScript: Term = { points: 0, reason: 'artist in another script' };

/** Songs, official videos and automatic channels say who plays; the rest has a title and an uploader. */
function namesItsArtists(candidate: Candidate): boolean {
  if (candidate.kind === 'song' || topicArtist(candidate) !== undefined) return true;
  return candidate.kind === 'official-video' && candidate.artists.length > 0;
}

/** The artists a candidate names apart from its title. */
function namedArtists(candidate: Candidate): readonly Name[] {
  const topic = topicArtist(candidate);
  const names = [...candidate.artists, ...(topic === undefined ? [] : [topic])];
  if (candidate.artists.length > 1) names.push(candidate.artists.join(', '));
  return names.map(nameOf).filter((name) => !isNobody(name));
}

function bestOf(named: readonly Name[], wanted: Name): number {
  return Math.max(0, ...named.map((name) => nameFound(name, wanted)));
}

/** 1 for the same name, less for a part of its words: "Gabrieli Consort" in "Gabrieli Consort & Players". */
function nameFound(name: Name, wanted: Name): number {
  if (name.joined === wanted.joined) return 1;
  if (name.weight === 0 || wanted.weight === 0) return 0;
  let found = 0;
  for (const word of wanted.words) {
    found += word.weight * Math.max(0, ...name.words.map((other) => sameness(word.latin, other.latin)));
  }
  const share = found / Math.max(name.weight, wanted.weight);
  if (share > 0.6) return share;
  return found / wanted.weight > 0.99 && wanted.words.length > 1 ? 0.8 : 0;
}

function piecesFound(profile: TrackProfile, named: readonly Name[]): readonly number[] {
  return profile.artistPieces.map((piece) => (named.some((name) => name.joined === piece.joined) ? 0.8 : 0));
}
