import { basename, extname } from 'node:path';
import type { IndexedSong } from '../history/file-songs.ts';
import type { SongFacts } from '../tracks/song-facts.ts';
import type { Track } from '../tracks/track.ts';
import type { LibrarySong } from './songs.ts';

/** The song of a file as a source would have it: by its tags, else by the name of its file. Pure. */
export function trackOf({ file, facts }: IndexedSong): Track {
  const stem = basename(file.path, extname(file.path));
  const [, namedArtist, namedTitle] = facts.title === undefined ? (/^(.+?) - (.+)$/s.exec(stem) ?? []) : [];
  const artists = facts.artists.length > 0 || namedArtist === undefined ? facts.artists : [namedArtist];
  const durationMs = file.trackMs ?? file.durationMs;
  const { album, albumArtist, date, trackNumber, trackTotal, discNumber, discTotal, label } = facts;
  const [isrc] = facts.isrcs;
  return {
    artists,
    artist: artists.join(', '),
    track: facts.title ?? namedTitle ?? stem,
    ...known({ album, trackNumber, trackTotal, discNumber, discTotal, label, isrc }),
    ...known({ releaseDate: date, spotifyUri: facts.spotifyUri, explicit: facts.isExplicit }),
    ...known({
      media: file.media,
      durationMs: durationMs === undefined ? undefined : Math.round(durationMs),
    }),
    ...(albumArtist === undefined ? {} : { albumArtists: [albumArtist] }),
    ...(facts.genres.length === 0 ? {} : { genres: facts.genres }),
  };
}

/** A song that the library doesn't have, for a query to look at: all that its source knew, and no file. Pure. */
export function songOfTrack(track: Track, list: string): LibrarySong {
  const { album, albumArtists, trackNumber, trackTotal, discNumber, discTotal, label } = track;
  const facts: SongFacts = {
    title: track.track,
    artist: track.artist,
    artists: track.artists,
    genres: track.genres ?? [],
    isrcs: track.isrc === undefined ? [] : [track.isrc],
    hasCover: false,
    ...known({
      album,
      albumArtist: albumArtists?.[0],
      trackNumber,
      trackTotal,
      discNumber,
      discTotal,
      label,
    }),
    ...known({ date: track.releaseDate, spotifyUri: track.spotifyUri, isExplicit: track.explicit }),
  };
  const file = { path: '', sizeBytes: 0, modifiedMs: 0, downloaded: false };
  return { file: { ...file, ...known({ durationMs: track.durationMs }) }, facts, lists: [list] };
}

function known<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]?: Exclude<T[K], undefined> }; // what is undefined has gone
}
