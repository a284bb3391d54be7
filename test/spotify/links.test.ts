import { expect, test } from 'vitest';
import { parseSpotifyLink } from '../../src/spotify/links.ts';

const id = '37i9dQZF1DXcBWIGoYBM5M';

test.each([
  [`https://open.spotify.com/playlist/${id}`, 'playlist'],
  [`https://open.spotify.com/playlist/${id}?si=abc&pt=def`, 'playlist'],
  [`http://open.spotify.com/intl-de/album/${id}?si=x#top`, 'album'],
  [`open.spotify.com/intl-pt-BR/track/${id}`, 'track'],
  [`https://open.spotify.com/embed/playlist/${id}`, 'playlist'],
  [`https://open.spotify.com/user/some.one/playlist/${id}`, 'playlist'],
  [`  https://play.spotify.com/track/${id}/ `, 'track'],
  [`spotify:playlist:${id}`, 'playlist'],
  [`https://open.spotify.com/intl-de/artist/${id}?si=x`, 'artist'],
  [`spotify:artist:${id}`, 'artist'],
  [`spotify:user:some.one:playlist:${id}`, 'playlist'],
  [`spotify:track:${id}?si=x`, 'track'],
])('reads %s', (text, kind) => {
  expect(parseSpotifyLink(text)).toEqual({ kind, id });
});

test.each([
  'liked',
  'https://open.spotify.com/collection/tracks',
  'spotify:collection:tracks',
  'spotify:user:x:collection',
])('knows the liked songs by %s', (text) => {
  expect(parseSpotifyLink(text)).toEqual({ kind: 'liked' });
});

test.each([
  ['https://spotify.link/AbCdEf', /short Spotify links/],
  [`https://open.spotify.com/episode/${id}`, /podcasts/],
  [`https://open.spotify.com/genre/${id}`, /playlists, albums, songs and artists/],
  ['https://open.spotify.com/artist/short', /incomplete/],
  ['https://open.spotify.com/playlist/short', /incomplete/],
  ['spotify:playlist:', /incomplete/],
])("says why %s can't be read", (text, reason) => {
  const link = parseSpotifyLink(text);
  expect(link?.kind === 'unsupported' && link.reason).toMatch(reason);
});

test.each([
  'Portishead - Roads',
  'music.csv',
  '',
  'https://www.youtube.com/watch?v=x',
  'https://open.spotify.com.evil.example/playlist/x',
])('leaves %j to others', (text) => {
  expect(parseSpotifyLink(text)).toBeUndefined();
});
