import { createHash } from 'node:crypto';
import type { SoundCloudSet, SoundCloudTrack, SoundCloudUser, TrackState } from './soundcloud-catalogue.ts';
import { heardMs, transcodingsJson } from './soundcloud-streams.ts';

/** Policy and the model by which it earns. MONETIZE tracks are whole for whoever hears the advertisements. */
const policies: Readonly<Record<TrackState, readonly [policy: string, model: string]>> = {
  whole: ['ALLOW', 'NOT_APPLICABLE'],
  preview: ['SNIP', 'SUB_HIGH_TIER'],
  blocked: ['BLOCK', 'NOT_APPLICABLE'],
  drm: ['MONETIZE', 'AD_SUPPORTED'],
  gone: ['ALLOW', 'NOT_APPLICABLE'],
};

/** A track as SoundCloud's own pages get it (api-v2, in the shape of December 2025). */
export function trackJson(track: SoundCloudTrack, state: TrackState): object {
  const urn = `soundcloud:tracks:${track.id}`;
  const [policy, monetizationModel] = policies[state];
  const created = dateOf(track.id);
  return {
    artwork_url: `https://i1.sndcdn.com/artworks-${wordOf(urn, 12)}-0-large.jpg`,
    caption: null,
    commentable: true,
    comment_count: 3,
    created_at: created,
    description: '',
    downloadable: false,
    download_count: 0,
    duration: heardMs(track, state),
    full_duration: track.durationMs,
    embeddable_by: 'all',
    genre: track.genre,
    has_downloads_left: false,
    id: track.id,
    kind: 'track',
    label_name: track.publisher ? 'HARMONI Records' : null,
    last_modified: created,
    license: 'all-rights-reserved',
    likes_count: Math.floor(track.playbackCount / 50),
    permalink: track.permalink,
    permalink_url: trackUrl(track),
    playback_count: track.playbackCount,
    public: true,
    publisher_metadata: publisherJson(track, urn),
    purchase_title: null,
    purchase_url: null,
    release_date: null,
    reposts_count: 1,
    secret_token: null,
    sharing: 'public',
    state: 'finished',
    streamable: true,
    tag_list: '',
    title: track.title,
    uri: `https://api.soundcloud.com/tracks/${encodeURIComponent(urn)}`,
    urn,
    user_id: track.user.id,
    visuals: null,
    waveform_url: `https://wave.sndcdn.com/${wordOf(urn, 12)}_m.json`,
    display_date: created,
    media: { transcodings: transcodingsJson(track, state) },
    station_urn: `soundcloud:system-playlists:track-stations:${track.id}`,
    station_permalink: `track-stations:${track.id}`,
    track_authorization: `stand-in.${track.id}`,
    monetization_model: monetizationModel,
    policy,
    user: userJson(track.user),
  };
}

/** What a set holds of its sixth track and those after it. */
function stubJson(track: SoundCloudTrack, state: TrackState): object {
  const [policy, monetizationModel] = policies[state];
  return { id: track.id, kind: 'track', monetization_model: monetizationModel, policy };
}

/** SoundCloud describes only so many tracks of a set; of the others it gives the ids. */
const describedTracks = 5;

/** A set with its tracks in order. */
export function setJson(set: SoundCloudSet, stateOf: (track: SoundCloudTrack) => TrackState): object {
  const created = dateOf(set.id);
  const isDescribed = (track: SoundCloudTrack, index: number): boolean =>
    index < describedTracks && stateOf(track) !== 'gone';
  return {
    artwork_url: null,
    created_at: created,
    description: null,
    duration: set.tracks.reduce((sum, track) => sum + track.durationMs, 0),
    embeddable_by: 'all',
    genre: '',
    id: set.id,
    kind: 'playlist',
    label_name: null,
    last_modified: created,
    license: 'all-rights-reserved',
    likes_count: 0,
    managed_by_feeds: false,
    permalink: set.permalink,
    permalink_url: setUrl(set),
    public: true,
    purchase_title: null,
    purchase_url: null,
    release_date: null,
    reposts_count: 0,
    secret_token: null,
    sharing: 'public',
    tag_list: '',
    title: set.title,
    uri: `https://api.soundcloud.com/playlists/${encodeURIComponent(`soundcloud:playlists:${set.id}`)}`,
    urn: `soundcloud:playlists:${set.id}`,
    user_id: set.user.id,
    set_type: set.isAlbum ? 'album' : '',
    is_album: set.isAlbum,
    published_at: created,
    display_date: created,
    user: userJson(set.user),
    tracks: set.tracks.map((track, index) =>
      isDescribed(track, index) ? trackJson(track, stateOf(track)) : stubJson(track, stateOf(track)),
    ),
    track_count: set.tracks.length,
  };
}

export const trackUrl = (track: SoundCloudTrack): string =>
  `https://soundcloud.com/${track.user.permalink}/${track.permalink}`;
export const setUrl = (set: SoundCloudSet): string =>
  `https://soundcloud.com/${set.user.permalink}/sets/${set.permalink}`;

/** A page of a search. `nextHref` is absent on the last one. */
export function searchJson(collection: readonly object[], total: number, nextHref?: string): object {
  return {
    collection,
    total_results: total,
    facets: [],
    ...(nextHref === undefined ? {} : { next_href: nextHref }),
    query_urn: 'soundcloud:search:0123456789abcdef0123456789abcdef',
  };
}

function publisherJson(track: SoundCloudTrack, urn: string): object {
  const bare = { id: track.id, urn, contains_music: true };
  if (!track.publisher) return bare;
  const { artist, album, isrc } = track.publisher;
  return {
    ...bare,
    artist,
    ...(album === undefined ? {} : { album_title: album }),
    ...(isrc === undefined ? {} : { isrc }),
    explicit: false,
    p_line: '℗ HARMONI Records',
    c_line: '© HARMONI Records',
    release_title: track.title,
  };
}

function userJson(user: SoundCloudUser): object {
  const urn = `soundcloud:users:${user.id}`;
  return {
    avatar_url: `https://i1.sndcdn.com/avatars-${wordOf(urn, 12)}-0-large.jpg`,
    city: null,
    comments_count: 0,
    country_code: null,
    created_at: dateOf(user.id),
    creator_subscriptions: [{ product: { id: 'free' } }],
    creator_subscription: { product: { id: 'free' } },
    description: null,
    followers_count: user.verified ? 12_700 : 7,
    followings_count: 0,
    first_name: '',
    full_name: '',
    groups_count: 0,
    id: user.id,
    kind: 'user',
    last_modified: dateOf(user.id),
    last_name: '',
    likes_count: 0,
    playlist_likes_count: 0,
    permalink: user.permalink,
    permalink_url: `https://soundcloud.com/${user.permalink}`,
    playlist_count: 0,
    reposts_count: null,
    track_count: 1,
    uri: `https://api.soundcloud.com/users/${encodeURIComponent(urn)}`,
    urn,
    username: user.username,
    verified: user.verified,
    visuals: null,
    badges: { pro: false, creator_mid_tier: false, pro_unlimited: false, verified: user.verified },
    station_urn: `soundcloud:system-playlists:artist-stations:${user.id}`,
    station_permalink: `artist-stations:${user.id}`,
    date_of_birth: null,
  };
}

/** A day of 2015 to 2024. */
function dateOf(id: number): string {
  const day = id % 3_650;
  return new Date(Date.UTC(2015, 0, 1 + day, 12)).toISOString().replace('.000Z', 'Z');
}

function wordOf(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64').replaceAll(/[+/=]/g, 'x').slice(0, length);
}
