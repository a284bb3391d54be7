import type { Track } from '../tracks/track.ts';

/** Title, artist, album, release date, length in ms. */
type Song = readonly [track: string, artist: string, album: string, releaseDate: string, durationMs: number];

/**
 * Real songs under free licences, also listed in data/exportify/freely-licensed.csv. The lengths are the demo's own:
 * it plays tones of 8 to 24 seconds, so that everything is tried in a minute.
 */
const songs: readonly Song[] = [
  ['Code Monkey', 'Jonathan Coulton', 'Thing a Week Three', '2006', 14_000],
  ['Re: Your Brains', 'Jonathan Coulton', 'Thing a Week Two', '2006', 21_370],
  ['Monkeys Spinning Monkeys', 'Kevin MacLeod', '', '', 9_740],
  ['Making Me Nervous', 'Brad Sucks', "I Don't Know What I'm Doing", '2003', 16_110],
  ['Dropping Out of School', 'Brad Sucks', 'Out of It', '2008', 19_480],
  ['1 Ghosts I', 'Nine Inch Nails', 'Ghosts I-IV', '2008-03-02', 12_850],
  ['34 Ghosts IV', 'Nine Inch Nails', 'Ghosts I-IV', '2008-03-02', 24_220],
  ['Discipline', 'Nine Inch Nails', 'The Slip', '2008-05-05', 17_590],
  ['Aria', 'Kimiko Ishizaka', 'Open Goldberg Variations', '2012', 11_960],
  ['Airplane Mode', 'Josh Woodward', 'Addressed to the Stars', '', 13_330],
  ['Night Owl', 'Broke For Free', 'Directionless EP', '2011', 8_700],
  ['Cylinder Five', 'Chris Zabriskie', 'Cylinders', '2014', 15_070],
];

/** The demo playlist. Its ISRCs begin with ZZ, which no country has: they are for the demo's YouTube alone. */
export const demoSongs: readonly Track[] = songs.map(
  ([track, artist, album, releaseDate, durationMs], index) => ({
    artists: [artist],
    artist,
    track,
    durationMs,
    isrc: `ZZDEM26${String(index + 1).padStart(5, '0')}`,
    ...(album === '' ? {} : { album }),
    ...(releaseDate === '' ? {} : { releaseDate }),
  }),
);

/** A file on the listener's own device: Spotify knows no more of it than its name. */
export const localSong = {
  artists: ['Garage Band'],
  artist: 'Garage Band',
  track: 'Take 7, No. 2: 100%',
  album: 'Rehearsal',
  durationMs: 9_000,
} as const satisfies Track;
